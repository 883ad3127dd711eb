"""Form fields that read text with the parsers of `standards`, and refusals shown at their field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from unionhall.standards.refusal import Refusal, Refused


def explain(refusal: Refusal) -> str:
    """Return the sentence of a refusal, with the suggestion where there is one."""
    return f"{refusal.message}建议：{refusal.suggestion}" if refusal.suggestion else refusal.message


class ParsedField(forms.CharField):
    """Text that becomes a value object by a parser raising `Refused`; empty and optional becomes None."""

    def __init__(self, label: str, parse: Callable[[str], Any], **options: Any) -> None:
        super().__init__(label=label, **options)
        self._parse = parse

    def clean(self, value: Any) -> Any:
        """Read the text, or explain every reason why it cannot be read."""
        text = super().clean(value)
        if text in self.empty_values:
            return None
        try:
            return self._parse(text)
        except Refused as refused:
            raise ValidationError(
                [ValidationError(explain(refusal), code=refusal.code) for refusal in refused.refusals]
            ) from None


def add_refusals(form: forms.BaseForm, refused: Refused) -> None:
    """Show every refusal at its field; one that belongs to no field of the form stands above the form."""
    for refusal in refused.refusals:
        place = refusal.field if refusal.field in form.fields else None
        form.add_error(place, ValidationError(explain(refusal), code=refusal.code))
