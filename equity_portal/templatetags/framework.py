"""The front figure, drawn from the practices themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equity_portal.figures import framework_narrow, framework_wide
from equity_portal.figures.framework import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

register = template.Library()


class PracticeLike(Protocol):
    name: str
    url: str
    steps_total: int
    steps_taken: int


class GroupLike(Protocol):
    place: str
    practices: Sequence[PracticeLike]


@register.inclusion_tag("components/framework.html")
def framework(groups: Iterable[GroupLike], counts_url: str = "") -> dict[str, Any]:
    """Draw the practices. `counts_url` is where the steps taken up are listed, if one may go."""
    listed = list(groups)
    grows, ground = (
        [
            _subject(practice)
            for group in listed
            if group.place == place
            for practice in group.practices
        ]
        for place in ("grows", "ground")
    )
    everything = [*grows, *ground]
    being_written = _("being written")
    return {
        "wide": framework_wide.draw(grows, ground, being_written=being_written),
        "narrow": framework_narrow.draw(grows, ground, being_written=being_written),
        "is_crowded": len(grows) > framework_wide.ROOMY,
        "title": _title(len(grows), len(ground)),
        "total": sum(subject.steps_total for subject in everything),
        "taken": sum(subject.steps_taken for subject in everything),
        "some_being_written": any(not subject.steps_total for subject in grows),
        "counts_url": counts_url,
    }


def _subject(practice: PracticeLike) -> Subject:
    total = practice.steps_total
    taken = min(practice.steps_taken, total)
    label = getattr(practice, "label", "") or _label(practice.name, total, taken)
    return Subject(practice.name, practice.url, total, taken, label)


def _label(name: str, total: int, taken: int) -> str:
    """The name of the link, for those who hear it."""
    if not total:
        return _("%(name)s. Being written.") % {"name": name}
    if not taken:
        sentence = ngettext(
            "%(name)s. %(total)d action step, not taken up here yet.",
            "%(name)s. %(total)d action steps, none taken up here.",
            total,
        )
    else:
        sentence = ngettext(
            "%(name)s. %(total)d action step, taken up here.",
            "%(name)s. %(total)d action steps, %(taken)d taken up here.",
            total,
        )
    return sentence % {"name": name, "total": total, "taken": taken}


def _title(grows: int, ground: int) -> str:
    if not ground:
        return _("The practices, each a stem with a leaf for every action step.")
    return _(
        "The practices: %(ground)d foundational ones as layers of ground, and %(grows)d that "
        "grow from them, each with a leaf or a stone for every action step."
    ) % {"ground": ground, "grows": grows}
