"""What a note about people should not hold, as far as its letters tell.

A hint beside the field and never a lock: whoever writes knows better. The patterns mean the same
in Python and in JavaScript (`static/js/sensitive.js` is handed them by the page), so they use what
both have: ASCII word borders, and lookarounds of one fixed length.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# What one has by name when it is said of one person: "has cancer", "her depression".
ILLNESSES = (
    "cancer|diabetes|hiv|aids|hepatitis|tuberculosis|lupus|epilepsy|dementia|asthma|depression|"
    "anxiety|ptsd|bipolar disorder|schizophrenia|an addiction|addiction"
)


@dataclass(frozen=True)
class Rule:
    """One thing to leave out: how it looks, and what is said where it is typed."""

    key: str
    pattern: str
    says: _StrPromise
    is_card: bool = False  # whether its digits must also add up as those of a card do

    def finds(self, text: str) -> bool:
        found = re.finditer(self.pattern, text, re.IGNORECASE | re.ASCII)
        return any(not self.is_card or adds_up(match[0]) for match in found)


RULES = (
    Rule(
        "tax-number",
        r"\b(?!000|666|9\d\d)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}\b|\bSSN\b|\bITIN\b"
        r"|\bsocial[- ]security (?:number|no\b|#)",
        _("This looks like a social-security or tax number. The portal keeps none: take it out."),
    ),
    Rule(
        "card",
        r"(?<![\d+-])\d(?:[ -]?\d){12,18}(?![\d-])",
        _("This looks like the number of a card. The portal keeps none: take it out."),
        is_card=True,
    ),
    Rule(
        "account",
        r"\b(?:account|routing|acct)\.?(?: (?:number|no\.?|#))?[ :#]{1,3}\d[\d -]{5,}\d\b"
        r"|\bIBAN\b",
        _("This looks like the number of an account. The portal keeps none: take it out."),
    ),
    Rule(
        "immigration",
        r"\b(?:undocumented|indocumentad[oa]s?|sin papeles|green card|DACA|immigration status"
        r"|legal status|overstayed|asylum (?:case|claim|seeker|application)"
        r"|(?:work|student|tourist|expired) visa|visa (?:expired|status|ran out)"
        r"|(?:removal|deportation) (?:proceedings|order)|was deported|been deported"
        r"|(?:has|have|had|without|no) (?:legal )?papers)\b",
        _(
            "This may tell somebody’s immigration status, and a note can be asked for as a public "
            "record. If it does, leave it out."
        ),
    ),
    Rule(
        "health",
        r"\b(?:diagnos(?:ed|is)|HIV[- ]positive|pregnant|miscarriage|chemo(?:therapy)?|suicidal"
        r"|on medication|in rehab|in recovery from|disability benefits"
        rf"|(?:has|have|had|her|his|their|my) (?:{ILLNESSES}))\b",
        _(
            "This may tell somebody’s health. Write what they asked for, such as a room without "
            "steps, rather than why."
        ),
    ),
    Rule(
        "confidence",
        r"\b(?:off the record|not for the record|confidentially|between (?:you and me|us two)"
        r"|(?:don['’]t|do not|not to) tell anybody|(?:don['’]t|do not|not to) tell anyone)\b"
        r"|(?<!growth )(?<!grown )(?<!gains )(?<!rise )(?<!grow )(?<!gain )"
        r"\bin (?:strict )?confidence\b(?!['’])",
        _("What was said in confidence stays out of the portal: others may read this."),
    ),
    Rule(
        "politics",
        r"\b(?:registered (?:Republican|Democrat)|(?:votes?|voted) (?:Republican|Democrat(?:ic)?)"
        r"|party member)\b",
        _("This may tell somebody’s politics. Leave it out, unless they hold that office."),
    ),
)


def adds_up(text: str) -> bool:
    """Whether the digits pass the check that every card number does (Luhn)."""
    digits = [int(letter) for letter in reversed(text) if letter in "0123456789"]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return bool(any(digits)) and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def found_in(text: str) -> list[Rule]:
    return [rule for rule in RULES if rule.finds(text)]


def _as_json() -> str:
    rules: list[dict[str, Any]] = [
        {
            "key": rule.key,
            "pattern": rule.pattern,
            "says": str(rule.says),
            "isCard": rule.is_card,
        }
        for rule in RULES
    ]
    return json.dumps(rules)


# Read when a page is made, in the language of the page.
RULES_AS_JSON = lazy(_as_json, str)()
