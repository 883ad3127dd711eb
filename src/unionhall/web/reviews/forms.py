"""The decision on a case: always the same form at the same place."""

from __future__ import annotations

from django import forms

from unionhall.reviews.actions import Opinion
from unionhall.reviews.choices import ReturnReason, Verdict

LONGEST_NOTE = 480
LONGEST_ID = 19


class PickedField(forms.Field):
    """The rows that were ticked, as numbers; what is no number is passed over."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: list[str] | None) -> list[int]:
        """Return the ids of the rows."""
        return [int(text) for text in value or [] if text.isdecimal() and len(text) < LONGEST_ID]


class DecisionForm(forms.Form):
    """A verdict on exactly what was shown, with the reason where something is given back."""

    verdict = forms.ChoiceField(choices=Verdict.choices)
    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label="退回原因", choices=[("", "请选择"), *ReturnReason.choices], required=False
    )
    note = forms.CharField(
        label="说明",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "写明哪里有误、如何更正，填报人会看到"}),
    )
    pick = PickedField(required=False)

    def clean_seen(self) -> bytes:
        """Return the digest of what was shown; anything else than a digest was never shown."""
        try:
            return bytes.fromhex(self.cleaned_data["seen"])
        except ValueError:
            return b""

    def opinion(self) -> Opinion:
        """Return the decision as the flow takes it."""
        data = self.cleaned_data
        return Opinion(
            verdict=Verdict(data["verdict"]), seen_hash=data["seen"], reason=data["reason"], note=data["note"]
        )
