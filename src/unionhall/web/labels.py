"""Codes of the records in words."""

from __future__ import annotations

from unionhall.standards import codes


def label_of(table: str, code: str, blank: str = "—") -> str:
    """Return the label of a code; a code that the table does not hold stands for itself."""
    return codes.table(table).by_code.get(code, code) if code else blank
