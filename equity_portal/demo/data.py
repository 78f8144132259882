"""What the YAML files of Riverbend County hold.

`days_ago` counts back from today; every other day counts from today, what is past being negative.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from equity_portal.demo.strict import read_list, read_one

FOLDER = Path(__file__).resolve().parent / "riverbend"


@dataclass(frozen=True)
class Role:
    """What somebody is, or was, at an organization."""

    partner: str
    role: str = ""
    since_days: int | None = None
    until_days: int | None = None

    def holds(self, day: int) -> bool:
        began = self.since_days is None or self.since_days <= day
        return began and (self.until_days is None or day < self.until_days)


@dataclass(frozen=True)
class Somebody:
    """A contact; `role` and its days are at the organization that lists them."""

    name: str
    role: str = ""
    since_days: int | None = None
    until_days: int | None = None
    preferred_name: str = ""
    pronouns: str = ""
    language: str = ""
    phone: str = ""
    email: str = ""
    reach_by: str = ""
    access_needs: str = ""
    do_not_contact: bool = False
    met_through: str = ""
    also: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Organization:
    name: str
    kind: str
    about: str = ""
    issue_areas: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    geography: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    parent: str = ""
    offers: str = ""
    needs: str = ""
    access_needs: str = ""
    owners: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    rhythm_weeks: int | None = None
    people: tuple[Somebody, ...] = ()


@dataclass(frozen=True)
class Next:
    """What happens next: by when, whose it is if not the writer's, and what became of it."""

    what: str
    days: int
    assignee: str = ""
    done: bool = False
    cancelled: str = ""  # why
    repeat_weeks: int | None = None

    @property
    def is_open(self) -> bool:
        return not self.done and not self.cancelled


@dataclass(frozen=True)
class Change:
    """Another date for a promise. Said the day before the old one, unless `days` tells."""

    to_days: int
    reason: str
    agreed: bool = False
    days: int | None = None


@dataclass(frozen=True)
class Word:
    """A promise, and what became of it."""

    ours: bool
    what: str
    due_days: int
    owner: str = ""
    contact: str = ""
    changes: tuple[Change, ...] = ()
    kept_days: int | None = None
    evidence: str = ""
    broken: str = ""  # why
    broken_days: int | None = None

    @property
    def is_open(self) -> bool:
        return self.kept_days is None and not self.broken

    @property
    def now_due_days(self) -> int:
        return self.changes[-1].to_days if self.changes else self.due_days


@dataclass(frozen=True)
class Introduces:
    """A colleague whom the writer means to bring along to somebody, and by when."""

    colleague: str
    to: str
    days: int


@dataclass(frozen=True)
class Talk:
    """A one-to-one, or another touch that has a title."""

    days_ago: int
    by: str
    mattered: str
    people: tuple[str, ...] = field(default=(), metadata={"key": "with"})
    # Left out, it is wherever the people were on that day.
    organizations: tuple[str, ...] = field(default=(), metadata={"key": "for"})
    hour: int | None = None  # where it was not in working hours
    kind: str = "maintenance"
    title: str = ""
    readers: str = "equity_team"
    named: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    purpose: str = ""
    place: str = ""
    language: str = ""
    access_needs: str = ""
    issues: tuple[str, ...] = ()
    connections: str = ""
    asked_and_offered: str = ""
    can_and_cannot: str = ""
    has_permission: bool = False
    time_paid: str = ""
    step: str = ""
    next: tuple[Next, ...] = ()
    promises: tuple[Word, ...] = ()
    introduces: Introduces | None = None


@dataclass(frozen=True)
class LooseFollowUp(Next):
    """One that came out of no one-to-one. Without `days_ago` it was written three days before."""

    partner: str = ""
    contact: str = ""
    by: str = "lead"
    days_ago: int | None = None

    @property
    def written_days_ago(self) -> int:
        return max(1, 3 - self.days) if self.days_ago is None else self.days_ago


@dataclass(frozen=True, kw_only=True)
class LooseWord(Word):
    """A promise that came out of no one-to-one."""

    days_ago: int
    by: str
    partner: str


@dataclass(frozen=True)
class LooseEnds:
    follow_ups: tuple[LooseFollowUp, ...] = ()
    promises: tuple[LooseWord, ...] = ()


@dataclass(frozen=True)
class Riverbend:
    organizations: tuple[Organization, ...]
    others: tuple[Somebody, ...]
    talks: tuple[Talk, ...]  # the oldest first
    loose_ends: LooseEnds

    @property
    def people(self) -> list[Somebody]:
        return [who for group in self.organizations for who in group.people] + list(self.others)

    @cached_property
    def roles(self) -> dict[str, list[Role]]:
        """What everybody is or was where, by name."""
        roles: dict[str, list[Role]] = {who.name: [] for who in self.others}
        for group in self.organizations:
            for who in group.people:
                here = Role(group.name, who.role, who.since_days, who.until_days)
                roles[who.name] = [here, *who.also]
        return roles

    def partners_of(self, talk: Talk) -> list[str]:
        """For which organizations a talk was: as it says, or where its people were that day."""
        if talk.organizations:
            return list(talk.organizations)
        at = [
            role for name in talk.people for role in self.roles[name] if role.holds(-talk.days_ago)
        ]
        return list(dict.fromkeys(role.partner for role in at))

    def first_talks(self) -> dict[str, Talk]:
        """When each person and each organization was first met, by name."""
        first: dict[str, Talk] = {}
        for talk in self.talks:
            for name in (*talk.people, *self.partners_of(talk)):
                first.setdefault(name, talk)
        return first


@cache
def read() -> Riverbend:
    """Raises WrongData."""
    files = sorted(FOLDER.glob("conversations-*.yaml"))
    talks = [talk for path in files for talk in read_list(Talk, path)]
    return Riverbend(
        organizations=read_list(Organization, FOLDER / "organizations.yaml"),
        others=read_list(Somebody, FOLDER / "others.yaml"),
        talks=tuple(sorted(talks, key=lambda talk: -talk.days_ago)),
        loose_ends=read_one(LooseEnds, FOLDER / "loose-ends.yaml"),
    )
