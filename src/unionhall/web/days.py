"""Days in forms: the browser's own calendar, ISO on the wire."""

from __future__ import annotations

from django import forms


class DayInput(forms.DateInput):
    """A date input whose value is written as browsers want it, whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
