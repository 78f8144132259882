"""What visibility forbids is nowhere: not in a list, a search, a suggestion, a count or a file.

Every address of the portal is read twice by somebody who may not see certain rows: before the rows
are written, and after. Each answer must be the same to the letter, so that neither a word, a name,
a count nor a "last contact" tells of them. A later address joins by itself.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Readers
from accounts.roles import Role
from partnerships import services
from partnerships.models import OneToOneDraft
from tests.accounts.test_closed_by_default import addresses
from tests.factories import (
    AffiliationFactory,
    EquityLeadFactory,
    FollowUpFactory,
    OneToOneFactory,
    PracticeRevisionFactory,
    PromiseFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

WORD, AUTHOR = "Xylophonic", "Quillhilda Vane"
# Half of them: a page may repeat what was typed, and must not complete it.
HALF_A_WORD, HALF_A_NAME = "xylop", "quillh"

# They tell of processes and the time, or end a session; and the samples are invented.
APART = {"health-live", "health-ready", "account_logout", "components"}

QUERIES = [
    "",
    f"?q={HALF_A_WORD}",
    f"?q={HALF_A_NAME}",
    "?partner={partner}&whose=all&state=all",
    f"?who={HALF_A_NAME}&state=cold&sort=-last&of=issues&whose=team",
    "?contact={contact}&state=one&readers=author",
]


@pytest.fixture
def world(lead):
    """What everybody who sees partners may see."""
    role = AffiliationFactory(
        contact__name="Rosa Delgado",
        partner__name="Tenants Union",
        partner__rhythm_weeks=4,
        partner__created_by=lead,
        contact__created_by=lead,
    )
    shared = {"readers": Readers.STAFF, "created_by": lead}
    talk = OneToOneFactory(held_at=timezone.now() - timedelta(weeks=20), **shared)
    talk.partners.add(role.partner)
    talk.contacts.add(role.contact)
    FollowUpFactory(assignee=lead, partner=role.partner, **shared)
    PromiseFactory(owner=lead, partner=role.partner, program=None, **shared)
    return {
        "partner": role.partner,
        "contact": role.contact,
        "affiliation": role.contact,
        "practice": PracticeRevisionFactory(practice__slug="a").practice,
    }


def write_secrets(world, author, *, readers, outsider):
    """One row of each noun, with the word wherever a word can stand."""
    now = timezone.now()
    shared = {"readers": readers, "created_by": author}
    talk = OneToOneFactory(
        kind="event",
        title=f"{WORD} title",
        held_at=now - timedelta(days=1),
        issues=[f"{WORD} issue"],
        **dict.fromkeys(
            ("what_mattered", "purpose", "place", "language", "connections", "can_and_cannot"),
            f"{WORD} words",
        ),
        **shared,
    )
    talk.partners.add(world["partner"])
    talk.contacts.add(world["contact"])
    about = {"partner": world["partner"], "contact": world["contact"], "one_to_one": talk}
    rows = [
        talk,
        FollowUpFactory(what=f"{WORD} a", note=WORD, assignee=author, **about, **shared),
        FollowUpFactory(what=f"{WORD} b", assignee=author, **about, **shared),
        PromiseFactory(what=f"{WORD} open", owner=author, **about, **shared),
        PromiseFactory(
            what=f"{WORD} kept",
            owner=author,
            state="kept",
            settled_on=now.date(),
            settled_at=now,
            settled_by=author,
            evidence=WORD,
            **about,
            **shared,
        ),
    ]
    if readers == Readers.NAMED:
        for row in rows:
            row.named_readers.add(outsider)
    return dict(zip(["one-to-one", "follow-up", "follow-up", "promise"], rows, strict=False))


def paths(world, token, queries):
    """Each address of the portal with the keys it may have here, and with what may be asked of it."""
    keys = {name: str(row.pk) for name, row in world.items()}
    for address in addresses():
        if address.name in APART:
            continue
        noun = address.name.rpartition(":")[2]
        key = next((keys[name] for name in keys if noun.startswith(name)), keys["partner"])
        path = re.sub(r"(?<=/)1(?=[/.]|$)", key, address.path)
        if "calendar" in noun:
            path = path.replace("/a.ics", f"/{token}.ics")
        is_asked = noun.endswith(("list", "export", "suggest", "search")) or noun == "home"
        for query in queries if is_asked else [""]:
            yield address.name, path + query.format(**keys)


def walk(client, world, token, queries=QUERIES):
    """What each address answers; what differs with every answer is left out."""
    answers = {}
    for name, path in paths(world, token, queries):
        answer = client.get(path)
        body = b"".join(answer).decode(errors="replace")
        body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)
        body = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "uuid", body)
        body = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d", "minute", body)  # what a new form offers
        body = re.sub(r"(DTSTAMP|LAST-MODIFIED):\w+", "", body)
        answers[name, path] = (answer.status_code, body)
    return answers


def token_of(person):
    return services.make_calendar_address(user=person, at=timezone.now())


ROLES = [*Role.values, "stranger"]


@pytest.mark.parametrize("role", ROLES)
def test_rows_one_may_not_see_change_no_answer(client, world, role):
    author = EquityLeadFactory(name=AUTHOR, is_active=False)
    reader = UserFactory(name="Rea Reader", roles=[role] if role != "stranger" else [])
    token = token_of(reader)
    if role != "stranger":
        client.force_login(reader)
    hidden = [Readers.AUTHOR, Readers.NAMED]
    hidden += [] if role == Role.EQUITY_LEAD else [Readers.EQUITY_TEAM]

    outsider = EquityLeadFactory()
    before = walk(client, world, token)
    for readers in hidden:
        secrets = write_secrets(world, author, readers=readers, outsider=outsider)
    OneToOneDraft.objects.create(
        author=author,
        key="0" * 8 + "-0000" * 3 + "-" + "0" * 12,
        words={"what_mattered": [WORD]},
        saved_at=timezone.now(),
    )
    after = walk(client, world, token)
    of_the_rows = walk(client, {**world, **secrets}, token, [""])

    assert [place for place in before if before[place] != after[place]] == []
    assert _telling(of_the_rows) == []


def _telling(answers):
    """Where the word stands, or who wrote it; whoever manages people sees their names there."""
    return [
        (name, path)
        for (name, path), (_status, body) in answers.items()
        if WORD in body or (AUTHOR in body and not name.startswith("accounts:"))
    ]


def test_the_same_walk_shows_the_rows_to_their_author(client, world):
    """Else the test above would prove nothing."""
    author = EquityLeadFactory(name=AUTHOR)
    client.force_login(author)
    rows = write_secrets(world, author, readers=Readers.AUTHOR, outsider=author)

    answers = walk(client, {**world, **rows}, token_of(author), ["", QUERIES[1], "?of=issues"])

    shown = {name for (name, _path), (_status, body) in answers.items() if WORD in body}
    expected = {"home", "search", "search-suggest"} | {
        f"partnerships:{name}"
        for name in (
            "partner-detail",
            "partner-prepare",
            "contact-detail",
            "contact-prepare",
            "one-to-one-list",
            "one-to-one-detail",
            "one-to-one-export",
            "follow-up-list",
            "follow-up-detail",
            "follow-up-history",
            "follow-up-export",
            "follow-up-ics",
            "promise-list",
            "promise-detail",
            "promise-history",
            "promise-export",
            "term-suggest",
            "calendar-feed",
        )
    }
    assert expected - shown == set()
    assert reverse("partnerships:partner-list") in {path for _name, path in answers}
