"""How wide words are before a browser has set them, in thousandths of the letter's size.

A page takes the faces of the device, so each table holds the widest of those that tokens.css may
come to: what fits these fits the others.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ -.,"
FIGURES_AND_MARKS = "0123456789:…’"
UNKNOWN = 700  # accents, other scripts: rather too wide than too narrow
SQUARE = 1000  # Chinese, Japanese, Korean, emoji


def _face(letters: str, thousandths: str) -> dict[str, int]:
    return dict(zip(letters, map(int, thousandths.split()), strict=True))


# Georgia's.
SERIF = _face(
    LETTERS,
    "504 560 454 575 484 325 510 582 293 291 535 287 880 591 539 571 560 410 432 346 576 497 738 "
    "503 493 443 670 654 642 750 653 600 725 815 390 518 695 602 927 767 744 610 744 702 561 618 "
    "757 666 977 710 616 602 241 374 270 270",
)
# DejaVu Sans's.
SANS = _face(
    LETTERS + FIGURES_AND_MARKS,
    "613 635 550 635 615 352 635 634 278 278 579 278 974 634 612 635 635 411 521 392 634 592 818 "
    "592 592 525 684 686 698 770 632 575 775 752 295 295 656 557 863 748 787 603 787 695 635 611 "
    "732 684 989 685 611 685 318 361 318 318 "
    "636 636 636 636 636 636 636 636 636 636 337 1000 318",
)


def text_width(text: str, *, size: float, face: dict[str, int] = SERIF) -> float:
    return sum(face.get(letter) or _unknown(letter) for letter in text) * size / 1000


def _unknown(letter: str) -> int:
    return SQUARE if unicodedata.east_asian_width(letter) in {"W", "F"} else UNKNOWN


def shortened(text: str, *, width: float, size: float, face: dict[str, int] = SERIF) -> str:
    """As many of the words as fit, with an ellipsis where some were left out."""
    if text_width(text, size=size, face=face) <= width:
        return text
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        short = f"{' '.join(words[:count])}…"
        if text_width(short, size=size, face=face) <= width:
            return short
    fits = (text_width(f"{text[:n]}…", size=size, face=face) <= width for n in range(len(text)))
    return f"{text[: max(1, sum(fits) - 1)]}…"


def wrap(text: str, *, width: float, size: float, face: dict[str, int] = SERIF) -> tuple[str, ...]:
    """The fewest lines that fit `width`, as even as they can be."""

    def wide(words: str) -> float:
        return text_width(words, size=size, face=face)

    pieces = [part for word in text.split() for part in _pieces(word, width, wide)]
    return _best(tuple(pieces), width, wide)


def _pieces(word: str, width: float, wide: Callable[[str], float]) -> list[str]:
    """A word that fits as it is; one that does not breaks at its hyphens, else where it must."""
    if wide(word) <= width:
        return [word]
    first, hyphen, rest = word.partition("-")
    if hyphen and rest and wide(first + hyphen) <= width:
        return [first + hyphen, *_pieces(rest, width, wide)]
    fits = (wide(word[:n] + "-") <= width for n in range(1, len(word)))
    fitting = max(1, sum(fits))
    return [f"{word[:fitting]}-", *_pieces(word[fitting:], width, wide)]


def _best(words: tuple[str, ...], width: float, wide: Callable[[str], float]) -> tuple[str, ...]:
    """For each beginning of the words, from the shortest, its best lines so far."""
    best: list[tuple[int, float, tuple[str, ...]]] = [(0, 0.0, ())]
    for end in range(1, len(words) + 1):
        candidates = []
        for start in range(end):
            line = " ".join(words[start:end])
            spare = width - wide(line)
            if spare >= 0 or start == end - 1:
                count, cost, lines = best[start]
                candidates.append((count + 1, cost + spare**2, (*lines, line)))
        best.append(min(candidates))
    return best[-1][2]
