from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from equity_portal.views import about, guide, health, home, search

handler400 = "equity_portal.views.errors.bad_request"
handler403 = "equity_portal.views.errors.permission_denied"
handler404 = "equity_portal.views.errors.page_not_found"
handler500 = "equity_portal.views.errors.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("practices/", guide.practice_list, name="practice-list"),
    path("practices/<slug:slug>/taken-up/", guide.taken_up, name="taken-up"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.search_suggest, name="search-suggest"),
    path("help/", about.help_page, name="help"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("public-records/", about.public_records, name="public-records"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("practices.urls")),
    path("", include("partnerships.urls")),
    path("", include("infrastructure.urls")),
]

if settings.IS_TRYOUT:
    # Nobody's mail and no page of samples in production.
    from equity_portal.views import components, mailbox

    urlpatterns += [
        path("mailbox/", mailbox.mailbox, name="mailbox"),
        path("mailbox/send/", mailbox.send_now, name="mailbox-send"),
        path("mailbox/sending/<uuid:pk>/", mailbox.sending, name="mailbox-sending"),
        path("mailbox/<slug:name>/", mailbox.letter, name="mailbox-letter"),
        path("components/", components.components, name="components"),
    ]
