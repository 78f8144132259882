"""Two people edit one record: nothing that either wrote is lost without being asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships.forms import FollowUpForm, OneToOneForm, PartnerForm
from partnerships.models import PartnerOrganization
from records.forms import Conflict
from records.services import ChangedMeanwhile, save_version
from tests.factories import (
    NOON,
    ContactFactory,
    EquityLeadFactory,
    FollowUpFactory,
    OneToOneFactory,
    PartnerFactory,
    ProgramFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return PartnerFactory(
        name="Tenants", kind="other", about="Rent control.", website="", rhythm_weeks=4
    )


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def opened(record, form_class=PartnerForm, **arguments):
    """What a browser would send of the form, opened over the record as it stands now."""
    form = form_class(instance=fresh(record), **{"user": record.created_by, **arguments})
    data = {}
    for bound in form:
        value = bound.value()
        shown = bound.field.widget.format_value(value)
        if isinstance(shown, list):
            many = [str(one) for one in shown]
            is_many = getattr(bound.field.widget, "allow_multiple_selected", False)
            shown = many if is_many else "".join(many)
        data[bound.html_name] = "" if shown is None else shown
    return data


def sent(record, data, form_class=PartnerForm, **arguments):
    arguments = {"user": record.created_by, **arguments}
    return form_class(data, instance=fresh(record), **arguments)


def saved(record, data, form_class=PartnerForm, **arguments):
    form = sent(record, data, form_class, **arguments)
    assert form.is_valid(), form.errors
    form.save()
    return fresh(record)


# --- one person ----------------------------------------------------------------------------


def test_an_edit_alone_is_saved_and_counted(partner):
    data = opened(partner)

    partner = saved(partner, data | {"name": "Tenants Union"})

    assert (partner.name, partner.about, partner.version) == ("Tenants Union", "Rent control.", 2)


def test_the_same_edit_sent_twice_is_saved_and_asks_nothing(partner):
    data = opened(partner) | {"name": "Tenants Union"}

    saved(partner, data)
    partner = saved(partner, data)

    assert (partner.name, partner.version) == ("Tenants Union", 3)


def test_an_edit_leaves_columns_that_are_not_in_the_form(partner):
    mine = PartnerOrganization.objects.filter(pk=partner.pk)
    mine.update(archived_at=NOON, archived_by=partner.created_by)
    data = opened(partner)

    partner = saved(partner, data | {"name": "Tenants Union"})

    assert partner.archived_at == NOON


# --- two people, different fields ----------------------------------------------------------


def test_what_only_they_changed_is_taken_over(partner):
    data = opened(partner)
    saved(partner, opened(partner) | {"about": "Rent control and repairs.", "rhythm_weeks": "2"})

    partner = saved(partner, data | {"name": "Tenants Union"})

    assert (partner.name, partner.about, partner.rhythm_weeks, partner.version) == (
        "Tenants Union",
        "Rent control and repairs.",
        2,
        3,
    )


def test_what_they_emptied_stays_empty(partner):
    data = opened(partner)
    saved(partner, opened(partner) | {"about": "", "rhythm_weeks": ""})

    partner = saved(partner, data | {"name": "Tenants Union"})

    assert (partner.about, partner.rhythm_weeks) == ("", None)


def test_what_both_changed_to_the_same_is_no_conflict(partner):
    data = opened(partner)
    saved(partner, opened(partner) | {"name": "Union"})

    partner = saved(partner, data | {"name": "Union"})

    assert partner.name == "Union"


def test_line_ends_of_a_browser_are_no_change(partner):
    partner.about = "One\nTwo"
    partner.save()
    data = opened(partner)
    saved(partner, opened(partner) | {"about": "One\nTwo\nThree"})

    partner = saved(partner, data | {"about": "One\r\nTwo", "name": "Union"})

    assert (partner.about, partner.name) == ("One\nTwo\nThree", "Union")


def test_many_to_many_that_only_they_changed_are_taken_over(partner, lead, other_lead):
    partner.owners.set([lead])
    data = opened(partner)
    saved(partner, opened(partner) | {"owners": [str(lead.pk), str(other_lead.pk)]})

    partner = saved(partner, data | {"name": "Union"})

    assert {*partner.owners.all()} == {lead, other_lead}


def test_many_to_many_that_only_they_emptied_stay_empty(partner, lead):
    partner.owners.set([lead])
    data = opened(partner)
    saved(partner, opened(partner) | {"owners": []})

    partner = saved(partner, data | {"name": "Union"})

    assert [*partner.owners.all()] == []


def test_many_to_many_chosen_in_another_order_are_no_change(partner, lead, other_lead):
    partner.owners.set([lead, other_lead])
    data = opened(partner) | {"owners": [str(other_lead.pk), str(lead.pk)]}
    saved(partner, opened(partner) | {"owners": [str(lead.pk)]})

    partner = saved(partner, data)

    assert [*partner.owners.all()] == [lead]


def test_a_moment_nobody_touched_is_taken_over(lead):
    """The browser's field has no seconds; the database has."""
    one_to_one = OneToOneFactory(created_by=lead, held_at=NOON.replace(second=30))
    one_to_one.contacts.set([ContactFactory()])
    made_with = {"user": lead, "now": NOON + timedelta(days=2)}
    data = opened(one_to_one, OneToOneForm, **made_with)
    later = opened(one_to_one, OneToOneForm, **made_with) | {"held_at": "2026-03-13T09:00"}
    saved(one_to_one, later, OneToOneForm, **made_with)

    words = data | {"what_mattered": "Buses"}
    one_to_one = saved(one_to_one, words, OneToOneForm, **made_with)

    assert timezone.localtime(one_to_one.held_at).isoformat() == "2026-03-13T09:00:00-05:00"


