"""Up to which day the settlement counts."""

from __future__ import annotations

from datetime import date

from django import forms

from unionhall.web.days import DayInput


class CutOffForm(forms.Form):
    until = forms.DateField(label="截止日期（含当日）", required=False, widget=DayInput)

    def day(self) -> date | None:
        """Return the last day that counts; no day, or none that can be read, counts all."""
        return self.cleaned_data["until"] if self.is_valid() else None
