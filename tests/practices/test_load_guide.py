from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from practices.models import (
    ActionStep,
    ActionStepRevision,
    Practice,
    PracticeGroup,
    PracticeRevision,
    Resource,
)
from practices.services import publish_revision, start_draft
from tests.factories import NOON, EditorFactory

pytestmark = pytest.mark.django_db

GROUP = "groups/strategic.md"
PRACTICE = "practices/build-partnerships.md"
STEP = "steps/build-partnerships/hold-one-to-ones.md"
RESOURCE = "resources/a-tip-sheet.md"
SLUG = "build-partnerships"
KINDS = "report, toolkit, guide, article, video, web page, case study, assessment"


def load(content, **options):
    out = StringIO()
    call_command("load_guide", folder=content.path, stdout=out, **options)
    return out.getvalue()


def summary(created=0, updated=0, kept=0, unchanged=0):
    return (
        f"The guide is loaded: {created} created, {updated} updated, "
        f"{kept} kept as an editor left it, {unchanged} unchanged.\n"
    )


def test_load_creates_what_is_missing(content):
    said = load(content)

    assert said == summary(created=4)
    group = PracticeGroup.objects.get()
    assert (group.slug, group.name, group.order, group.place) == (
        "strategic",
        "Strategic practices",
        1,
        "grows",
    )
    practice = Practice.objects.get()
    assert (practice.group, practice.order, practice.original) == (
        group,
        2,
        "https://guide.test/partnerships",
    )
    words = PracticeRevision.objects.readable().get()
    assert (words.practice, words.number, words.published_by) == (practice, 1, None)
    assert words.words == {
        "name": "Build Partnerships",
        "purpose": "Stand with others.",
        "what_it_is": "People who know each other.",
        "why_it_matters": "",
        "what_it_needs": "## What it needs\n\nTime.",
        "signs": "",
        "questions": "",
    }
    step = ActionStepRevision.objects.readable().get()
    assert step.words == {
        "title": "Hold one-to-ones",
        "short_title": "One-to-ones",
        "what_to_do": "Ask somebody for half an hour.",
        "why": "Trust begins with two people.",
        "begin_this_week": "Write to one person.",
        "what_it_takes": "Two hours.",
        "traps": "- Bringing a survey.",
    }
    resource = Resource.objects.published().get()
    assert (resource.title, resource.annotation, resource.year) == (
        "A tip sheet",
        "Short enough to read on the way.",
        2022,
    )
    assert list(resource.practices.all()) == [practice]
    assert list(resource.steps.all()) == [step.step]


def test_load_twice_changes_nothing(content):
    load(content)

    said = load(content)

    assert said == summary(unchanged=4)
    assert PracticeRevision.objects.count() == ActionStepRevision.objects.count() == 1


def test_load_names_what_it_did_when_asked(content):
    said = load(content, verbosity=2)

    assert said.splitlines()[:4] == [
        "created: group strategic",
        "created: practice build-partnerships",
        "created: step build-partnerships/hold-one-to-ones",
        "created: resource a-tip-sheet",
    ]


def test_load_says_nothing_when_asked_to_be_quiet(content):
    assert load(content, verbosity=0) == ""


def test_load_publishes_changed_words_as_a_new_version(content):
    load(content)
    content.replace(GROUP, "with others", "with its neighbors")
    content.replace(PRACTICE, "People who know", "Two people who know")
    content.replace(STEP, "half an hour", "an hour")
    content.replace(RESOURCE, "2022", "2023")

    said = load(content)

    assert said == summary(updated=4)
    assert PracticeGroup.objects.get().purpose == "What the department does with its neighbors."
    versions = PracticeRevision.objects.order_by("number").values_list("status", "what_it_is")
    assert list(versions) == [
        ("superseded", "People who know each other."),
        ("published", "Two people who know each other."),
    ]
    assert ActionStepRevision.objects.published().get().what_to_do.endswith("for an hour.")
    assert Resource.objects.get().year == 2023


