"""What every template may say: dates, Markdown, marks, links to fields, where one is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import timezone, translation

from equity_portal.templatetags.portal import elided_pages, input_id, marked, spoken_date
from records.markdown import render

THURSDAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 12), "today"),
        (date(2026, 3, 13), "tomorrow"),
        (date(2026, 3, 11), "yesterday"),
        (date(2026, 3, 14), "Saturday"),
        (date(2026, 3, 18), "Wednesday"),
        (date(2026, 3, 10), "last Tuesday"),
        (date(2026, 3, 6), "last Friday"),
        (date(2026, 3, 19), "in a week"),
        (date(2026, 3, 22), "in a week"),
        (date(2026, 3, 23), "in 2 weeks"),
        (date(2026, 4, 2), "in 3 weeks"),
        (date(2026, 3, 5), "a week ago"),
        (date(2026, 2, 19), "3 weeks ago"),
        (date(2026, 4, 12), "in 4 weeks"),
        (date(2026, 4, 13), "April 13"),
        (date(2026, 1, 2), "January 2"),
        (date(2027, 3, 12), "March 12, 2027"),
        (None, ""),
    ],
)
def test_spoken_date(day, words):
    assert spoken_date(day, THURSDAY) == words


def test_spoken_date_of_a_moment_is_the_day_it_is_here():
    late_in_utc = datetime(2026, 3, 13, 3, 0, tzinfo=UTC)

    with timezone.override("America/Chicago"):
        assert spoken_date(late_in_utc, THURSDAY) == "today"
    with timezone.override("UTC"):
        assert spoken_date(late_in_utc, THURSDAY) == "tomorrow"


def test_a_day_in_a_sentence_has_the_exact_date_at_hand():
    html = Template(
        "{% load portal i18n %}{% day due today as when %}{% blocktranslate %}Due {{ when }}.{% endblocktranslate %}"
    ).render(Context({"due": date(2026, 3, 14), "today": THURSDAY}))

    assert html == 'Due <time datetime="2026-03-14" title="March 14, 2026">Saturday</time>.'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain *words*", "<p>Plain <em>words</em></p>\n"),
        ("# One\n\n## Two", "<h2>One</h2>\n<h3>Two</h3>\n"),
        ("## Begin here\n\n### Then", "<h2>Begin here</h2>\n<h3>Then</h3>\n"),
        ("# a\n\n###### f", "<h2>a</h2>\n<h6>f</h6>\n"),
        (
            "[us](https://example.org)",
            '<p><a href="https://example.org" rel="noopener">us</a></p>\n',
        ),
        (
            "See https://example.org/a",
            '<p>See <a href="https://example.org/a" rel="noopener">https://example.org/a</a></p>\n',
        ),
        (
            "|n|\n|-:|\n|1|",
            (
                '<table>\n<thead>\n<tr>\n<th class="num">n</th>\n</tr>\n</thead>\n'
                '<tbody>\n<tr>\n<td class="num">1</td>\n</tr>\n</tbody>\n</table>\n'
            ),
        ),
        ("~~gone~~", "<p><s>gone</s></p>\n"),
        ("nul\x00byte", "<p>nul byte</p>\n"),
        ("", ""),
    ],
)
def test_markdown(text, html):
    assert render(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](JaVaScRiPt&#58;alert(1))", "<p>[x](JaVaScRiPt:alert(1))</p>\n"),
        ("[x](data:text/html,<b>)", "<p>[x](data:text/html,&lt;b&gt;)</p>\n"),
        (
            '[x](https://a.test "t\\" onclick=\\"alert(1)")',
            '<p><a href="https://a.test" title="t&quot; onclick=&quot;alert(1)" rel="noopener">x</a></p>\n',
        ),
        (
            "![x](https://spy.test/pixel.gif)",
            '<p>!<a href="https://spy.test/pixel.gif" rel="noopener">x</a></p>\n',
        ),
        ("[x](ftp://a.test/)", '<p><a rel="noopener">x</a></p>\n'),
        ("```html\n<b onclick=x>\n```", "<pre><code>&lt;b onclick=x&gt;\n</code></pre>\n"),
    ],
)
def test_markdown_shows_hostile_words_and_does_nothing_with_them(text, html):
    assert render(text) == html


def test_markdown_headings_begin_where_the_page_says():
    html = Template("{% load portal %}{{ text|markdown:4 }}").render(Context({"text": "# One"}))

    assert html == "<h4>One</h4>\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("the \ue000stipend\ue001 is <b>", "the <mark>stipend</mark> is &lt;b&gt;"),
        ("\ue000<script>\ue001", "<mark>&lt;script&gt;</mark>"),
        ("\ue001 loose \ue000", " loose "),
        ("\ue000a\ue000b\ue001", "a<mark>b</mark>"),
        (None, ""),
    ],
)
def test_marked(text, html):
    assert marked(text) == html


class Form(forms.Form):
    name = forms.CharField()
    side = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    steps = forms.MultipleChoiceField(choices=[("1", "One")], widget=forms.CheckboxSelectMultiple)


def test_a_link_to_a_field_goes_to_its_first_choice_and_knows_the_prefix():
    form = Form(prefix="p")

    assert [input_id(field) for field in form] == ["id_p-name", "id_p-side_0", "id_p-steps_0"]


LIST_ITEM = re.compile(r"<li>.*?</li>").findall


def test_the_error_summary_lists_everything_once_with_links():
    form = Form({}, prefix="p")
    form.add_error(None, "Somebody was faster.")

    html = Template('{% include "components/error_summary.html" with form=form only %}').render(
        Context({"form": form})
    )

    html = " ".join(html.split())
    items = [item.replace("<li> ", "<li>").replace(" </li>", "</li>") for item in LIST_ITEM(html)]
    assert items == [
        "<li>Somebody was faster.</li>",
        '<li><a href="#id_p-name">Name</a> Fill this in.</li>',
        '<li><a href="#id_p-side_0">Side</a> Choose one.</li>',
        '<li><a href="#id_p-steps_0">Steps</a> Choose one at least.</li>',
    ]
    assert "> 4 things need you" in html


def test_pages_far_away_are_left_out():
    page = Paginator(range(90), 10).page(5)

    assert [str(number) for number in elided_pages(page)] == ["1", "…", "4", "5", "6", "…", "9"]


def at(view_name: str, namespace: str = "", **context: object) -> Context:
    match = SimpleNamespace(view_name=view_name, namespace=namespace)
    return Context({"request": SimpleNamespace(resolver_match=match), **context})


@pytest.mark.parametrize(
    ("context", "section"),
    [
        (at("home"), "today"),
        (at("practice-list"), "guide"),
        (at("practices:practice-detail", "practices"), "guide"),
        (at("partnerships:contact-list", "partnerships"), "partners"),
        (at("infrastructure:workgroup-list", "infrastructure"), "workgroups"),
        (at("accounts:person-edit", "accounts"), "people"),
        (at("accounts:profile", "accounts"), "account"),
        (at("help"), ""),
        (at("help", section="guide"), "guide"),
        (Context({}), ""),
    ],
)
def test_section_of_a_page(context, section):
    assert Template("{% load portal %}{% section %}").render(context) == section


def test_a_link_says_whether_it_is_here_or_only_around_here():
    template = Template(
        '{% load portal %}<a{% here "partnerships:contact-list" %}><a{% here "partnerships:partner-list" "partners" %}><a{% here "home" "today" %}>'
    )

    html = template.render(at("partnerships:contact-list", "partnerships"))

    assert html == '<a aria-current="page"><a aria-current="true"><a>'


def test_the_link_to_a_list_is_current_on_the_pages_of_its_rows():
    template = Template(
        '{% load portal %}<a{% here "partnerships:one-to-one-list" %}><a{% here "partnerships:contact-list" %}>'
    )

    html = template.render(at("partnerships:one-to-one-create", "partnerships"))

    assert html == '<a aria-current="true"><a>'


def test_dates_follow_the_language():
    with translation.override("es"):
        assert spoken_date(date(2026, 3, 14), THURSDAY) == "sábado"
