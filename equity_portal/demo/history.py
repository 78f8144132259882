"""Plays two years of conversations in the order of their days, through the services people use.

What one act leads to, such as a promise being kept, waits in the same queue for its own day.
"""

from __future__ import annotations

import heapq
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from accounts.models import Readers
from equity_portal.demo.telling import told
from partnerships import services
from partnerships.models import FollowUp, Introduction, OneToOne, Promise, PromiseChange
from practices.models import ActionStep

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from accounts.models import User
    from equity_portal.demo.data import (
        Change,
        LooseFollowUp,
        LooseWord,
        Next,
        Riverbend,
        Talk,
        Word,
    )
    from equity_portal.demo.department import Department
    from partnerships.models import Contact, PartnerOrganization

T = TypeVar("T")

PRIVATE = {Readers.AUTHOR, Readers.NAMED}
# What a one-to-one has under the same name in the files.
OF_TALK = (
    "kind",
    "title",
    "readers",
    "purpose",
    "place",
    "language",
    "access_needs",
    "connections",
    "asked_and_offered",
    "can_and_cannot",
    "has_permission",
    "time_paid",
)


class History:
    def __init__(self, department: Department, riverbend: Riverbend) -> None:
        self.department, self.riverbend = department, riverbend
        self.steps = {step.slug: step for step in ActionStep.objects.current().order_by("-pk")}
        self.queue: list[tuple[datetime, int, User, Callable[[datetime], None]]] = []
        self.turn = count()

    def play(self) -> None:
        for talk in self.riverbend.talks:
            held_at = self.department.moment(talk.days_ago, talk.hour)
            logged_at = min(held_at + timedelta(hours=1), self.department.now)
            self._on(logged_at, talk.by, Telling(self, talk, held_at).tell)
        for step in self.riverbend.loose_ends.follow_ups:
            self._on(self.department.moment(step.written_days_ago), step.by, self._loose(step))
        for word in self.riverbend.loose_ends.promises:
            self._on(self.department.moment(word.days_ago), word.by, self._loose_word(word))
        while self.queue:
            at, _, by, act = heapq.heappop(self.queue)
            with told(by=by, at=at):
                act(at)

    def _on(self, at: datetime, by: str | User, act: Callable[[datetime], None]) -> None:
        who = self.department.users[by] if isinstance(by, str) else by
        heapq.heappush(self.queue, (at, next(self.turn), who, act))

    # --- follow-ups ----------------------------------------------------------------------------

    def add_follow_up(
        self, step: Next, follow_up: FollowUp, *, named: list[User], by: User, at: datetime
    ) -> None:
        follow_up.what, follow_up.due_on = step.what, self.department.day(step.days)
        follow_up.repeat_weeks = step.repeat_weeks
        services.add_follow_up(follow_up=follow_up, named_readers=named, by=by, at=at)
        if step.done:
            # Most are done on the day, some sooner.
            early = self.department.chance.choice([0, 0, 0, 1, 2])
            done_at = max(self.department.moment(early - step.days), at)
            self._on(done_at, follow_up.assignee, lambda at: _complete(follow_up, at))
        if step.cancelled:
            gone_at = max(self.department.moment(-step.days), at)
            self._on(gone_at, follow_up.assignee, lambda at: _cancel(follow_up, step, at))

    def _loose(self, step: LooseFollowUp) -> Callable[[datetime], None]:
        def act(at: datetime) -> None:
            by = self.department.users[step.by]
            follow_up = FollowUp(
                assignee=self.department.users[step.assignee or step.by],
                partner=self.department.partners.get(step.partner),
                contact=self.department.contacts.get(step.contact),
            )
            self.add_follow_up(step, follow_up, named=[], by=by, at=at)

        return act

    # --- promises ------------------------------------------------------------------------------

    def make_promise(
        self, word: Word, promise: Promise, *, named: list[User], by: User, at: datetime
    ) -> None:
        directions = Promise.Direction
        promise.direction = directions.OURS if word.ours else directions.THEIRS
        promise.what, promise.due_on = word.what, self.department.day(word.due_days)
        promise.owner = self.department.users[word.owner] if word.owner else by
        promise.program = promise.owner.programs.order_by("name", "pk").first()
        promise.promised_on = at.date()
        services.make_promise(promise=promise, named_readers=named, by=by, at=at)
        due_days = word.due_days
        for change in word.changes:
            said_days = due_days - 1 if change.days is None else change.days
            self._later(said_days, promise, at, self._change(promise, change))
            due_days = change.to_days
        if word.kept_days is not None:
            self._later(word.kept_days, promise, at, self._keep(promise, word))
        if word.broken:
            broken_days = due_days if word.broken_days is None else word.broken_days
            self._later(broken_days, promise, at, self._break(promise, word))

    def _later(
        self, days: int, promise: Promise, made_at: datetime, act: Callable[[datetime], None]
    ) -> None:
        """Never before the promise was made, nor before what was queued for it already."""
        at = max(self.department.moment(-days), made_at)
        self._on(at, promise.owner, act)

    def _change(self, promise: Promise, change: Change) -> Callable[[datetime], None]:
        def act(at: datetime) -> None:
            promise.refresh_from_db()
            another = PromiseChange(
                to_due_on=self.department.day(change.to_days),
                reason=change.reason,
                was_agreed=change.agreed,
            )
            services.change_promise(
                promise=promise,
                change=another,
                version=promise.version,
                by=promise.owner,
                at=at,
            )

        return act

    def _keep(self, promise: Promise, word: Word) -> Callable[[datetime], None]:
        return lambda at: services.keep_promise(
            promise=promise, on=at.date(), evidence=word.evidence, by=promise.owner, at=at
        )

    def _break(self, promise: Promise, word: Word) -> Callable[[datetime], None]:
        return lambda at: services.break_promise(
            promise=promise, on=at.date(), reason=word.broken, by=promise.owner, at=at
        )

    def _loose_word(self, word: LooseWord) -> Callable[[datetime], None]:
        def act(at: datetime) -> None:
            promise = Promise(
                partner=self.department.partners[word.partner],
                contact=self.department.contacts.get(word.contact),
            )
            by = self.department.users[word.by]
            self.make_promise(word, promise, named=[], by=by, at=at)

        return act

    def partner_of(self, name: str, talk: Talk) -> PartnerOrganization | None:
        """Where somebody was on the day of a talk, among those the talk was for."""
        there = [
            role.partner
            for role in self.riverbend.roles.get(name, [])
            if role.holds(-talk.days_ago)
        ]
        meant = [partner for partner in self.riverbend.partners_of(talk) if partner in there]
        return self.department.partners[meant[0]] if meant else None


