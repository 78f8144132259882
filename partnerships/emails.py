"""One function per message. Never the words of a one-to-one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import Contact, OneToOne

if TYPE_CHECKING:
    from partnerships.models import FollowUp, Promise


def follow_up_due(follow_up: FollowUp) -> EmailMultiAlternatives:
    """To whoever owns the follow-up, on its day. Needs assignee, partner and contact.

    What it came from is named to its readers alone.
    """
    readable = OneToOne.objects.visible_to(follow_up.assignee)
    one_to_one = readable.filter(follow_ups=follow_up).first()
    return _message(
        "partnerships/emails/follow_up_due",
        subject=_("Follow-up: %(what)s") % {"what": follow_up.what},
        to=follow_up.assignee.email,
        context={
            "follow_up": follow_up,
            "one_to_one": one_to_one,
            "people": _people(follow_up, one_to_one),
            "wish": follow_up.contact if _is_to_be_left_alone(follow_up.contact) else None,
            "open_url": settings.BASE_URL + follow_up.get_absolute_url(),
            "list_url": settings.BASE_URL + reverse("partnerships:follow-up-list"),
        },
    )


def promise_due(promise: Promise) -> EmailMultiAlternatives:
    """To whoever carries a promise of ours, on its day. Needs owner, partner and contact."""
    contact = promise.contact
    may_be_reached = contact and not contact.do_not_contact and not contact.is_archived
    return _message(
        "partnerships/emails/promise_due",
        subject=_("Promise: %(what)s") % {"what": promise.what},
        to=promise.owner.email,
        context={
            "promise": promise,
            "person": contact if may_be_reached else None,
            "open_url": settings.BASE_URL + promise.get_absolute_url(),
            "list_url": settings.BASE_URL
            + reverse("partnerships:promise-list", query={"whose": "mine"}),
        },
    )


def _people(follow_up: FollowUp, one_to_one: OneToOne | None) -> list[Contact]:
    """Whom to call: the person it is about, else those in the conversation.

    Not those who asked not to be contacted.
    """
    if follow_up.contact:
        is_gone = follow_up.contact.is_archived or _is_to_be_left_alone(follow_up.contact)
        return [] if is_gone else [follow_up.contact]
    if one_to_one is None:
        return []
    people = Contact.objects.visible_to(follow_up.assignee).current()
    people = people.filter(one_to_ones=one_to_one, do_not_contact=False)
    return list(people.order_by("name", "pk"))


def _is_to_be_left_alone(contact: Contact | None) -> bool:
    return contact is not None and contact.do_not_contact


def _message(
    template: str, *, subject: str, to: str, context: dict[str, object]
) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"{template}.txt", context),
        to=[to],
    )
    message.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return message
