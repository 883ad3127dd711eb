"""What an auditor may look for."""

from __future__ import annotations

from typing import Any

from django import forms

from unionhall.audit.queries import TrailFilter
from unionhall.web.audit.words import KINDS
from unionhall.web.days import DayInput


class TrailForm(forms.Form):
    kind = forms.ChoiceField(
        label="事项",
        required=False,
        choices=[("", "全部"), *((kind, deed.label) for kind, deed in KINDS.items())],
    )
    person = forms.CharField(label="操作人", required=False, max_length=60)
    since = forms.DateField(label="起", required=False, widget=DayInput)
    until = forms.DateField(label="止", required=False, widget=DayInput)

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins."""
        cleaned = self.cleaned_data
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", "止日早于起日，请对调。")
        return cleaned

    def wanted(self) -> TrailFilter:
        """Return what is looked for; a form with faults looks for nothing in particular."""
        return TrailFilter(**self.cleaned_data) if self.is_valid() else TrailFilter()