def test_load_keeps_what_an_editor_published(content):
    load(content)
    editor = EditorFactory()
    draft = start_draft(revision=PracticeRevision.objects.get(), by=editor, at=NOON)
    PracticeRevision.objects.filter(pk=draft.pk).update(what_it_is="Our own words.")
    publish_revision(revision=draft, by=editor, at=NOON)
    Resource.objects.update(annotation="Our own note.")
    PracticeGroup.objects.update(name="Our own name")
    content.replace(PRACTICE, "People who know", "Two people who know")
    content.replace(RESOURCE, "2022", "2023")
    content.replace(GROUP, "with others", "with its neighbors")

    said = load(content)

    assert said == summary(kept=3, unchanged=1)
    assert PracticeRevision.objects.published().get().what_it_is == "Our own words."
    assert Resource.objects.values_list("annotation", "year").get() == ("Our own note.", 2022)
    assert PracticeGroup.objects.get().name == "Our own name"


def test_load_keeps_a_row_whose_draft_is_open(content):
    load(content)
    start_draft(revision=ActionStepRevision.objects.get(), by=EditorFactory(), at=NOON)
    content.replace(STEP, "half an hour", "an hour")

    assert load(content) == summary(kept=1, unchanged=3)


def test_load_keeps_what_was_retired(content):
    load(content)
    editor = EditorFactory()
    for model in (Practice, ActionStep, Resource):
        model.objects.update(archived_at=NOON, archived_by=editor)
    content.replace(PRACTICE, "People who know", "Two people who know")
    content.replace(STEP, "half an hour", "an hour")
    content.replace(RESOURCE, "2022", "2023")

    assert load(content) == summary(kept=3, unchanged=1)
    assert Practice.objects.current().exists() is False


def test_load_leaves_place_and_group_to_the_editors(content):
    load(content)
    other = PracticeGroup.objects.create(slug="ours", name="Ours")
    Practice.objects.update(group=other, order=7)
    content.replace(PRACTICE, "People who know", "Two people who know")

    assert load(content) == summary(updated=1, unchanged=3)
    assert Practice.objects.values_list("group", "order").get() == (other.pk, 7)


