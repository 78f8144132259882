"""What went wrong is said in the portal's own look, with a way out."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from equity_portal.views import errors
from partnerships.models import PartnerOrganization

pytestmark = pytest.mark.django_db


def test_an_unknown_page_offers_search(client, lead):
    client.force_login(lead)

    response = client.get("/no-such-page/")

    page = response.content.decode()
    assert response.status_code == 404
    assert reverse("search") in page
    assert 'class="masthead"' in page


def test_an_unknown_page_does_not_ask_a_visitor_to_sign_in(client):
    assert client.get("/no-such-page/").status_code == 404


def test_what_a_role_may_not_do_says_whom_to_ask(as_staff):
    response = as_staff.get(reverse("partnerships:partner-create"))

    assert response.status_code == 403
    assert 'class="masthead"' in response.content.decode()


def test_a_wrong_csrf_token_gets_our_page_and_changes_nothing(lead):
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead)

    response = client.post(
        reverse("partnerships:partner-create"),
        {"name": "Eastbank", "kind": "faith", "csrfmiddlewaretoken": "x" * 64},
    )

    assert response.status_code == 403
    assert 'class="masthead"' in response.content.decode()
    assert not PartnerOrganization.objects.exists()


def test_more_than_a_form_may_carry_gets_our_page(as_lead):
    data = {"name": "Eastbank", "kind": "faith", "about": "x" * (6 * 1024 * 1024)}

    response = as_lead.post(reverse("partnerships:partner-create"), data)

    assert response.status_code == 400
    assert "Equity Portal" in response.content.decode()


@pytest.mark.parametrize("path", ["/partners/\x00/", "/practices/%00/", "/search/?q=%00&page=%00"])
def test_a_nul_byte_in_an_address_breaks_nothing(as_lead, path):
    assert as_lead.get(path).status_code in {200, 404}


def test_a_host_we_do_not_serve_gets_our_page(client):
    response = client.get("/help/", headers={"host": "elsewhere.test"})

    assert response.status_code == 400


def test_the_page_for_our_own_mistakes_needs_neither_request_nor_database(
    rf, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = errors.server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Equity Portal" in response.content.decode()


def test_every_answer_carries_the_policy_and_no_nonce(client):
    for path in ("/help/", "/no-such-page/", "/accounts/login/", "/health/live"):
        policy = client.get(path).headers["Content-Security-Policy"]
        directives = {part.strip() for part in policy.split(";")}
        assert {"script-src 'self'", "style-src 'self'", "default-src 'none'"} <= directives
        assert "nonce" not in policy
        assert "unsafe" not in policy


def test_guide_pages_carry_no_csrf_field(client):
    for path in ("/practices/", "/resources/", "/search/?q=a", "/help/"):
        assert "csrfmiddlewaretoken" not in client.get(path).content.decode()
