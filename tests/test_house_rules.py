"""Rules of the house that a machine can keep; docs/architecture.md says why."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import connection, models
from django.template.loader import get_template
from django.urls import get_resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGES = [
    "accounts",
    "equity_portal",
    "infrastructure",
    "partnerships",
    "practices",
    "records",
    "reminders",
]
LONGEST_FUNCTION = 40
LONGEST_VIEW = 20
LONGEST_FILE = 400

# What a service or a model must not know: a page, a message, the clock.
NOT_FOR_SERVICES = {
    "django.http",
    "django.shortcuts",
    "django.contrib.messages",
    "django.utils.timezone",
}


def modules() -> list[Path]:
    return sorted(
        path
        for package in PACKAGES
        for path in (CHECKOUT / package).rglob("*.py")
        if "migrations" not in path.parts
    )


def functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def length(node: ast.FunctionDef) -> int:
    """Lines of the body, without decorators, signature and docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def name(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def test_no_function_is_longer_than_a_page_of_thought():
    long = [
        f"{name(path)}:{node.name} {length(node)}"
        for path in modules()
        for node in functions(path)
        if length(node) > LONGEST_FUNCTION
    ]

    assert long == []


def test_views_parse_call_and_respond():
    views = [path for path in modules() if "views" in path.parts or path.stem == "views"]
    long = [
        f"{name(path)}:{node.name} {length(node)}"
        for path in views
        for node in functions(path)
        if length(node) > LONGEST_VIEW
    ]

    assert long == []


def test_no_file_is_too_long_to_hold_in_mind():
    texts = [*modules(), *CHECKOUT.glob("static/**/*.css"), *CHECKOUT.glob("static/**/*.js")]
    long = [
        f"{name(path)} {lines}"
        for path in texts
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    ]

    assert long == []


def test_services_know_no_page_and_no_clock():
    wrong = []
    for path in modules():
        if "services" not in path.parts and path.stem != "services":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                full = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
                if full & NOT_FOR_SERVICES:
                    wrong.append(f"{name(path)}: {node.module}")

    assert wrong == []


READS_THE_CLOCK = {"timezone.now()", "timezone.localdate()", "timezone.localtime()"}


def test_no_form_and_no_page_reads_the_clock():
    """The view tells them what time it is."""
    wrong = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        if {"forms", "pages", "models"} & {*path.parts, path.stem}
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node) in READS_THE_CLOCK
    ]

    assert wrong == []


def outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: everything but the bodies of its functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            for part in [*child.decorator_list, *child.args.defaults]:
                yield from ast.walk(part)
        elif not isinstance(child, ast.Lambda):
            yield child
            yield from outside_functions(child)


def test_no_test_reads_the_clock_before_it_runs():
    """The day may change between the import and the test, and no department's zone is active yet."""
    early = [
        f"{name(path)}:{node.lineno}"
        for path in sorted((CHECKOUT / "tests").rglob("*.py"))
        for node in outside_functions(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func)
        in {"timezone.now", "timezone.localdate", "timezone.localtime", "datetime.now"}
    ]

    assert early == []


def templates() -> list[str]:
    folder = CHECKOUT / "templates"
    files = [path for path in folder.rglob("*") if path.suffix in {".html", ".txt"}]
    return sorted(str(path.relative_to(folder)) for path in files)


@pytest.mark.parametrize("template", templates())
def test_every_template_compiles(template):
    assert get_template(template)


def pieces_of_text(source: str) -> list[str]:
    """What a template would show that never went through gettext."""
    for pattern in (
        r"{% comment.*?endcomment %}",
        r"{% blocktranslate.*?endblocktranslate %}",
        r"{% block (?:main|body)_class %}.*?{% endblock",
        r"<!doctype[^>]*>",
        r"{#.*?#}",
        r"{%.*?%}",
        r"{{.*?}}",
        r"<[^>]*>",
        r"&\w+;",
        r"\S+@\S+",
    ):
        source = re.sub(pattern, " ", source, flags=re.DOTALL | re.IGNORECASE)
    return re.findall(r"[A-Za-z]{2,}[^\n]*", source)


# Invented names and figures that only show what a component looks like.
SAMPLES = {"components_page.html"}


@pytest.mark.parametrize("template", [t for t in templates() if t not in SAMPLES])
def test_every_word_on_screen_goes_through_gettext(template):
    assert pieces_of_text((CHECKOUT / "templates" / template).read_text()) == []


def attribute_texts(source: str) -> list[str]:
    found = re.findall(
        r"""(?:aria-label|placeholder|title|alt)=["']([^"'{]*[A-Za-z]{2,}[^"'{]*)["']""", source
    )
    return [text for text in found if text.strip()]


@pytest.mark.parametrize("template", [t for t in templates() if t.endswith(".html")])
def test_every_word_in_an_attribute_goes_through_gettext(template):
    source = (CHECKOUT / "templates" / template).read_text()
    source = re.sub(r"{%.*?%}|{#.*?#}", "", source, flags=re.DOTALL)

    assert attribute_texts(source) == []


@pytest.mark.parametrize("template", [t for t in templates() if t.endswith(".html")])
def test_no_template_carries_inline_code_or_style(template):
    source = (CHECKOUT / "templates" / template).read_text()
    source = re.sub(r"{%.*?%}", "", source, flags=re.DOTALL)

    assert re.findall(r"\sstyle=|<style|\son\w+=|javascript:|nonce", source) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", source) == []


@pytest.mark.parametrize("template", [t for t in templates() if t.startswith("components/")])
def test_every_component_says_what_it_takes(template):
    first = (CHECKOUT / "templates" / template).read_text().splitlines()[0]

    assert first.startswith(("{# ", "{% comment %}")), first


def our_models() -> list[type[models.Model]]:
    return [
        model
        for package in PACKAGES
        if package != "equity_portal"
        for model in apps.get_app_config(package).get_models()
        if not model.__name__.endswith("Event")
    ]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_models_state_no_order_of_their_own(model):
    assert list(model._meta.ordering) == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_dates_moments_and_people_are_named_for_what_they_are(model):
    wrong = []
    for field in model._meta.concrete_fields:
        if type(field) is models.DateField and not field.name.endswith("_on"):
            wrong.append(field.name)
        if type(field) is models.DateTimeField and not field.name.endswith(("_at", "last_login")):
            wrong.append(field.name)

    assert wrong == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_every_foreign_key_has_a_full_index(model):
    """With only a partial one, deleting a parent row scans the whole table."""
    bare = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and not field.db_index
        and not any(index.fields[:1] == [field.name] for index in model._meta.indexes)
    ]

    assert bare == []


def test_addresses_are_named_noun_verb():
    names = [
        pattern.name
        for resolver in get_resolver().url_patterns
        for pattern in getattr(resolver, "url_patterns", [resolver])
        if getattr(resolver, "namespace", None)
        in {"accounts", "practices", "partnerships", "infrastructure"}
    ]

    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name or "")] == []


@pytest.mark.django_db
def test_every_foreign_key_in_the_database_has_a_full_index():
    """As the database's own catalogue says it, those of history and of packages included."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT con.conrelid::regclass::text, att.attname
            FROM pg_constraint con
            JOIN pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
            WHERE con.contype = 'f' AND NOT EXISTS (
                SELECT FROM pg_index ind
                WHERE ind.indrelid = con.conrelid AND ind.indkey[0] = con.conkey[1]
                    AND ind.indpred IS NULL AND ind.indisvalid
            )
            ORDER BY 1, 2
            """
        )
        assert cursor.fetchall() == []
