"""Many rows, written by the database itself: as in a department that has kept this for decades."""

from __future__ import annotations

from django.db import connection

USERS = 200
TABLES = (
    "partnerorganization",
    "partnerowner",
    "contact",
    "affiliation",
    "onetoone",
    "onetoonecontact",
    "onetoonepartner",
    "onetoonecolleague",
    "followup",
    "promise",
)

# n counts the rows. `key` makes the keys of people, `of` those of one of `total` rows of a table.
STATEMENTS = (
    """
    INSERT INTO partnerships_partnerorganization
        (id, version, name, kind, about, issue_areas, communities, languages, tags, geography,
         website, email, phone, offers, needs, access_needs, rhythm_weeks, created_at, created_by_id)
    SELECT n, 1, 'Organization ' || md5(n::text), (ARRAY['faith', 'labor', 'other'])[1 + n %% 3],
        'They work for ' || md5((n / 7)::text), ARRAY['Issue ' || n %% 400], '{{}}', '{{}}',
        ARRAY['Tag ' || n %% 900], '', 'https://site' || n || '.example/', 'o' || n || '@org.example',
        '555-' || lpad(n::text, 7, '0'), '', '', '', CASE WHEN n %% 4 = 0 THEN 8 END,
        now() - interval '3 years', {user}
    FROM generate_series(%(first)s, %(last)s) n
    """,
    """
    INSERT INTO partnerships_partnerowner (partner_id, user_id)
    SELECT n, {user} FROM generate_series(%(first)s, %(last)s) n
    """,
    """
    INSERT INTO partnerships_contact
        (id, version, name, preferred_name, pronouns, language, email, phone, reach_by, access_needs,
         do_not_contact, created_at, created_by_id)
    SELECT n, 1, 'Person ' || md5((n * 3)::text), '', '', CASE WHEN n %% 900 = 0 THEN 'Hmong' ELSE '' END,
        'p' || n || '@org.example', '555-' || lpad(n::text, 7, '0'), '', '', n %% 500 = 0,
        now(), {user}
    FROM generate_series(%(first)s, %(last)s) n
    """,
    """
    INSERT INTO partnerships_affiliation (contact_id, partner_id, role)
    SELECT n, {one}, 'Member' FROM generate_series(%(first)s, %(last)s) n
    """,
    """
    INSERT INTO partnerships_onetoone
        (id, version, kind, title, held_at, place, language, access_needs, purpose, what_mattered,
         has_permission, issues, connections, asked_and_offered, can_and_cannot, time_paid, readers,
         created_at, created_by_id)
    SELECT n, 1, CASE WHEN n %% 9 = 0 THEN 'event' ELSE 'maintenance' END,
        CASE WHEN n %% 9 = 0 THEN 'Forum' ELSE '' END, now() - n * interval '11 minutes', '', '', '', '',
        'What mattered was ' || md5((n / 5)::text), false, '{{}}', '', '', '', '',
        (ARRAY['equity_team', 'equity_team', 'author', 'named', 'staff'])[1 + n %% 5], now(), {user}
    FROM generate_series(%(first)s, %(last)s) n
    """,
    """
    INSERT INTO partnerships_onetoonecontact (one_to_one_id, contact_id)
    SELECT n, {one} FROM generate_series(%(first)s, %(last)s) n
    """,
    """
    INSERT INTO partnerships_onetoonepartner (one_to_one_id, partner_id)
    SELECT n, {one} FROM generate_series(%(first)s, %(last)s) n
    """,
    """
    INSERT INTO partnerships_onetoonecolleague (one_to_one_id, user_id)
    SELECT n, {user} FROM generate_series(%(first)s, %(last)s) n WHERE n %% 3 = 0
    """,
    """
    INSERT INTO partnerships_followup
        (id, version, what, due_on, note, assignee_id, partner_id, readers, cancel_reason, handed_over_why,
         completed_at, completed_by_id, created_at, created_by_id)
    SELECT n, 1, 'Call ' || md5(n::text), current_date + (n %% 700) - 100, '', {user}, {one},
        (ARRAY['equity_team', 'equity_team', 'author', 'named', 'staff'])[1 + n %% 5], '', '',
        CASE WHEN n %% 2 = 0 THEN now() END, CASE WHEN n %% 2 = 0 THEN {user} END, now(), {user}
    FROM generate_series(%(first)s, %(last)s) n
    """,
    """
    INSERT INTO partnerships_promise
        (id, version, direction, what, partner_id, owner_id, promised_on, due_on, first_due_on,
         counts_on, has_changed, state, evidence, reason, readers, created_at, created_by_id)
    SELECT n, 1, CASE WHEN n %% 3 = 0 THEN 'theirs' ELSE 'ours' END, 'Send ' || md5(n::text), {one},
        {user}, current_date - 900, d, d, d, false, 'open', '', '',
        (ARRAY['equity_team', 'equity_team', 'author', 'named', 'staff'])[1 + n %% 5], now(), {user}
    FROM generate_series(%(first)s, %(last)s) n, LATERAL (SELECT current_date + (n %% 700) - 100) AS s (d)
    """,
)


def write(*, first: int, last: int) -> None:
    """Rows number `first` to `last` of each table. History is not written, and people are there."""
    user = f"(SELECT min(id) FROM accounts_user) + (n * 7) %% {USERS}"  # noqa: S608 (our own figures)
    one = "1 + (n * 31) %% %(last)s"
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE partnerships_{table} DISABLE TRIGGER USER")
        for statement in STATEMENTS:
            cursor.execute(statement.format(user=user, one=one), {"first": first, "last": last})
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE partnerships_{table} ENABLE TRIGGER USER")
            cursor.execute(f"ANALYZE partnerships_{table}")
        cursor.execute("ANALYZE accounts_user")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
