"""A relationship as one line through time, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.contrib.humanize.templatetags.humanize import apnumber
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.figures import line_narrow, line_wide
from partnerships.figures.line import Arc, Person, Quiet, Story, Touch, Words
from partnerships.models import Promise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from partnerships.figures.line import Drawing, Tone
    from partnerships.models import Introduction
    from partnerships.pages.touches import Knower, Knowing, Met

FEWEST = 3  # touches that make a line
MOST_STRANDS = 5
OTHERS = 0  # the key of the strand that several share
QUIET = timedelta(weeks=12)
ROWS = 40  # of the table; what is older is summed up by the year
DAYS_IN_MONTH = 30.44
MONTHS_SAID = 24


@dataclass(frozen=True)
class Row:
    """A line of the table: a touch, a promise, or an introduction."""

    on: date
    what: str
    who: str
    url: str = ""
    promise: Promise | None = None


@dataclass(frozen=True)
class Year:
    """What is too old to be told line by line."""

    year: int
    touches: int
    promises: int


@dataclass(frozen=True)
class Line:
    title: str
    description: str
    wide: Drawing
    narrow: Drawing
    tones: frozenset[str]
    rows: Sequence[Row]
    years: Sequence[Year]


@dataclass(frozen=True)
class Told:
    """What there is to draw, as far as the reader may see it."""

    mets: Sequence[Met]
    promises: Sequence[Promise]
    introductions: Sequence[Introduction]
    knowing: Knowing
    rhythm_weeks: int | None
    today: date


def line(told: Told) -> Line | None:
    """None where there is too little for a line: the page then says it in words."""
    if len(told.mets) < FEWEST:
        return None
    story = _story(told)
    words = Words(ours=_("We promised"), theirs=_("They offered"), today=_("Today"))
    rows = sorted(_rows(told), key=lambda row: row.on, reverse=True)
    return Line(
        title=_title(told),
        description=_description(told),
        wide=line_wide.draw(story, words),
        narrow=line_narrow.draw(story, words),
        tones=frozenset(arc.tone for arc in story.arcs),
        rows=rows[:ROWS],
        years=_years(rows[ROWS:]),
    )


# --- the story ------------------------------------------------------------------------------


def _story(told: Told) -> Story:
    keys = _strands(told.knowing)
    touches = tuple(
        Touch(met.on, tuple({keys[person.pk] for person in met.ours})) for met in told.mets
    )
    return Story(
        today=told.today,
        people=(*_people(told, touches), *_coming(told)),
        touches=touches,
        arcs=tuple(_arc(promise, told.today) for promise in told.promises),
        quiet=tuple(_quiet(told)),
    )


def _strands(knowing: Knowing) -> dict[int, int]:
    """A strand each, or, where we are many, one that the least close share."""
    most = MOST_STRANDS if len(knowing.everybody) <= MOST_STRANDS else MOST_STRANDS - 1
    return {
        knower.person.pk: knower.person.pk if number < most else OTHERS
        for number, knower in enumerate(knowing.everybody)
    }


def _people(told: Told, touches: Sequence[Touch]) -> Iterator[Person]:
    keys = _strands(told.knowing)
    groups: dict[int, list[Knower]] = {}
    for knower in told.knowing.everybody:
        groups.setdefault(keys[knower.person.pk], []).append(knower)
    begun = min(touch.on for touch in touches)
    first = [knowers for knowers in groups.values() if _since(knowers) <= begun]
    for knowers in sorted(groups.values(), key=_since):
        is_first = knowers in first
        if not is_first:
            label = _joins(knowers)
        else:
            label = _begins([k for group in first for k in group]) if knowers is first[0] else ""
        yield Person(
            key=keys[knowers[0].person.pk],
            first_on=_since(knowers),
            last_on=max(knower.last_on for knower in knowers),
            label=label,
            is_here=any(knower.person.is_active for knower in knowers),
            is_first=is_first,
        )


def _since(knowers: Iterable[Knower]) -> date:
    return min(knower.first_on for knower in knowers)


def _begins(knowers: Sequence[Knower]) -> str:
    names = get_text_list([knower.person.name for knower in knowers], _("and"))
    return ngettext("%(names)s begins", "%(names)s begin", len(knowers)) % {"names": names}


def _joins(knowers: Sequence[Knower]) -> str:
    if len(knowers) > 1:
        return _("%(count)d others join") % {"count": len(knowers)}
    name, by = knowers[0].person.name, knowers[0].brought_by
    if by:
        return _("%(name)s joins, brought by %(by)s") % {"name": name, "by": by}
    return _("%(name)s joins") % {"name": name}


def _coming(told: Told) -> Iterator[Person]:
    """Introductions under way, of colleagues who have not met them yet."""
    known = {knower.person.pk for knower in told.knowing.everybody}
    for introduction in told.introductions:
        if introduction.is_open and introduction.colleague_id not in known:
            on = max(introduction.due_on, told.today + timedelta(days=1))
            name = introduction.colleague.name
            yield Person(
                key=-introduction.pk,
                first_on=on,
                last_on=on,
                label=_("%(name)s is to join") % {"name": name},
                is_coming=True,
            )


def _arc(promise: Promise, today: date) -> Arc:
    tone, label = _tone(promise, today)
    kept_on = promise.settled_on if promise.state == Promise.State.KEPT else None
    return Arc(
        made_on=promise.promised_on,
        ends_on=kept_on or promise.due_on,
        is_ours=promise.is_ours,
        tone=tone,
        label=label % {"what": promise.what} if label else "",
    )


def _tone(promise: Promise, today: date) -> tuple[Tone, str]:
    """How it is drawn, and what is written beside it: only what went wrong needs words."""
    if promise.state == Promise.State.KEPT:
        return "kept", ""
    if promise.state == Promise.State.BROKEN:
        return "broken", _("Broken: %(what)s")
    if promise.is_late(today=today):
        return "late", _("Late: %(what)s")
    return ("changed", "") if promise.has_changed else ("due", "")


def _quiet(told: Told) -> Iterator[Quiet]:
    """Longer than three months, and longer than twice what was meant."""
    least = max(QUIET, timedelta(weeks=2 * (told.rhythm_weeks or 0)))
    for before, after in pairwise([*(met.on for met in told.mets), told.today]):
        if after - before >= least:
            weeks = (after - before).days // 7
            label = ngettext("%(weeks)d week quiet", "%(weeks)d weeks quiet", weeks)
            yield Quiet(before, after, label % {"weeks": weeks})


# --- words ----------------------------------------------------------------------------------


def _title(told: Told) -> str:
    """ "Eighteen months, three of us"."""
    people = len(told.knowing.everybody)
    of_us = ngettext("one of us", "%(people)s of us", people) % {"people": apnumber(people)}
    months = round((told.today - told.mets[0].on).days / DAYS_IN_MONTH)
    if months < MONTHS_SAID:
        months = max(months, 1)
        time = ngettext("%(count)s month", "%(count)s months", months)
        time %= {"count": apnumber(months)}
    else:
        years = round(months / 12)
        time = ngettext("%(count)s year", "%(count)s years", years) % {"count": apnumber(years)}
    return capfirst(_("%(time)s, %(of_us)s") % {"time": time, "of_us": of_us})


def _description(told: Told) -> str:
    """For those who hear the page."""
    strands = [
        _("%(name)s since %(date)s")
        % {"name": knower.person.name, "date": date_format(knower.first_on, "DATE_FORMAT")}
        for knower in told.knowing.everybody
    ]
    return _(
        "A strand for each of us: %(strands)s. Touches: %(touches)d. Promises: %(promises)d. The "
        "same is given as a table below."
    ) % {
        "strands": "; ".join(strands),
        "touches": len(told.mets),
        "promises": len(told.promises),
    }


# --- the table ------------------------------------------------------------------------------


def _rows(told: Told) -> Iterator[Row]:
    for met in told.mets:
        url = reverse("partnerships:one-to-one-detail", args=[met.pk])
        yield Row(met.on, met.what, met.names, url)
    for promise in told.promises:
        what = _("We promised: %(what)s") if promise.is_ours else _("They offered: %(what)s")
        yield Row(
            promise.promised_on,
            what % {"what": promise.what},
            promise.owner.name,
            promise.get_absolute_url(),
            promise,
        )
    for introduction in told.introductions:
        if introduction.happened_on:
            what = _("%(name)s was introduced") % {"name": introduction.colleague.name}
            yield Row(introduction.happened_on, what, introduction.introduced_by.name)


def _years(rows: Iterable[Row]) -> list[Year]:
    years: dict[int, list[Row]] = {}
    for row in rows:
        years.setdefault(row.on.year, []).append(row)
    return [
        Year(
            year,
            touches=sum(row.promise is None for row in of_year),
            promises=sum(row.promise is not None for row in of_year),
        )
        for year, of_year in years.items()
    ]