def _complete(follow_up: FollowUp, at: datetime) -> None:
    services.complete_follow_up(follow_up=follow_up, by=follow_up.assignee, at=at)


def _cancel(follow_up: FollowUp, step: Next, at: datetime) -> None:
    services.cancel_follow_up(
        follow_up=follow_up, reason=step.cancelled, by=follow_up.assignee, at=at
    )


def _only(rows: list[T]) -> T | None:
    """One is meant; of several, none in particular."""
    return rows[0] if len(rows) == 1 else None


class Telling:
    """One conversation being written down, and what came of it."""

    def __init__(self, history: History, talk: Talk, held_at: datetime) -> None:
        self.history, self.talk, self.department = history, talk, history.department
        self.held_at = held_at
        self.by = self.department.users[talk.by]
        self.people = [self.department.contacts[name] for name in talk.people]
        names = history.riverbend.partners_of(talk)
        self.partners = [self.department.partners[name] for name in names]
        self.named = [self.department.users[login] for login in talk.named]

    def tell(self, at: datetime) -> None:
        one_to_one = self._log(at)
        for step in self.talk.next:
            follow_up = FollowUp(
                assignee=self.department.users[step.assignee or self.talk.by],
                one_to_one=one_to_one,
                partner=_only(self.partners),
                contact=_only(self.people),
                readers=self._readers(),
            )
            self.history.add_follow_up(step, follow_up, named=self._named(), by=self.by, at=at)
        for word in self.talk.promises:
            promise = Promise(**self._whom(word), one_to_one=one_to_one, readers=self._readers())
            self.history.make_promise(word, promise, named=self._named(), by=self.by, at=at)
        self._introduce(at)

    def _log(self, at: datetime) -> OneToOne:
        step = self.history.steps.get(self.talk.step)
        return services.log_one_to_one(
            one_to_one=OneToOne(
                held_at=self.held_at,
                what_mattered=self.talk.mattered,
                issues=list(self.talk.issues),
                **{name: getattr(self.talk, name) for name in OF_TALK},
            ),
            participants=services.Participants(
                contacts=self.people,
                partners=self.partners,
                colleagues=[self.department.users[login] for login in self.talk.colleagues],
                steps=[step] if step else [],
                named_readers=self.named,
            ),
            outcome=services.Outcome(),
            by=self.by,
            at=at,
        )

    def _readers(self) -> Readers:
        """What comes of a conversation is read by nobody who may not read the conversation."""
        readers = Readers(self.talk.readers)
        return readers if readers in PRIVATE else Readers.EQUITY_TEAM

    def _named(self) -> list[User]:
        return self.named if Readers(self.talk.readers) in PRIVATE else []

    def _whom(self, word: Word) -> dict[str, Contact | PartnerOrganization | None]:
        contact = self.department.contacts.get(word.contact) or _only(self.people)
        there = self.history.partner_of(word.contact, self.talk)
        return {"contact": contact, "partner": there or _only(self.partners)}

    def _introduce(self, at: datetime) -> None:
        meant = self.talk.introduces
        partner = self.history.partner_of(meant.to, self.talk) if meant else None
        if meant is None or partner is None:
            return
        introduction = Introduction(
            partner=partner,
            contact=self.department.contacts[meant.to],
            colleague=self.department.users[meant.colleague],
            due_on=self.department.day(meant.days),
        )
        services.introduce_colleague(introduction=introduction, by=self.by, at=at)