# --- two people, one field -----------------------------------------------------------------


def conflicting(partner):
    """What the second person sends after the first saved other words."""
    data = opened(partner) | {"about": "Mine.", "kind": "labor"}
    saved(partner, opened(partner) | {"about": "Theirs.", "kind": "faith"})
    return data


def shown_again(form):
    """The page that showed both versions, sent as it stands but for the choices."""
    assert not form.is_valid()
    return dict(form.data)


def test_what_both_changed_is_shown_side_by_side_and_nothing_is_saved(partner):
    form = sent(partner, conflicting(partner))

    assert not form.is_valid()
    assert form.conflicts == [
        Conflict(
            "kind",
            "keep-kind",
            "Kind",
            "Labor organization",
            "Faith organization",
            may_keep_both=False,
        ),
        Conflict(
            "about", "keep-about", "What they work for", "Mine.", "Theirs.", may_keep_both=True
        ),
    ]
    assert [conflict.keep for conflict in form.conflicts] == ["mine", "both"]
    assert form.non_field_errors() == [
        "Somebody saved this while you were writing. Choose what to keep below."
    ]
    assert fresh(partner).about == "Theirs."


@pytest.mark.parametrize(
    ("choice", "about"),
    [
        ("mine", "Mine."),
        ("theirs", "Theirs."),
        ("both", "Theirs.\n\nMine."),
        ("nonsense", "Mine."),
    ],
)
def test_the_choice_is_carried_out(partner, choice, about):
    data = shown_again(sent(partner, conflicting(partner)))

    partner = saved(partner, data | {"keep-about": choice, "keep-kind": "theirs"})

    assert (partner.about, partner.kind) == (about, "faith")


def test_both_is_not_offered_for_one_choice_of_several_and_not_done(partner):
    data = shown_again(sent(partner, conflicting(partner)))

    partner = saved(partner, data | {"keep-about": "mine", "keep-kind": "both"})

    assert partner.kind == "labor"


def test_both_of_one_line_stand_in_one_line(partner):
    data = opened(partner) | {"name": "Union of Tenants"}
    saved(partner, opened(partner) | {"name": "Tenants Union"})
    again = shown_again(sent(partner, data))

    partner = saved(partner, again | {"keep-name": "both"})

    assert partner.name == "Tenants Union / Union of Tenants"


def test_both_says_nothing_twice(partner):
    data = opened(partner) | {"about": "Rent control. Repairs."}
    saved(partner, opened(partner) | {"about": "Rent control. Repairs. Buses."})
    again = shown_again(sent(partner, data))

    partner = saved(partner, again | {"keep-about": "both"})

    assert partner.about == "Rent control. Repairs. Buses."


def test_both_that_is_too_long_is_an_error_at_its_field_and_keeps_the_words(partner):
    data = opened(partner) | {"name": "M" * 100}
    saved(partner, opened(partner) | {"name": "T" * 100})
    again = shown_again(sent(partner, data))

    form = sent(partner, again | {"keep-name": "both"})

    assert not form.is_valid()
    assert list(form.errors) == ["name"]
    assert form["name"].value() == "T" * 100 + " / " + "M" * 100
    assert fresh(partner).name == "T" * 100


def test_what_was_changed_on_the_page_of_both_versions_counts(partner):
    data = shown_again(sent(partner, conflicting(partner)))

    partner = saved(
        partner, data | {"about": "Mine, better.", "keep-about": "both", "keep-kind": "mine"}
    )

    assert (partner.about, partner.kind) == ("Theirs.\n\nMine, better.", "labor")


