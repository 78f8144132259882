from __future__ import annotations

from django.urls import path

from partnerships.views import (
    calendar,
    contact,
    draft,
    export,
    follow_up,
    follow_up_bulk,
    follow_up_steps,
    going_cold,
    history,
    introduction,
    one_to_one,
    partner,
    prepare,
    promise,
    suggest,
)

app_name = "partnerships"
urlpatterns = [
    path("partners/", partner.partner_list, name="partner-list"),
    path("partners/export/", export.partner_export, name="partner-export"),
    path("partners/new/", partner.partner_create, name="partner-create"),
    path("partners/alike/", suggest.partner_alike, name="partner-alike"),
    path("partners/terms/", suggest.term_suggest, name="term-suggest"),
    path("partners/suggest/", suggest.partner_suggest, name="partner-suggest"),
    path("partners/<int:pk>/", partner.partner_detail, name="partner-detail"),
    path("partners/<int:pk>/edit/", partner.partner_edit, name="partner-edit"),
    path("partners/<int:pk>/archive/", partner.partner_archive, name="partner-archive"),
    path("partners/<int:pk>/restore/", partner.partner_restore, name="partner-restore"),
    path("partners/<int:pk>/history/", history.partner_history, name="partner-history"),
    path("partners/<int:pk>/prepare/", prepare.partner_prepare, name="partner-prepare"),
    path("contacts/", contact.contact_list, name="contact-list"),
    path("contacts/export/", export.contact_export, name="contact-export"),
    path("contacts/new/", contact.contact_create, name="contact-create"),
    path("contacts/alike/", suggest.contact_alike, name="contact-alike"),
    path("contacts/suggest/", suggest.contact_suggest, name="contact-suggest"),
    path("contacts/<int:pk>/", contact.contact_detail, name="contact-detail"),
    path("contacts/<int:pk>/edit/", contact.contact_edit, name="contact-edit"),
    path("contacts/<int:pk>/archive/", contact.contact_archive, name="contact-archive"),
    path("contacts/<int:pk>/restore/", contact.contact_restore, name="contact-restore"),
    path("contacts/<int:pk>/history/", history.contact_history, name="contact-history"),
    path("contacts/<int:pk>/prepare/", prepare.contact_prepare, name="contact-prepare"),
    path(
        "contacts/<int:pk>/organizations/", contact.affiliation_create, name="affiliation-create"
    ),
    path(
        "contacts/<int:pk>/organizations/<int:affiliation_pk>/end/",
        contact.affiliation_end,
        name="affiliation-end",
    ),
    path(
        "contacts/<int:pk>/organizations/<int:affiliation_pk>/resume/",
        contact.affiliation_resume,
        name="affiliation-resume",
    ),
    path("one-to-ones/", one_to_one.one_to_one_list, name="one-to-one-list"),
    path("one-to-ones/export/", export.one_to_one_export, name="one-to-one-export"),
    path("one-to-ones/new/", one_to_one.one_to_one_create, name="one-to-one-create"),
    path("one-to-ones/guide/", one_to_one.conversation_guide, name="conversation-guide"),
    path("one-to-ones/drafts/", draft.draft_save, name="draft-save"),
    path("one-to-ones/drafts/<uuid:key>/delete/", draft.draft_delete, name="draft-delete"),
    path("one-to-ones/drafts/<uuid:key>/restore/", draft.draft_restore, name="draft-restore"),
    path("one-to-ones/<int:pk>/", one_to_one.one_to_one_detail, name="one-to-one-detail"),
    path("one-to-ones/<int:pk>/edit/", one_to_one.one_to_one_edit, name="one-to-one-edit"),
    path(
        "one-to-ones/<int:pk>/archive/", one_to_one.one_to_one_archive, name="one-to-one-archive"
    ),
    path(
        "one-to-ones/<int:pk>/restore/", one_to_one.one_to_one_restore, name="one-to-one-restore"
    ),
    path("one-to-ones/<int:pk>/history/", history.one_to_one_history, name="one-to-one-history"),
    path(
        "partners/<int:pk>/introduce/",
        introduction.introduction_create,
        name="introduction-create",
    ),
    path("introductions/<int:pk>/drop/", introduction.introduction_drop, name="introduction-drop"),
    path(
        "introductions/<int:pk>/reopen/",
        introduction.introduction_reopen,
        name="introduction-reopen",
    ),
    path("follow-ups/", follow_up.follow_up_list, name="follow-up-list"),
    path("follow-ups/export/", export.follow_up_export, name="follow-up-export"),
    path("follow-ups/new/", follow_up.follow_up_create, name="follow-up-create"),
    path("follow-ups/<int:pk>/", follow_up.follow_up_detail, name="follow-up-detail"),
    path("follow-ups/<int:pk>/edit/", follow_up.follow_up_edit, name="follow-up-edit"),
    path(
        "follow-ups/<int:pk>/done/", follow_up_steps.follow_up_complete, name="follow-up-complete"
    ),
    path("follow-ups/<int:pk>/reopen/", follow_up_steps.follow_up_reopen, name="follow-up-reopen"),
    path(
        "follow-ups/<int:pk>/put-off/", follow_up_steps.follow_up_put_off, name="follow-up-put-off"
    ),
    path(
        "follow-ups/<int:pk>/hand-over/",
        follow_up_steps.follow_up_hand_over,
        name="follow-up-hand-over",
    ),
    path("follow-ups/<int:pk>/next/", follow_up_steps.follow_up_next, name="follow-up-next"),
    path("follow-ups/<int:pk>/cancel/", follow_up_steps.follow_up_cancel, name="follow-up-cancel"),
    path("follow-ups/undo/<str:token>/", follow_up_steps.follow_up_undo, name="follow-up-undo"),
    path("follow-ups/<int:pk>.ics", calendar.follow_up_ics, name="follow-up-ics"),
    path("follow-ups/calendar/", calendar.calendar_address, name="calendar-address"),
    path(
        "follow-ups/calendar/make/", calendar.calendar_address_make, name="calendar-address-make"
    ),
    path(
        "follow-ups/calendar/revoke/",
        calendar.calendar_address_revoke,
        name="calendar-address-revoke",
    ),
    path("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar-feed"),
    path("follow-ups/going-cold/", going_cold.going_cold_list, name="going-cold-list"),
    path("follow-ups/bulk/", follow_up_bulk.follow_up_bulk, name="follow-up-bulk"),
    path("follow-ups/<int:pk>/archive/", follow_up.follow_up_archive, name="follow-up-archive"),
    path("follow-ups/<int:pk>/restore/", follow_up.follow_up_restore, name="follow-up-restore"),
    path("follow-ups/<int:pk>/history/", history.follow_up_history, name="follow-up-history"),
    path("promises/", promise.promise_list, name="promise-list"),
    path("promises/export/", export.promise_export, name="promise-export"),
    path("promises/new/", promise.promise_create, name="promise-create"),
    path("promises/kept/", promise.promise_kept_rate, name="promise-kept-rate"),
    path("promises/<int:pk>/", promise.promise_detail, name="promise-detail"),
    path("promises/<int:pk>/edit/", promise.promise_edit, name="promise-edit"),
    path("promises/<int:pk>/keep/", promise.promise_keep, name="promise-keep"),
    path("promises/<int:pk>/break/", promise.promise_break, name="promise-break"),
    path("promises/<int:pk>/change/", promise.promise_change, name="promise-change"),
    path("promises/<int:pk>/reopen/", promise.promise_reopen, name="promise-reopen"),
    path("promises/<int:pk>/history/", history.promise_history, name="promise-history"),
]
