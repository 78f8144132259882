"""The files of Riverbend County hold together; no database is asked."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from accounts.models import Readers
from accounts.roles import MAY, Ability, Role
from equity_portal.demo import people
from equity_portal.demo.data import Organization, Talk, Word, read
from equity_portal.demo.strict import WrongData, read_list
from partnerships.models import Contact, OneToOne, PartnerOrganization

CONTENT = Path(__file__).resolve().parents[2] / "practices" / "content"
RIVERBEND = read()
TALKS = RIVERBEND.talks
LOOSE = RIVERBEND.loose_ends
PARTNERS = {group.name for group in RIVERBEND.organizations}
CONTACTS = {who.name for who in RIVERBEND.people}
LOGINS = {person.login: person for person in people.PEOPLE}
STEPS = [(talk, step) for talk in TALKS for step in talk.next]
WORDS = [(talk, word) for talk in TALKS for word in talk.promises]
ALL_STEPS = [step for _, step in STEPS] + list(LOOSE.follow_ups)
ALL_WORDS = [word for _, word in WORDS] + list(LOOSE.promises)
# What nobody writes down about a person by default.
NOT_FOR_NOTES = ("immigra", "undocumented", "green card", "diagnos", "loyal", "in confidence")


def test_the_department_has_the_size_it_says():
    assert len(PARTNERS) == len(RIVERBEND.organizations) == 60
    assert len(CONTACTS) == len(RIVERBEND.people) == 150
    assert len(TALKS) == 400


def test_the_tryout_accounts_are_those_of_the_contract():
    accounts = ["staff", "lead", "lead2", "editor", "director", "admin"]

    assert accounts == people.TRYOUT_LOGINS
    assert [LOGINS[login].roles for login in accounts] == [
        (Role.STAFF,),
        (Role.EQUITY_LEAD,),
        (Role.EQUITY_LEAD,),
        (Role.CONTENT_EDITOR,),
        (Role.DIRECTOR,),
        (Role.ADMINISTRATOR,),
    ]


def test_there_is_every_kind_of_organization_and_of_conversation():
    assert {group.kind for group in RIVERBEND.organizations} == set(PartnerOrganization.Kind)
    assert {talk.kind for talk in TALKS} == set(OneToOne.Kind)
    assert {talk.readers for talk in TALKS} == set(Readers)


def test_organizations_name_what_exists():
    seen: set[str] = set()
    for group in RIVERBEND.organizations:
        assert {*group.owners} <= {*LOGINS}, group.name
        assert {*group.programs} <= {*people.PROGRAMS}, group.name
        assert group.parent in {"", *seen}, group.name
        for slug in group.practices:
            assert (CONTENT / "practices" / f"{slug}.md").exists(), slug
        seen.add(group.name)


def test_people_name_what_exists():
    for who in RIVERBEND.people:
        assert who.met_through in {"", *CONTACTS - {who.name}}, who.name
        assert who.reach_by in {"", *Contact.ReachBy}, who.name
        assert {role.partner for role in who.also} <= PARTNERS, who.name
        for role in RIVERBEND.roles[who.name]:
            if role.since_days is not None and role.until_days is not None:
                assert role.since_days <= role.until_days <= 0, who.name


def test_nobody_was_met_through_somebody_whom_we_met_later():
    first = RIVERBEND.first_talks()

    later = [
        who.name
        for who in RIVERBEND.people
        if who.met_through and first[who.met_through].days_ago < first[who.name].days_ago
    ]

    assert later == []


def test_everybody_is_plainly_invented():
    somebody = [*RIVERBEND.people, *RIVERBEND.organizations]
    phones = [who.phone for who in somebody if who.phone]

    assert [who.email for who in somebody if not re.fullmatch(r"(.+\.example)?", who.email)] == []
    assert [phone for phone in phones if not re.fullmatch(r"555-01\d\d", phone)] == []
    assert [phone for phone, times in Counter(phones).items() if times > 1] == []
    sites = [group.website for group in RIVERBEND.organizations if group.website]
    assert [site for site in sites if not re.fullmatch(r"https://\w+\.example", site)] == []


def test_conversations_name_what_exists():
    steps = {path.stem for path in (CONTENT / "steps").rglob("*.md")}
    for talk in TALKS:
        where = (talk.days_ago, talk.people)
        assert talk.people, where
        assert {*talk.people} <= CONTACTS, where
        assert {*talk.organizations} <= PARTNERS, where
        assert {*talk.colleagues, *talk.named} <= {*LOGINS} - {talk.by}, where
        assert talk.time_paid in {"", *OneToOne.TimePaid}, where
        assert talk.step in {"", *steps}, where


def test_conversations_are_logged_by_those_who_do():
    for talk in TALKS:
        roles = LOGINS[talk.by].roles
        may_record = any(Ability.RECORD in MAY[role] for role in roles)
        assert may_record or talk.by == "director", talk.days_ago


def test_named_readers_and_titles_stand_where_they_are_needed():
    for talk in TALKS:
        assert bool(talk.named) == (talk.readers == Readers.NAMED), talk.days_ago
        assert bool(talk.title) == (talk.kind in OneToOne.OTHERS), talk.days_ago


def test_everybody_was_somewhere_when_they_were_spoken_with():
    """Somebody between two posts is spoken with for the organization that the talk names."""
    alone = {who.name for who in RIVERBEND.others}

    lost = [
        (talk.days_ago, talk.people)
        for talk in TALKS
        if not RIVERBEND.partners_of(talk) and not {*talk.people} <= alone
    ]

    assert lost == []


def test_everybody_and_every_organization_was_met():
    assert {*RIVERBEND.first_talks()} == PARTNERS | CONTACTS


def test_follow_ups_come_after_what_they_stem_from():
    for talk, step in STEPS:
        assert step.days >= -talk.days_ago, (talk.days_ago, step.what)
    for step in ALL_STEPS:
        assert step.is_open or step.days <= 0, step.what
        assert not (step.done and step.cancelled), step.what
    for loose in LOOSE.follow_ups:
        assert -loose.written_days_ago <= loose.days, loose.what


def test_the_dates_of_a_promise_follow_each_other():
    made = [(-talk.days_ago, word) for talk, word in WORDS]
    made += [(-word.days_ago, word) for word in LOOSE.promises]
    for made_days, word in made:
        days = [made_days, *said_days(word)]
        assert word.due_days >= made_days, word.what
        assert days == sorted(days), word.what
        assert days[-1] <= 0, word.what
        assert word.kept_days is None or (word.evidence and not word.broken), word.what


def said_days(word: Word) -> list[int]:
    """When it was changed, kept or broken."""
    days, due_days = [], word.due_days
    for change in word.changes:
        days.append(due_days - 1 if change.days is None else change.days)
        due_days = change.to_days
    if word.kept_days is not None:
        days.append(word.kept_days)
    if word.broken:
        days.append(due_days if word.broken_days is None else word.broken_days)
    return days


def test_promises_and_follow_ups_name_people_who_exist():
    for talk, word in WORDS:
        assert word.contact in {"", *talk.people}, word.what
    for loose in (*LOOSE.follow_ups, *LOOSE.promises):
        assert loose.contact in {"", *CONTACTS}, loose.what
        assert loose.partner in {"", *PARTNERS}, loose.what
        assert loose.by in LOGINS, loose.what
    assert {word.owner for word in ALL_WORDS} <= {"", *LOGINS}
    assert {step.assignee for step in ALL_STEPS} <= {"", *LOGINS}
    assert max(len(one.what) for one in (*ALL_WORDS, *ALL_STEPS)) <= 240


def test_introductions_are_of_a_colleague_to_somebody_in_the_talk():
    for talk in TALKS:
        meant = talk.introduces
        if meant:
            assert meant.to in talk.people, talk.days_ago
            assert meant.colleague in {*LOGINS} - {talk.by}, talk.days_ago
            assert meant.days >= -talk.days_ago, talk.days_ago


def test_most_of_our_promises_were_kept_and_some_are_late():
    ours = [word for word in ALL_WORDS if word.ours]
    still_open = [word for word in ours if word.is_open]

    assert len(ours) == 70
    assert len([word for word in ours if word.kept_days is not None]) == 50
    assert len([word for word in ours if word.broken]) == 7
    assert len(still_open) == 13
    assert len([word for word in still_open if word.now_due_days < 0]) == 3
    assert len(ALL_WORDS) - len(ours) == 30


def test_no_two_notes_share_a_sentence():
    texts = [
        text
        for talk in TALKS
        for text in (
            talk.mattered,
            talk.purpose,
            talk.connections,
            talk.asked_and_offered,
            talk.can_and_cannot,
            *(word.evidence for word in talk.promises),
        )
    ]
    texts += [group.about for group in RIVERBEND.organizations]
    sentences = [
        sentence.strip(" .").lower()
        for text in texts
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", text)
        if len(sentence.split()) > 1
    ]
    sentences += [one.what.lower() for one in (*ALL_WORDS, *ALL_STEPS)]

    assert [sentence for sentence, times in Counter(sentences).items() if times > 1] == []


def test_no_note_says_what_a_note_should_not():
    told = [
        (talk.days_ago, word)
        for talk in TALKS
        for word in NOT_FOR_NOTES
        if word in talk.mattered.lower()
    ]

    assert told == []


def test_an_unknown_key_is_refused_by_its_name_and_place(tmp_path: Path):
    path = tmp_path / "organizations.yaml"
    path.write_text("- {name: Mt. Zion Faith Table, kind: faith, mission: Supper}\n")

    with pytest.raises(WrongData, match=r"name Mt\. Zion.*there is no key called mission"):
        read_list(Organization, path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("days_ago: 3", "this is to be a list"),
        ("- just words", "no. 1: this is to have keys and values"),
        ("- {days_ago: 3, by: lead}", "days_ago 3: mattered is missing"),
        ("- {days_ago: soon, by: lead, mattered: a}", "days_ago is to be of type int"),
        ("- {days_ago: 3, by: lead, mattered: a, with: Ki}", "with is to be a list"),
        (
            "- {days_ago: 3, by: lead, mattered: a, next: [{what: b, days: 1, who: c}]}",
            "what b: there is no key called who",
        ),
    ],
)
def test_what_cannot_be_understood_is_refused(tmp_path: Path, text: str, problem: str):
    path = tmp_path / "conversations.yaml"
    path.write_text(text)

    with pytest.raises(WrongData, match=problem):
        read_list(Talk, path)
