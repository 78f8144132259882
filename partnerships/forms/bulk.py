"""Several follow-ups at once: which were ticked, and what is to become of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from partnerships.forms.follow_up_steps import HandOverForm, PutOffForm
from records.widgets import is_key

if TYPE_CHECKING:
    from django.http import QueryDict

MOST_AT_ONCE = 100


def ticked(data: QueryDict) -> list[int]:
    """The keys that were ticked; what is no key is left out."""
    keys = dict.fromkeys(int(key) for key in data.getlist("pick") if is_key(key))
    return list(keys)[:MOST_AT_ONCE]


class PutOffSeveralForm(PutOffForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.fields["until"].label = _("Which day?")


class HandOverSeveralForm(HandOverForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.fields["why"].help_text = _("They read this beside each of them.")
