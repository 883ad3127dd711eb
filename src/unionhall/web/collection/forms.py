"""Forms of collection: sheets to hand in, one row to mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict

from unionhall.collection.grid import CellView, RowView
from unionhall.collection.sheets.columns import Column, Form, SheetKind, columns_of
from unionhall.collection.sheets.labels import labels_of

ACCEPTED = ".xlsx,.xls,.et,.ods,.csv"
LONGEST_TEXT = 500
KEYBOARDS = {Form.MOBILE: "tel", Form.PHONE: "tel", Form.COUNT: "numeric", Form.SERIAL: "numeric"}
MASK = "*"


class FilesInput(forms.ClearableFileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files as a list; how many and how large they may be, the action decides."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Return the files as sent, empty ones too, so that the action can say what is wrong with them."""
        return list(data or [])


class UploadForm(forms.Form):
    """Both sheets of one union at once (同步性)."""

    # A form's own `files` is set anew on every instance; a field of that name stands in `fields`.
    files = FilesField(  # type: ignore[assignment]
        label="采集表文件", required=False, widget=FilesInput(attrs={"accept": ACCEPTED})
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell as the form shows it: its control, what was found in it, and what stands there now."""

    cell: CellView
    bound: BoundField
    column: Column
    masked: str
    present: str
    is_first_fault: bool

    @property
    def control(self) -> str:
        """Return the control, tied to what was found in the cell for screen readers."""
        kind = "form-select" if labels_of(self.column) else "form-control"
        attributes: dict[str, str | bool] = {"class": kind}
        found = range(1, len(self.cell.findings) + 1)
        if found:
            attributes["aria-describedby"] = " ".join(f"{self.bound.auto_id}_found{it}" for it in found)
        if self.cell.severity == "error":
            attributes["aria-invalid"] = "true"
        if self.is_first_fault:
            attributes["autofocus"] = True
        return self.bound.as_widget(attrs=attributes)


class RowForm(forms.Form):
    """All cells of one row in the order of the sheet; any text is taken, the judge says what is wrong.

    A masked cell is typed anew or left empty, and empty keeps what is there.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, row: RowView, data: MultiValueDict[str, str] | None = None) -> None:
        super().__init__(data, auto_id=f"row-{row.id}-%s", initial=_initial(row))
        self.row = row
        self._columns = {column.key: column for column in columns_of(SheetKind(row.kind))}
        for cell in row.cells:
            self.fields[cell.key] = _field(self._columns[cell.key], cell)

    def changes(self) -> dict[str, str]:
        """Return the cells whose text differs from what stands there."""
        typed = ((cell, self.cleaned_data.get(cell.key, "")) for cell in self.row.cells)
        return {cell.key: text for cell, text in typed if _differs(cell, text)}

    def entries(self) -> Iterator[Entry]:
        """Yield what the page shows of each cell; the first faulty one gets the focus."""
        first = next((cell for cell in self.row.cells if cell.severity == "error"), None)
        for cell in self.row.cells:
            masked = cell.text if is_masked(cell) else ""
            typed = str(self[cell.key].value() or "")
            present = cell.text if self.is_bound and _differs(cell, typed) else ""
            yield Entry(cell, self[cell.key], self._columns[cell.key], masked, present, cell is first)


def is_masked(cell: CellView) -> bool:
    """Say whether a cell shows only part of a right number."""
    return cell.protected and MASK in cell.text


def _differs(cell: CellView, text: str) -> bool:
    return bool(text) if is_masked(cell) else text != cell.text


def _initial(row: RowView) -> dict[str, object]:
    texts = {cell.key: "" if is_masked(cell) else cell.text for cell in row.cells}
    return {"version": row.version, **texts}


def _field(column: Column, cell: CellView) -> forms.CharField:
    return forms.CharField(
        label=column.header, required=False, max_length=LONGEST_TEXT, widget=_widget(column, cell)
    )


def _widget(column: Column, cell: CellView) -> forms.Widget:
    labels = labels_of(column)
    if labels:
        typed = [(cell.text, f"{cell.text}（现填，不在选项中）")] if cell.text not in ("", *labels) else []
        return forms.Select(choices=[("", "（未填）"), *typed, *((label, label) for label in labels)])
    attributes = {"autocomplete": "off", "spellcheck": "false"}
    if column.form in KEYBOARDS:
        attributes["inputmode"] = KEYBOARDS[column.form]
    if is_masked(cell):
        attributes["placeholder"] = "重新填写（不改请留空）"
    return forms.TextInput(attrs=attributes)