def test_what_was_taken_over_is_in_the_page_of_both_versions(partner):
    data = opened(partner) | {"about": "Mine."}
    saved(partner, opened(partner) | {"about": "Theirs.", "name": "Their name"})

    again = shown_again(sent(partner, data))
    partner = saved(partner, again | {"keep-about": "mine"})

    assert again["name"] == "Their name"
    assert (partner.name, partner.about) == ("Their name", "Mine.")


def test_many_to_many_that_both_changed_may_all_be_kept(partner, lead, other_lead):
    bea = EquityLeadFactory(name="Bea")
    partner.owners.set([lead])
    data = opened(partner) | {"owners": [str(lead.pk), str(other_lead.pk)]}
    saved(partner, opened(partner) | {"owners": [str(bea.pk)]})
    form = sent(partner, data)
    again = shown_again(form)

    partner = saved(partner, again | {"keep-owners": "both"})

    assert form.conflicts == [
        Conflict(
            "owners",
            "keep-owners",
            "Who keeps the relationship",
            "Ana Lead, Joy Lead",
            "Bea",
            may_keep_both=True,
        )
    ]
    assert {*partner.owners.all()} == {lead, other_lead, bea}


@pytest.mark.parametrize(("choice", "kept"), [("mine", {"Mine"}), ("theirs", {"Theirs"})])
def test_many_to_many_of_one_author_may_be_kept(partner, choice, kept):
    mine, theirs = ProgramFactory(name="Mine"), ProgramFactory(name="Theirs")
    data = opened(partner) | {"programs": [str(mine.pk)]}
    saved(partner, opened(partner) | {"programs": [str(theirs.pk)]})
    again = shown_again(sent(partner, data))

    partner = saved(partner, again | {"keep-programs": choice})

    assert {program.name for program in partner.programs.all()} == kept


def test_nothing_is_shown_as_nothing_and_dates_and_people_by_name(lead, other_lead):
    follow_up = FollowUpFactory(assignee=lead, partner=PartnerFactory(name="Union"))
    data = opened(follow_up, FollowUpForm, user=lead)
    theirs = {"due_on": "2026-03-19", "assignee": str(other_lead.pk), "partner": ""}
    saved(follow_up, data | theirs, FollowUpForm, user=lead)
    bea = EquityLeadFactory(name="Bea")
    mine = {
        "due_on": "2026-04-02",
        "assignee": str(bea.pk),
        "partner": str(PartnerFactory(name="Clinic").pk),
    }

    form = sent(follow_up, data | mine, FollowUpForm, user=lead)

    assert not form.is_valid()
    assert [(c.field, c.mine, c.theirs) for c in form.conflicts] == [
        ("due_on", "April 2, 2026", "March 19, 2026"),
        ("assignee", "Bea", "Joy Lead"),
        ("partner", "Clinic", ""),
    ]


def test_words_that_were_wrong_may_give_way_to_theirs(lead):
    """The error was about words that are no longer there."""
    follow_up = FollowUpFactory(assignee=lead)
    data = opened(follow_up, FollowUpForm, user=lead) | {"due_on": "2026-02-31"}
    theirs = opened(follow_up, FollowUpForm, user=lead) | {"due_on": "2026-03-19"}
    saved(follow_up, theirs, FollowUpForm, user=lead)
    again = shown_again(sent(follow_up, data, FollowUpForm, user=lead))

    follow_up = saved(follow_up, again | {"keep-due_on": "theirs"}, FollowUpForm, user=lead)

    assert follow_up.due_on.isoformat() == "2026-03-19"


# --- three people --------------------------------------------------------------------------


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_a_third_person_saves_the_same_field_in_between(partner, choice):
    """The choice was between two versions, and neither stands any more: it is asked again."""
    again = shown_again(sent(partner, conflicting(partner)))
    saved(partner, opened(partner) | {"about": "The third's."})

    form = sent(partner, again | {"keep-about": choice, "keep-kind": "mine"})
    third = shown_again(form)

    assert [(c.field, c.mine, c.theirs) for c in form.conflicts] == [
        ("about", "Mine.", "The third's.")
    ]
    assert fresh(partner).about == "The third's."
    partner = saved(partner, third | {"keep-about": "both"})
    assert (partner.about, partner.kind) == ("The third's.\n\nMine.", "labor")


def test_a_third_person_saves_another_field_in_between(partner):
    again = shown_again(sent(partner, conflicting(partner)))
    saved(partner, opened(partner) | {"name": "The third's name"})

    partner = saved(partner, again | {"keep-about": "both", "keep-kind": "theirs"})

    assert (partner.name, partner.about, partner.kind) == (
        "The third's name",
        "Theirs.\n\nMine.",
        "faith",
    )


# --- what a browser would not send ---------------------------------------------------------


