"""make bench: what a page of a list costs at 100,000 rows, beside what it costs at 1,000.

It says ratios within one run, so that the machine does not matter, and fails where one shows that
the cost grows with the rows. It writes into a private database, and ends by itself.
"""

from __future__ import annotations

import statistics
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from tests.bench.rows import USERS, write

FEW, MANY = 1_000, 100_000
TIMES = 5
# What is in the form while somebody is looked for who may be in the portal already.
TYPED = {
    "name": "Organization a87ff679a2f3e71d9181a67b7542122c",
    "email": "o77@org.example",
    "phone": "555-0000099",
    "website": "https://site55.example/",
}
# Pages on the way to a deep one.
DEEP = 40
LONGEST_STATEMENT = "30s"

# What grows with the rows by its nature is said beside it: a whole list sorted by what is
# computed for the reader, or a filter that few rows pass.
PAGES = {
    "partners by name": ("partner-list", "", 3),
    "partners that say": ("partner-list", "?q=they+work", 5),
    "partners of an issue": ("partner-list", "?issue=issue+7", 5),
    "partners of mine": ("partner-list", "?owner=me", 5),
    "partners by last contact": ("partner-list", "?sort=-last", 0),
    "partners going cold": ("partner-list", "?state=cold", 5),
    "partners on one person": ("partner-list", "?state=one", 5),
    "contacts by name": ("contact-list", "", 3),
    "contacts by language": ("contact-list", "?language=hmong", 0),
    "contacts at": ("contact-list", "?partner=500", 3),
    "one-to-ones": ("one-to-one-list", "", 3),
    "one-to-ones with": ("one-to-one-list", "?partner=500", 3),
    "one-to-ones with a name": ("one-to-one-list", "?who=organization", 0),
    "follow-ups of mine": ("follow-up-list", "", 5),
    "follow-ups of all": ("follow-up-list", "?whose=all", 3),
    "done": ("follow-up-list", "?whose=all&state=done", 0),
    "going cold": ("going-cold-list", "", 5),
    "promises": ("promise-list", "", 3),
    "promises of mine": ("promise-list", "?whose=mine", 5),
    "a partner": ("partner-detail", "", 5),
    "a new one-to-one": ("one-to-one-create", "", 5),
    "a new partner": ("partner-create", "", 5),
    "today": ("home", "", 5),
    "suggestions": ("search-suggest", "?q=organization+a", 0),
    "picker": ("contact-suggest", "?q=person+a", 0),
    "maybe the same": ("partner-alike", "", 0),
}


def cost(client, url):
    """The median of a few requests, in seconds; the first one warms."""
    took = []
    for _time in range(TIMES + 1):
        begun = time.perf_counter()
        answer = client.post(url, TYPED) if url.endswith("alike/") else client.get(url)
        took.append(time.perf_counter() - begun)
        assert answer.status_code == 200, url
    return statistics.median(took[1:]), answer


def address(name, query):
    if name in {"home", "search-suggest"}:
        return reverse(name) + query
    args = [500] if name.endswith("-detail") else []
    return reverse(f"partnerships:{name}", args=args) + query


def deep(client, url):
    """The address of a page far down the list, walked to by its own links."""
    for _page in range(DEEP):
        page = client.get(url).context["page_obj"]
        if not page.next:
            return url
        url = urlsplit(url).path + page.next
    return url


@pytest.fixture
def measured(client, db):
    User.objects.bulk_create(
        User(email=f"lead{n}@county.test", name=f"Lead {n}", roles=[Role.EQUITY_LEAD])
        for n in range(USERS)
    )
    client.force_login(User.objects.order_by("pk").first())
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{LONGEST_STATEMENT}'")
    write(first=1, last=FEW)
    few = {what: cost(client, address(n, q))[0] for what, (n, q, _most) in PAGES.items()}
    write(first=FEW + 1, last=MANY)
    return few


@pytest.mark.timeout(1200)
def test_a_page_costs_what_it_costs_however_many_rows_there_are(client, measured, capsys):
    lines, slow = [], []
    for what, (name, query, most) in PAGES.items():
        took, answer = cost(client, address(name, query))
        ratio = took / measured[what]
        line = f"{what:28} {ratio:6.1f} × as much at {MANY:,} rows as at {FEW:,}"
        if "page_obj" in (answer.context or ()) and answer.context["page_obj"].next:
            url = deep(client, address(name, query))
            place = parse_qs(urlsplit(url).query).get("after", [""])[0]
            line += f"; {cost(client, url)[0] / took:4.1f} × for the page after {place[:30]}"
        lines.append(line)
        if most and ratio > most:
            slow.append(line)
    with capsys.disabled():
        print("\n" + "\n".join(lines))  # noqa: T201 (what make bench is for)

    assert slow == []
