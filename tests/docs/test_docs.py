"""The documentation says what is there: links, paths, names, variables, decision records."""

from __future__ import annotations

import pkgutil
import re
import shlex
from pathlib import Path

import pytest

from equity_portal.environment import Misconfigured, read
from equity_portal.tryout.data_folder import DataFolder

CHECKOUT = Path(__file__).resolve().parents[2]
NOT_OURS = {"var", "build"}
HEADINGS = ["Context", "Decision", "Consequences", "Rejected"]
# What a path made at run time begins with.
MADE_LATER = ("var/", ".venv/")
FILE = re.compile(r"[\w.-]+(/[\w.*-]+)+\.(py|md|html|txt|toml|lock|css|js|conf|yml)")
PACKAGES = "accounts|equity_portal|infrastructure|partnerships|practices|records|reminders"
# Of use to a try-out alone; the README has them.
OF_THE_TRYOUT = {"HOST", "PORT", "DATA_DIR"}


def pages() -> list[Path]:
    found = (path.relative_to(CHECKOUT) for path in CHECKOUT.rglob("*.md"))
    return sorted(
        path
        for path in found
        if path.parts[0] not in NOT_OURS
        and not any(part[0] == "." for part in path.parts[:-1])
        # The guide itself is the loader's to check.
        and (path.parts[:2] != ("practices", "content") or path.name == "README.md")
    )


def decisions() -> list[Path]:
    return sorted((CHECKOUT / "docs" / "adr").glob("*.md"))


def without_code(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """As a forge makes them of headings."""
    headings = re.findall(r"^#+ +(.+)$", without_code(page.read_text()), re.MULTILINE)
    words = (re.sub(r"[^\w\- ]", "", heading).strip().lower() for heading in headings)
    return {word.replace(" ", "-") for word in words}


def is_path(text: str) -> bool:
    """Whether a piece of code in a text means a file or a folder of this checkout."""
    if text.startswith(("/", *MADE_LATER)) or re.search(r"[<>\s:…$=]", text) or "/" not in text:
        return False
    first = text.split("/", maxsplit=1)[0]
    return bool(FILE.fullmatch(text)) or (CHECKOUT / first).is_dir()


def exists(path: str) -> bool:
    return any(CHECKOUT.glob(path)) if "*" in path else (CHECKOUT / path).exists()


def code_in(page: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", without_code((CHECKOUT / page).read_text()))


@pytest.mark.parametrize("page", pages(), ids=str)
def test_every_link_leads_somewhere(page):
    wrong = []
    for link in re.findall(r"\]\(([^)\s]+)\)", without_code((CHECKOUT / page).read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (CHECKOUT / page).parent / path if path else CHECKOUT / page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            wrong.append(link)

    assert wrong == []


@pytest.mark.parametrize("page", pages(), ids=str)
def test_every_path_that_is_named_exists(page):
    assert [text for text in code_in(page) if is_path(text) and not exists(text)] == []


@pytest.mark.parametrize("page", pages(), ids=str)
def test_every_file_of_ours_that_a_command_uses_exists(page):
    blocks = re.findall(
        r"^ *```.*?^ *```", (CHECKOUT / page).read_text(), re.DOTALL | re.MULTILINE
    )
    used = re.findall(r"(?<![\w/])(?:deploy|requirements|scripts)/[\w.*-]+", "\n".join(blocks))

    assert [path for path in used if not exists(path)] == []


@pytest.mark.parametrize("page", pages(), ids=str)
def test_every_dotted_name_of_ours_can_be_found(page):
    wrong = []
    for text in code_in(page):
        if re.fullmatch(rf"({PACKAGES})(\.\w+)+", text) and not text.endswith(".py"):
            try:
                pkgutil.resolve_name(text)
            except (ImportError, AttributeError):
                wrong.append(text)

    assert wrong == []


def test_there_is_a_page_to_test():
    assert [str(page) for page in pages() if page.parent == Path("docs")] == [
        "docs/architecture.md",
        "docs/deploy.md",
        "docs/words.md",
    ]


# --- decision records -------------------------------------------------------------------------


def test_decisions_are_numbered_without_gaps():
    numbers = [int(page.name[:4]) for page in decisions()]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", decisions(), ids=lambda page: page.stem)
def test_a_decision_has_its_number_its_state_and_the_same_headings(page):
    text = without_code(page.read_text())
    title, _, state = text.splitlines()[:3]

    assert title.startswith(f"# {int(page.name[:4])}. ")
    assert re.match(r"(Accepted, \w+ \d{4}\.|Superseded by )", state)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS


# --- the sample files -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "limit"),
    [("nginx.conf", r"client_max_body_size (\d+)m;"), ("Caddyfile", r"max_size (\d+)MiB\n")],
)
def test_a_proxy_passes_on_as_much_as_the_portal_takes(settings, file, limit):
    (mebibytes,) = re.findall(limit, (CHECKOUT / "deploy" / file).read_text())

    assert int(mebibytes) * 1024 * 1024 == settings.DATA_UPLOAD_MAX_MEMORY_SIZE


# --- the environment --------------------------------------------------------------------------


def variables() -> set[str]:
    sources = ["environment.py", "settings.py", "tryout/data_folder.py"]
    text = "\n".join((CHECKOUT / "equity_portal" / name).read_text() for name in sources)
    asked = re.findall(r'(?:environ|variables|given)\.get\(\s*"([A-Z_]+)"', text)
    return {*asked, *re.findall(r'_(?:required|switch)\(given, "([A-Z_]+)"', text)}


def test_every_variable_that_is_read_is_described():
    deploy = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (CHECKOUT / "docs/deploy.md").read_text(), re.MULTILINE)
    )
    readme = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (CHECKOUT / "README.md").read_text(), re.MULTILINE)
    )

    assert deploy == variables() - OF_THE_TRYOUT
    assert variables() & OF_THE_TRYOUT <= readme


def sample() -> dict[str, str]:
    lines = (CHECKOUT / "deploy" / "environment").read_text().splitlines()
    words = [shlex.split(line) for line in lines if not line.startswith("#")]
    return dict(word.split("=", 1) for (word,) in words)


TO_FILL_IN = {
    "SECRET_KEY": "kZq9-vLm4TbX7wRn2PcYh8DsGj5FkA0uEoIiVtNxWzQyBdCeHfUg1r3S",
    "EMAIL_URL": "smtp+tls://portal:aB3x9z@smtp.internal:587",
    "FROM_EMAIL": "Equity Portal <equity-portal@riverbend.gov>",
    "ALLOWED_HOSTS": "equity.riverbend.gov",
    "BASE_URL": "https://equity.riverbend.gov",
}


@pytest.mark.parametrize("name", sorted(set(TO_FILL_IN) - {"FROM_EMAIL"}))
def test_the_sample_environment_starts_nothing_while_a_line_is_left_as_it_was(tmp_path, name):
    filled = sample() | TO_FILL_IN | {name: sample()[name]}

    with pytest.raises(Misconfigured, match=f"^{name} "):
        read(filled, tryout=DataFolder(tmp_path))


def test_the_sample_environment_is_good_once_it_is_filled_in(tmp_path):
    filled = sample() | TO_FILL_IN

    environment = read(filled, tryout=DataFolder(tmp_path))

    assert (environment.mode, environment.base_url) == (
        "production",
        "https://equity.riverbend.gov",
    )
    assert set(filled) <= variables()