@pytest.mark.parametrize(
    "seen", ["", "{", "[]", "null", '"x"', "[" * 100_000, '{"about": 5}', '{"about": {"a": 1}}']
)
def test_a_digest_that_was_tampered_with_asks_rather_than_overwrites(partner, seen):
    data = conflicting(partner)

    form = sent(partner, data | {"seen": seen})

    assert not form.is_valid()
    assert {"about", "kind"} <= {conflict.field for conflict in form.conflicts}
    assert fresh(partner).about == "Theirs."


@pytest.mark.parametrize("version", ["", "-1", "999", "abc", "9" * 5000])
def test_a_version_that_was_tampered_with_overwrites_nothing(partner, version):
    data = conflicting(partner)

    form = sent(partner, data | {"version": version})

    assert not form.is_valid()
    assert [conflict.field for conflict in form.conflicts] == ["kind", "about"]


@pytest.mark.parametrize("disputed", ["version", "seen,disputed", "no_such_field", ",,", "kind"])
def test_a_dispute_that_nobody_had_changes_nothing(partner, disputed):
    data = opened(partner) | {"name": "Union", "disputed": disputed, "keep-kind": "theirs"}

    partner = saved(partner, data)

    assert (partner.name, partner.kind, partner.about) == ("Union", "other", "Rent control.")


def test_a_nul_byte_is_an_error_at_its_field(partner):
    form = sent(partner, opened(partner) | {"name": "Ten\x00ants", "seen": "\x00"})

    assert not form.is_valid()
    assert "name" in form.errors


def test_a_form_with_a_prefix_weighs_its_own_fields(partner):
    data = opened(partner, prefix="p") | {"p-about": "Mine."}
    saved(partner, opened(partner) | {"about": "Theirs."})
    form = sent(partner, data, prefix="p")
    again = shown_again(form)

    partner = saved(partner, again | {"p-keep-about": "both"}, prefix="p")

    assert [conflict.key for conflict in form.conflicts] == ["p-keep-about"]
    assert partner.about == "Theirs.\n\nMine."


# --- by the width of a transaction ---------------------------------------------------------


def test_a_save_between_loading_and_saving_is_not_overwritten(partner):
    data = opened(partner) | {"about": "Mine."}
    form = sent(partner, data)
    assert form.is_valid()
    saved(partner, opened(partner) | {"about": "Theirs."})

    with pytest.raises(ChangedMeanwhile):
        form.save()
    again = form.again()

    assert fresh(partner).about == "Theirs."
    assert not again.is_valid()
    assert [(c.mine, c.theirs) for c in again.conflicts] == [("Mine.", "Theirs.")]


def test_a_lost_race_over_other_fields_saves_both_the_second_time(partner, lead):
    form = sent(partner, opened(partner) | {"about": "Mine.", "owners": [str(lead.pk)]})
    assert form.is_valid()
    saved(partner, opened(partner) | {"name": "Theirs"})

    with pytest.raises(ChangedMeanwhile):
        form.save()
    again = form.again()
    assert again.is_valid()
    again.save()

    partner = fresh(partner)
    assert (partner.name, partner.about, [*partner.owners.all()]) == ("Theirs", "Mine.", [lead])


def test_a_lost_race_writes_no_many_to_many_either(partner, lead, other_lead):
    form = sent(partner, opened(partner) | {"owners": [str(lead.pk)]})
    assert form.is_valid()
    saved(partner, opened(partner) | {"owners": [str(other_lead.pk)]})

    with pytest.raises(ChangedMeanwhile):
        form.save()

    assert [*partner.owners.all()] == [other_lead]


def test_again_keeps_what_the_form_was_made_with(lead):
    one_to_one = OneToOneFactory(created_by=lead)
    words, made_with = {"what_mattered": "Mine"}, {"user": lead, "now": NOON, "prefix": "p"}
    form = OneToOneForm(words, instance=one_to_one, **made_with)

    again = form.again()

    assert (again.user, again.now, again.prefix, again.data) == (lead, NOON, "p", words)
    assert again.instance == one_to_one
    assert again.instance is not one_to_one


def test_a_version_is_saved_over_once(partner):
    first, second = fresh(partner), fresh(partner)
    first.name, second.name = "First", "Second"
    save_version(record=first, fields=["name"])

    with pytest.raises(ChangedMeanwhile):
        save_version(record=second, fields=["name"])

    assert (fresh(partner).name, fresh(partner).version, first.version) == ("First", 2, 2)


def test_a_retired_choice_survives_an_edit(lead):
    """Readers, owners and partners who were put away since are kept, unless taken out."""
    gone = EquityLeadFactory(name="Gone", is_active=False)
    partner = PartnerFactory()
    partner.owners.set([lead, gone])

    saved(partner, opened(partner) | {"name": "Union"})

    assert {*partner.owners.all()} == {lead, gone}
