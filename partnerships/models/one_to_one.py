from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Shared, User, shared_with
from accounts.roles import Ability, may
from partnerships.models.contact import Contact
from partnerships.models.partner import PartnerOrganization
from partnerships.models.terms import terms_field
from practices.models import ActionStep
from records.models import (
    Archivable,
    ArchivableQuerySet,
    SearchableQuerySet,
    SubmittedOnce,
    Versioned,
    archive_is_whole,
    sane_moment,
    search_vector,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from partnerships.models.follow_up import FollowUp


def readable_by(user: User | AnonymousUser, *, present: Q, named: Q) -> Q:
    """What the user may read, now or in an earlier version.

    `present` says where the user was among the colleagues who were there, `named` where the
    user was named as a reader.
    """
    return shared_with(user, own=Q(created_by=user.pk) | present, named=named)


class OneToOneQuerySet(SearchableQuerySet["OneToOne"], ArchivableQuerySet["OneToOne"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Its author's and theirs who were there, always; others' as far as the author shared it."""
        if not may(user, Ability.SEE_PARTNERS):
            return self.none()
        present = OneToOneColleague.objects.filter(user=user.pk).values("one_to_one")
        named = OneToOneReader.objects.filter(user=user.pk).values("one_to_one")
        return self.filter(readable_by(user, present=Q(pk__in=present), named=Q(pk__in=named)))

    def changeable_by(self, user: User | AnonymousUser) -> Self:
        """Its author, and colleagues who were there, if they may record at all."""
        if not may(user, Ability.RECORD):
            return self.none()
        present = OneToOneColleague.objects.filter(user=user.pk).values("one_to_one")
        return self.visible_to(user).filter(Q(created_by=user.pk) | Q(pk__in=present))

    def with_anybody_named(self, words: str, reader: User | AnonymousUser) -> Self:
        """Where a person, an organization or a colleague of that name was there or was meant."""
        contacts = Contact.objects.visible_to(reader).named(words).values("pk")
        partners = PartnerOrganization.objects.visible_to(reader).named(words).values("pk")
        colleagues = User.objects.get_queryset().called(words).values("pk")
        there = OneToOneContact.objects.filter(contact__in=contacts).values("one_to_one")
        meant = OneToOnePartner.objects.filter(partner__in=partners).values("one_to_one")
        ours = OneToOneColleague.objects.filter(user__in=colleagues).values("one_to_one")
        logged = OneToOne.objects.filter(created_by__in=colleagues).values("pk")
        return self.filter(pk__in=there.union(meant, ours, logged))

    def about(self, text: str, reader: User | AnonymousUser) -> Self:
        """What says `text`, best first, and then what was with anybody of that name."""
        said = OneToOne.objects.matching(text)
        named = OneToOne.objects.with_anybody_named(text, reader)
        # A union of keys: each part uses an index of its own.
        rows = self.filter(pk__in=said.values("pk").union(named.values("pk")))
        return rows.ranked(text).order_by("-rank", "-held_at", "-pk")

    def with_whom(self, follow_up: FollowUp) -> Self:
        """Those with the person a follow-up is about; if with nobody, with its organization."""
        if follow_up.contact_id:
            return self.filter(contacts=follow_up.contact_id)
        return self.filter(partners=follow_up.partner_id) if follow_up.partner_id else self.none()

    def one_to_ones(self) -> Self:
        return self.filter(kind__in=OneToOne.ONE_TO_ONES)

    def others(self) -> Self:
        """Events, group meetings, group calls and briefings."""
        return self.exclude(kind__in=OneToOne.ONE_TO_ONES)


@pghistory.track(exclude=["search_vector", "submission_key"])
class OneToOne(Versioned, Archivable, SubmittedOnce, Shared):
    """An organizer's conversation, whose purpose is the relationship.

    The same table holds the other touches of a relationship, so that its history is one:
    an event we attended, a group meeting or call, a briefing. `kind` says which; these have a
    `title`, and need nobody by name.
    """

    class Kind(models.TextChoices):
        INTRODUCTORY = "introductory", _("First one-to-one")
        MAINTENANCE = "maintenance", _("Keeping in touch")
        ESCALATION = "escalation", _("Working through something hard")
        EVENT = "event", _("Event we attended")
        MEETING = "meeting", _("Group meeting")
        CALL = "call", _("Group call")
        BRIEFING = "briefing", _("Briefing")

    ONE_TO_ONES = (Kind.INTRODUCTORY, Kind.MAINTENANCE, Kind.ESCALATION)
    OTHERS = (Kind.EVENT, Kind.MEETING, Kind.CALL, Kind.BRIEFING)

    class TimePaid(models.TextChoices):
        NOT_PAID = "not_paid", _("Not paid")
        TO_BE_PAID = "to_be_paid", _("To be paid")
        PAID = "paid", _("Paid")

    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind.choices, default=Kind.MAINTENANCE
    )
    title = models.CharField(_("what it was"), max_length=160, blank=True)
    held_at = models.DateTimeField(_("when"))
    place = models.CharField(_("where, or by what means"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=60, blank=True)
    access_needs = models.TextField(_("access needs"), blank=True)
    purpose = models.TextField(_("what it was for"), blank=True)
    what_mattered = models.TextField(_("what mattered to them"))
    has_permission = models.BooleanField(_("they know that we write this down"), default=False)
    issues = terms_field(_("issues and campaigns"))
    connections = models.TextField(_("whom they answer to and are connected with"), blank=True)
    asked_and_offered = models.TextField(_("what they asked and offered"), blank=True)
    can_and_cannot = models.TextField(_("what we said we can and cannot do"), blank=True)
    time_paid = models.CharField(
        _("was their time paid"), max_length=12, choices=TimePaid.choices, blank=True
    )
    contacts = models.ManyToManyField(
        Contact,
        through="OneToOneContact",
        verbose_name=_("with whom"),
        related_name="one_to_ones",
    )
    partners = models.ManyToManyField(
        PartnerOrganization,
        through="OneToOnePartner",
        verbose_name=_("for which organizations"),
        related_name="one_to_ones",
        blank=True,
    )
    colleagues = models.ManyToManyField(
        User,
        through="OneToOneColleague",
        verbose_name=_("colleagues who were there"),
        related_name="one_to_ones_attended",
        blank=True,
    )
    named_readers = models.ManyToManyField(
        User,
        through="OneToOneReader",
        verbose_name=_("named colleagues"),
        related_name="+",
        blank=True,
    )
    steps_served = models.ManyToManyField(
        ActionStep,
        through="OneToOneStep",
        verbose_name=_("action steps it served"),
        related_name="+",
        blank=True,
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("logged by"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="one_to_ones_logged",
    )
    search_vector = search_vector(
        titles=["title"],
        terms=["issues"],
        texts=[
            "what_mattered",
            "purpose",
            "connections",
            "asked_and_offered",
            "can_and_cannot",
        ],
    )

    objects = OneToOneQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-to-one")
        verbose_name_plural = _("one-to-ones")
        constraints = [
            archive_is_whole("one_to_one_archive_is_whole"),
            sane_moment(
                name="one_to_one_held_at_is_sane", field="held_at", message=_("Check the year.")
            ),
            models.CheckConstraint(
                name="one_to_one_or_a_title",
                condition=Q(kind__in=["introductory", "maintenance", "escalation"]) | ~Q(title=""),
                violation_error_message=_("Say what it was."),
            ),
        ]
        indexes = [
            models.Index(fields=["-held_at", "-id"], name="one_to_one_held_at"),
            GinIndex(fields=["search_vector"], name="one_to_one_search"),
        ]

    def __str__(self) -> str:
        return f"{self.held_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:one-to-one-detail", args=[self.pk])

    @property
    def is_one_to_one(self) -> bool:
        return self.kind in self.ONE_TO_ONES

    def called(self) -> str:
        """What it is called in a line: its title, or who was met. Prefetch `contacts` for a list."""
        names = ", ".join(contact.name for contact in self.contacts.all())
        return self.title or names or str(self.get_kind_display())

    @property
    def has_facts(self) -> bool:
        """Whether anything is known about how it was held, beside who and when."""
        texts = (self.purpose, self.place, self.language, self.access_needs, self.time_paid)
        return self.has_permission or any(texts)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OneToOneContact(models.Model):
    one_to_one = models.ForeignKey(OneToOne, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one_to_one", "contact"], name="one_to_one_contact_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.one_to_one_id}: {self.contact_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OneToOnePartner(models.Model):
    one_to_one = models.ForeignKey(OneToOne, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(PartnerOrganization, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one_to_one", "partner"], name="one_to_one_partner_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.one_to_one_id}: {self.partner_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OneToOneColleague(models.Model):
    one_to_one = models.ForeignKey(OneToOne, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one_to_one", "user"], name="one_to_one_colleague_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.one_to_one_id}: {self.user_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OneToOneReader(models.Model):
    """A colleague whom the author named as a reader."""

    one_to_one = models.ForeignKey(OneToOne, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one_to_one", "user"], name="one_to_one_reader_once")
        ]

    def __str__(self) -> str:
        return f"{self.one_to_one_id}: {self.user_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OneToOneStep(models.Model):
    one_to_one = models.ForeignKey(OneToOne, on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey(ActionStep, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one_to_one", "step"], name="one_to_one_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.one_to_one_id}: {self.step_id}"
