from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Program, Shared, User, shared_with
from accounts.roles import Ability, may
from partnerships.models.contact import Contact
from partnerships.models.one_to_one import OneToOne
from partnerships.models.partner import PartnerOrganization
from records.models import (
    LONGEST_LINE,
    SearchableQuerySet,
    SubmittedOnce,
    Versioned,
    both_or_neither,
    sane_date,
    search_vector,
)

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet


def readable_by(user: User | AnonymousUser, *, named: Q) -> Q:
    """What makes a promise, or an earlier version of it, one that the user may read."""
    return shared_with(user, own=_own(user), named=named)


def _own(user: User | AnonymousUser) -> Q:
    return Q(owner=user.pk) | Q(created_by=user.pk)


# By the date that counts, which is not always the date it has now.
ON_TIME = Q(state="kept", settled_on__lte=F("counts_on"))


class PromiseQuerySet(SearchableQuerySet["Promise"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own always; others' as far as whoever wrote them down shared them."""
        if not may(user, Ability.SEE_PARTNERS):
            return self.none()
        named = PromiseReader.objects.filter(user=user.pk).values("promise")
        return self.filter(readable_by(user, named=Q(pk__in=named)))

    def changeable_by(self, user: User | AnonymousUser) -> Self:
        """Whoever carries it, and whoever wrote it down."""
        if not may(user, Ability.SEE_PARTNERS):
            return self.none()
        return self.filter(_own(user))

    def as_changed_by(self, user: User) -> Self:
        """Each row says in `may_change` whether the user may change it."""
        changed = Promise.objects.changeable_by(user).filter(pk=OuterRef("pk"))
        return self.annotate(may_change=Exists(changed))

    def ours(self) -> Self:
        return self.filter(direction=Promise.Direction.OURS)

    def theirs(self) -> Self:
        return self.filter(direction=Promise.Direction.THEIRS)

    def open(self) -> Self:
        return self.filter(state=Promise.State.OPEN)

    def late(self, *, today: date) -> Self:
        """Open, and the day it was to be kept by has passed."""
        return self.open().filter(due_on__lt=today)

    def changed(self) -> Self:
        """Open, with another date than the first."""
        return self.open().filter(has_changed=True)

    def counted(self, *, today: date) -> Self:
        """Those whose first date has passed, or the later one that the partner agreed to."""
        return self.filter(counts_on__lt=today)

    def kept_on_time(self, *, today: date) -> Self:
        """Of those that count by now."""
        return self.counted(today=today).filter(ON_TIME)

    def kept(self) -> Self:
        return self.filter(state=Promise.State.KEPT)

    def broken(self) -> Self:
        return self.filter(state=Promise.State.BROKEN)

    def settled(self) -> Self:
        return self.exclude(state=Promise.State.OPEN)

    def carried_by(self, user: User) -> Self:
        return self.filter(owner=user)

    def of_team(self, user: User) -> Self:
        """Of colleagues in one of the user's programs, and of those who report to the user."""
        return self.filter(owner__in=User.objects.team_of(user).values("pk"))

    def kept_rate(self, *by: str, today: date) -> QuerySet[Promise, dict[str, Any]]:
        """For each value of the columns `by`: how many count by now, how many of those were kept
        on time, and how many are broken, counted yet or not."""
        counted = Q(counts_on__lt=today)
        groups: QuerySet[Promise, dict[str, Any]] = self.values(*by).annotate(
            counted=Count("pk", filter=counted),
            on_time=Count("pk", filter=counted & ON_TIME),
            broken=Count("pk", filter=Q(state="broken")),
        )
        return groups.order_by(*by)


@pghistory.track(exclude=["search_vector", "submission_key"])
class Promise(Versioned, SubmittedOnce, Shared):
    """What we said we would do for a partner, or a partner for us, with a date.

    Never archived and never deleted: it is kept, changed with a reason, or broken with one.
    """

    class Direction(models.TextChoices):
        OURS = "ours", _("We promised")
        THEIRS = "theirs", _("They offered")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        KEPT = "kept", _("Kept")
        BROKEN = "broken", _("Broken")

    direction = models.CharField(_("who promised"), max_length=6, choices=Direction.choices)
    what = models.CharField(_("what"), max_length=LONGEST_LINE)
    partner = models.ForeignKey(
        PartnerOrganization,
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
    )
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
    )
    owner = models.ForeignKey(
        User,
        verbose_name=_("who of us"),
        on_delete=models.PROTECT,
        related_name="promises",
        help_text=_("Who carries our promise, or whom theirs was made to."),
    )
    program = models.ForeignKey(
        Program,
        verbose_name=_("program"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
    )
    one_to_one = models.ForeignKey(
        OneToOne,
        verbose_name=_("from the one-to-one"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
    )
    promised_on = models.DateField(_("promised on"))
    due_on = models.DateField(_("by when"))
    first_due_on = models.DateField(_("the first date promised"), editable=False)
    counts_on = models.DateField(
        _("the date that counts"),
        editable=False,
        help_text=_("The first date, or the latest one that the partner agreed to."),
    )
    has_changed = models.BooleanField(_("has another date"), default=False, editable=False)
    state = models.CharField(
        _("state"), max_length=6, choices=State.choices, default=State.OPEN, editable=False
    )
    settled_on = models.DateField(_("kept or broken on"), null=True, editable=False)
    settled_at = models.DateTimeField(_("said at"), null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("said by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    evidence = models.TextField(_("how one can see that it was kept"), blank=True, editable=False)
    reason = models.TextField(_("why it was broken"), blank=True, editable=False)
    named_readers = models.ManyToManyField(
        User,
        through="PromiseReader",
        verbose_name=_("named colleagues"),
        related_name="+",
        blank=True,
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    search_vector = search_vector(titles=["what"], texts=["evidence", "reason"])

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints = [
            models.CheckConstraint(
                name="promise_is_to_or_from_somebody",
                condition=Q(partner__isnull=False) | Q(contact__isnull=False),
                violation_error_message=_("Say which organization or which person."),
            ),
            models.CheckConstraint(
                name="promise_settling_is_whole",
                condition=Q(
                    state="open",
                    settled_on__isnull=True,
                    settled_at__isnull=True,
                    evidence="",
                    reason="",
                )
                | Q(state="kept", settled_on__isnull=False, settled_at__isnull=False, reason="")
                | (
                    Q(
                        state="broken",
                        settled_on__isnull=False,
                        settled_at__isnull=False,
                        evidence="",
                    )
                    & ~Q(reason="")
                ),
                violation_error_message=_("A kept promise has a day; a broken one also a reason."),
            ),
            both_or_neither(
                name="promise_settled_by_somebody",
                at="settled_at",
                by="settled_by",
                message=_("Say both when this was settled and by whom."),
            ),
            models.CheckConstraint(
                name="promise_dates_follow_each_other",
                condition=Q(first_due_on__gte=F("promised_on"))
                & Q(due_on__gte=F("promised_on"))
                & (Q(settled_on__isnull=True) | Q(settled_on__gte=F("promised_on"))),
                violation_error_message=_("This is before the day it was promised."),
            ),
            models.CheckConstraint(
                name="promise_changes_only_when_it_has_changed",
                condition=Q(has_changed=True)
                | (Q(due_on=F("first_due_on")) & Q(counts_on=F("first_due_on"))),
                violation_error_message=_("Another date is a change, with a reason."),
            ),
            sane_date(
                name="promise_promised_on_is_sane",
                field="promised_on",
                message=_("Check the year."),
            ),
            sane_date(name="promise_due_on_is_sane", field="due_on", message=_("Check the year.")),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="promise_due_on"),
            models.Index(fields=["state", "due_on", "id"], name="promise_open_by_due_on"),
            models.Index(fields=["state", "settled_on", "id"], name="promise_settled_on"),
            models.Index(fields=["counts_on"], name="promise_counts_on"),
            models.Index(fields=["owner", "due_on"], name="promise_owner_due_on"),
            GinIndex(fields=["search_vector"], name="promise_search"),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("partnerships:promise-detail", args=[self.pk])

    @property
    def is_ours(self) -> bool:
        return self.direction == self.Direction.OURS

    @property
    def with_whom(self) -> Contact | PartnerOrganization:
        """The other side: a person where one is named, else the organization."""
        return self.contact or self.partner  # type: ignore[return-value]  # a constraint: one of them

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def was_kept_on_time(self) -> bool:
        return (
            self.state == self.State.KEPT
            and self.settled_on is not None
            and self.settled_on <= self.counts_on
        )

    def is_late(self, *, today: date) -> bool:
        return self.is_open and self.due_on < today


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PromiseChange(models.Model):
    """Another date for a promise, with the reason. Rows are added, never altered."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="changes")
    from_due_on = models.DateField(_("from"))
    to_due_on = models.DateField(_("to"))
    reason = models.TextField(_("why"))
    was_agreed = models.BooleanField(_("the partner agreed to it"), default=False)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(
        User, verbose_name=_("changed by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("another date of a promise")
        verbose_name_plural = _("other dates of promises")
        constraints = [
            models.CheckConstraint(
                name="promise_change_is_to_another_date",
                condition=~Q(from_due_on=F("to_due_on")),
                violation_error_message=_("Choose another day than the present one."),
            ),
            models.CheckConstraint(
                name="promise_change_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
            sane_date(
                name="promise_change_to_due_on_is_sane",
                field="to_due_on",
                message=_("Check the year."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PromiseReader(models.Model):
    """A colleague who was named as a reader."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise", "user"], name="promise_reader_once")
        ]

    def __str__(self) -> str:
        return f"{self.promise_id}: {self.user_id}"