MALFORMED = {
    "a place that does not exist": (
        (GROUP, "place: grows", "place: sky"),
        [f"{GROUP}, line 5: place “sky” does not exist; it is one of: grows, ground"],
    ),
    "a key misspelled": (
        (GROUP, "name:", "nam:"),
        [
            f"{GROUP}, line 1: the key name is missing",
            f"{GROUP}, line 4: the key nam is not known",
        ],
    ),
    "a number in letters": (
        (GROUP, "order: 1", "order: one"),
        [f"{GROUP}, line 3: order must be a whole number from 0 to 32767"],
    ),
    "a slug that is not the file's": (
        (GROUP, "slug: strategic", "slug: tactical"),
        [f"{GROUP}, line 2: slug is tactical, but the file lies at strategic"],
    ),
    "a group that is not there": (
        (PRACTICE, "group: strategic", "group: other"),
        [f"{PRACTICE}, line 5: there is no group other"],
    ),
    "a heading that is not known": (
        (PRACTICE, "## What it needs", "## Whims"),
        [f"{PRACTICE}, line 13: the heading “Whims” is not known"],
    ),
    "a heading twice": (
        (PRACTICE, "## What it needs", "## What this is"),
        [f"{PRACTICE}, line 13: the heading “What this is” is there twice"],
    ),
    "an address that is none": (
        (PRACTICE, "https://guide.test", "guide"),
        [f"{PRACTICE}, line 7: original is not a web address: guide/partnerships"],
    ),
    "bad YAML": (
        (PRACTICE, "name: Build", "name: [Build"),
        [f"{PRACTICE}, line 4: bad YAML: expected ',' or ']', but got ':'"],
    ),
    "no front matter": (
        (PRACTICE, "---\nslug", "slug"),
        [
            f"{PRACTICE}, line 1: the file must begin with front matter between two lines of ---",
        ],
    ),
    "front matter without an end": (
        (PRACTICE, "partnerships\n---\n", "partnerships\n"),
        [f"{PRACTICE}, line 1: the front matter has no closing line of ---"],
    ),
    "a section that is missing": (
        (STEP, "## What it takes\n\nTwo hours.\n", ""),
        [f"{STEP}, line 1: the section “What it takes” is missing or empty"],
    ),
    "a title that is too long": (
        (STEP, "title: Hold", f"title: {'x' * 200}"),
        [f"{STEP}, line 4: title has 212 characters; 160 fit"],
    ),
    "text before the first heading": (
        (STEP, "\n## What to do", "\nStray.\n## What to do"),
        [f"{STEP}, line 8: there is text before the first heading"],
    ),
    "the name of another practice": (
        (STEP, "practice: build", "practice: rebuild"),
        [f"{STEP}, line 3: practice is rebuild-partnerships, but the file lies at {SLUG}"],
    ),
    "a kind that does not exist": (
        (RESOURCE, "kind: guide", "kind: poem"),
        [f"{RESOURCE}, line 6: kind “poem” does not exist; it is one of: {KINDS}"],
    ),
    "a published resource without a link": (
        (RESOURCE, "url: https://publisher.test/tip-sheet\n", ""),
        [f"{RESOURCE}, line 1: a published resource needs a url that was confirmed"],
    ),
    "a practice that is not there": (
        (RESOURCE, "[build-partnerships]", "[build-partnerships, nothing]"),
        [f"{RESOURCE}, line 9: there is no practice nothing"],
    ),
    "a step that is not there": (
        (RESOURCE, "hold-one-to-ones]", "nothing]"),
        [f"{RESOURCE}, line 10: there is no step nothing in the practices it names"],
    ),
    "a key twice": (
        (RESOURCE, "year: 2022", "year: 2022\nyear: 2023"),
        [f"{RESOURCE}, line 6: the key year is there twice"],
    ),
}


@pytest.mark.parametrize(("change", "said"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_file_is_named_and_nothing_is_loaded(content, change, said):
    content.replace(*change)

    with pytest.raises(CommandError) as refusal:
        load(content)

    assert str(refusal.value).splitlines() == ["Nothing was loaded.", *said]
    assert not PracticeGroup.objects.exists()


def test_a_file_that_is_not_utf_8_is_named_with_its_line(content):
    content.write(STEP, b"---\ntitle: caf\xe9\n---\n")

    with pytest.raises(CommandError) as refusal:
        load(content)

    assert str(refusal.value) == f"Nothing was loaded.\n{STEP}, line 2: this is not UTF-8"


def test_every_problem_is_named_at_once(content):
    content.replace(GROUP, "place: grows", "place: sky")
    content.replace(RESOURCE, "kind: guide", "kind: poem")

    with pytest.raises(CommandError) as refusal:
        load(content)

    assert [line.split(",")[0] for line in str(refusal.value).splitlines()[1:]] == [
        GROUP,
        RESOURCE,
    ]


def test_a_file_out_of_place_is_refused(content):
    content.write("stray.md", "---\nname: x\n---\n")

    with pytest.raises(CommandError, match=r"stray\.md, line 1: no kind of content lies here"):
        load(content)


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"There is no folder .*nowhere\."):
        call_command("load_guide", folder=tmp_path / "nowhere")


def test_the_same_words_by_an_editor_count_as_unchanged(content):
    load(content)
    editor = EditorFactory()
    draft = start_draft(revision=PracticeRevision.objects.get(), by=editor, at=NOON)
    publish_revision(revision=draft, by=editor, at=NOON)

    assert load(content) == summary(unchanged=4)
