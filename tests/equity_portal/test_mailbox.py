from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import reverse
from django.utils import timezone

from equity_portal.tryout.data_folder import DataFolder
from equity_portal.tryout.mailbox import letters
from reminders.models import Dispatch
from tests.factories import AdministratorFactory, ReminderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def post_office(settings, tmp_path):
    settings.TRYOUT_DATA = DataFolder.from_environment({"DATA_DIR": str(tmp_path / "data")})


def post(subject="Follow-up: Call Rosa", to="ana@county.test", html="<p>Call <b>Rosa</b></p>"):
    message = EmailMultiAlternatives(subject, "Call Rosa", to=[to])
    message.attach_alternative(html, "text/html")
    get_connection("equity_portal.tryout.mailbox.MailboxBackend").send_messages([message])


def test_a_mail_is_kept_whole_and_the_newest_stands_first():
    post("First")
    post("Second", "joy@county.test")

    kept = [(letter.subject, letter.to, letter.text.strip()) for letter in letters()]
    assert kept == [
        ("Second", "joy@county.test", "Call Rosa"),
        ("First", "ana@county.test", "Call Rosa"),
    ]


def test_a_mail_is_read_in_both_its_forms(client):
    post(html="<h1>Call Rosa</h1><script>alert(1)</script><p style='x'>Today.</p>")

    page = client.get(reverse("mailbox-letter", args=[letters()[0].name])).content.decode()

    assert "<h3>Call Rosa</h3><p>Today.</p>" in page
    assert "alert(1)" not in page


@pytest.mark.parametrize("name", ["1-a", "..", "secret-key", "-"])
def test_no_other_file_can_be_read_as_a_mail(client, name):
    assert client.get(f"/mailbox/{name}/").status_code == 404


def test_where_other_machines_reach_the_tryout_each_reads_their_own(client, lead, settings):
    settings.TRYOUT_PASSWORD = ""
    post("For Ana", lead.email)
    post("For Joy", "joy@county.test")

    assert client.get(reverse("mailbox")).headers["Location"].startswith("/accounts/login/")
    client.force_login(lead)
    page = client.get(reverse("mailbox"))
    assert [letter.subject for letter in page.context["page_obj"]] == ["For Ana"]
    theirs = letters()[0].name
    assert client.get(reverse("mailbox-letter", args=[theirs])).status_code == 404


def test_where_other_machines_reach_the_tryout_an_invitation_is_handed_on_by_who_sent_it(
    client, administrator, settings
):
    settings.TRYOUT_PASSWORD = ""
    settings.EMAIL_BACKEND = "equity_portal.tryout.mailbox.MailboxBackend"
    other = AdministratorFactory(email="max@county.test")
    client.force_login(administrator)
    form = {"email": "rosa@county.test", "name": "Rosa Diaz", "roles": ["staff"]}

    client.post(reverse("accounts:person-invite"), form)
    client.post(reverse("account_reset_password"), {"email": other.email})

    page = client.get(reverse("mailbox"))
    (shown,) = page.context["page_obj"]
    assert (shown.to, shown.reply_to) == ("rosa@county.test", administrator.email)
    letter = client.get(reverse("mailbox-letter", args=[shown.name])).content.decode()
    assert "/accounts/password/reset/key/" in letter
    client.force_login(other)
    page = client.get(reverse("mailbox"))
    assert [letter.to for letter in page.context["page_obj"]] == [other.email]
    assert client.get(reverse("mailbox-letter", args=[shown.name])).status_code == 404


def test_sending_writes_down_who_asked_and_until_when(
    client, lead, django_capture_on_commit_callbacks
):
    client.force_login(lead)
    with timezone.override("America/Chicago"):
        day = timezone.localdate() + timedelta(days=3)

    response = client.post(reverse("mailbox-send"), {"day": day.isoformat()})

    dispatch = Dispatch.objects.get()
    assert response.headers["Location"] == reverse("mailbox-sending", args=[dispatch.pk])
    with timezone.override("America/Chicago"):
        assert (dispatch.asked_by, timezone.localdate(dispatch.due_at)) == (lead, day)


@pytest.mark.parametrize("day", ["2020-01-01", "soon"])
def test_no_real_day_sends_nothing(client, day):
    response = client.post(reverse("mailbox-send"), {"day": day})

    assert (response.status_code, set(response.context["form"].errors)) == (200, {"day"})
    assert not Dispatch.objects.exists()


def test_the_page_asks_again_until_a_worker_is_done(client):
    now = timezone.now()
    dispatch = Dispatch.objects.create(asked_at=now, due_at=now)
    url = reverse("mailbox-sending", args=[dispatch.pk])

    working = client.get(url).content.decode()
    Dispatch.objects.update(finished_at=now, sent=2)
    done = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 1s"' in working
    assert "A worker sent 2 mails." in done
    assert "hx-trigger" not in done


def test_the_button_stands_before_the_mails(client):
    post("Hello")

    page = client.get(reverse("mailbox")).content.decode()

    assert page.index("Send what is due now") < page.index("Hello")


def test_a_day_that_is_refused_leaves_what_is_waiting_on_the_page(client, lead):
    ReminderFactory(recipient=lead, due_at=timezone.now(), try_at=timezone.now())

    page = client.post(reverse("mailbox-send"), {"day": "2020-01-01"}).content.decode()

    assert "Choose today or a later day." in page
    assert lead.email in page
