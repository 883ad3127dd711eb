"""Judge every cell for itself: is it filled, does it say what its column asks for, and what does it mean.

A column is judged at once by the vectorized check of `standards`; only the few cells that are refused are
parsed one by one, for their sentences. The same functions judge one row after a correction.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unionhall.collection.sheets.columns import Column, Form, columns_of
from unionhall.collection.sheets.judging.ledger import Ledger, places
from unionhall.collection.sheets.judging.readings import CREDIT_CODES, Reading, reading_of
from unionhall.collection.sheets.tidying import tidy
from unionhall.standards import codes
from unionhall.standards.refusal import Refused
from unionhall.standards.text import squeeze

LABELS = (Form.LABEL, Form.YES_NO)
WHOLE = re.compile(r"(\d{1,9})(?:\.0+)?")
EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
EXACT_DIGITS = 15
QUOTED = 20
CREDIT_CODE_DIGITS = 18
UNION_CODE = "union_credit_code"
NO_CODE_YET = {
    "无", "暂无", "没有", "未办理", "暂未办理", "尚未办理", "未登记", "办理中", "正在办理", "待办理",
    "申请中", "未申领",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A judged column: canonical `values`, which of them are `valid`, which cells are `blank`, and what else
    the check read from them (`extra`: birth dates, sexes)."""

    values: Sequence[Any] | NDArray[Any]
    valid: NDArray[np.bool_]
    blank: NDArray[np.bool_]
    extra: Mapping[str, NDArray[Any]] = field(default_factory=dict)

    def having(self, *values: str) -> NDArray[np.bool_]:
        """Return the rows with one of these codes."""
        return self.valid & np.isin(np.asarray(self.values), values)


def judge_cells(ledger: Ledger) -> dict[str, Cells]:
    """Judge every column of the form but the document numbers, which depend on their type."""
    judged: dict[str, Cells] = {}
    missing = set(ledger.table.missing)
    for column in columns_of(ledger.table.kind):
        if column.key in missing:
            judged[column.key] = _absent(ledger, column)
        elif column.form != Form.DOCUMENT_NUMBER:
            judged[column.key] = judge_column(ledger, column)
    for _, label in ledger.table.unknown:
        ledger.note_header("column_unknown", key="", header=label)
    return judged


def judge_column(ledger: Ledger, column: Column) -> Cells:
    """Judge one column and write down what is wrong with its cells."""
    texts = usable_texts(ledger, column)
    if column.form == Form.TEXT:
        cells = _free_text(texts)
    elif column.form == Form.COUNT:
        cells = _counts(ledger, column, texts)
    elif column.form == Form.SERIAL:
        return _serials(ledger, column, texts)
    elif column.form == Form.CREDIT_CODE:
        return _credit_codes(ledger, column, texts)
    else:
        cells = checked(ledger, column, texts, reading_of(column))
    if column.required:
        require(ledger, column, cells)
    return cells


def require(ledger: Ledger, column: Column, cells: Cells, *, what: str = "required") -> None:
    """Write down the blank cells of a column; what was too long to be read is no blank."""
    texts = ledger.table.texts(column.key)
    for index in places(cells.blank):
        if len(texts[index]) <= column.max_length:
            ledger.note(what, column.key, index)


def usable_texts(ledger: Ledger, column: Column) -> list[str]:
    """Return a column's texts with "" for what is far too long, which is written down."""
    texts = ledger.table.texts(column.key)
    if max(map(len, texts), default=0) <= column.max_length:
        return texts
    texts = list(texts)
    for index, text in enumerate(texts):
        if len(text) > column.max_length:
            ledger.note("too_long", column.key, index, length=len(text), limit=column.max_length)
            texts[index] = ""
    return texts


def checked(
    ledger: Ledger,
    column: Column,
    texts: Sequence[str],
    reading: Reading,
    *,
    apart: NDArray[np.bool_] | None = None,
) -> Cells:
    """Judge a column by the standards; cells of `apart` are known to be wrong already."""
    check = reading.check_column(texts)
    blank = np.asarray(check.values == "")
    valid = check.valid if apart is None else check.valid & ~apart
    wrong = ~check.valid & ~blank
    if apart is not None:
        wrong &= ~apart
        blank = blank & ~apart
    _explain(ledger, column, texts, wrong, reading.parse)
    values = np.where(valid, check.values, "").astype(f"U{reading.width}")
    return Cells(values, valid, blank, check.extra)


def _explain(
    ledger: Ledger,
    column: Column,
    texts: Sequence[str],
    wrong: NDArray[np.bool_],
    parse: Callable[[str], object],
) -> None:
    """Let the parser of single values say what is wrong, once for each distinct text."""
    said: dict[str, Refused] = {}
    for index in places(wrong):
        text = texts[index]
        if text not in said:
            try:
                parse(text)
            except Refused as refused:
                said[text] = refused
            else:
                raise AssertionError(f"{column.key}: column check and parser disagree")
        ledger.refuse(column.key, index, said[text].refusals)


def destroyed(ledger: Ledger, column: Column, texts: Sequence[str], *, digits: int) -> NDArray[np.bool_]:
    """Write down the numbers that Excel has destroyed: numeric cells beyond 15 digits, exponents as text."""
    numeric = ledger.table.numbers(column.key)
    long = np.fromiter((len(text) > EXACT_DIGITS for text in texts), dtype=np.bool_, count=len(texts))
    spoiled = numeric & long
    for index, text in enumerate(texts):
        if "+" in text and EXPONENT.fullmatch(squeeze(text)):
            spoiled[index] = True
    for index in places(spoiled):
        ledger.note("destroyed", column.key, index, digits=digits)
    return spoiled


def _absent(ledger: Ledger, column: Column) -> Cells:
    """Say once that the sheet lacks a column, instead of once in every row."""
    ledger.note_header(
        "column_missing" if column.required else "column_absent", key=column.key, header=column.header
    )
    count = len(ledger.table.rows)
    nothing = np.zeros(count, dtype=np.bool_)
    blank = np.full(count, not column.required)
    values: Sequence[Any] | NDArray[Any] = (
        [None] * count if column.form == Form.COUNT else np.full(count, "", dtype="U1")
    )
    return Cells(values, nothing, blank)


def _free_text(texts: Sequence[str]) -> Cells:
    known = {text: tidy(text) for text in set(texts)}
    tidied = [known[text] for text in texts]
    filled = np.fromiter(map(bool, tidied), dtype=np.bool_, count=len(tidied))
    return Cells(tidied, filled, ~filled)


def _counts(ledger: Ledger, column: Column, texts: Sequence[str]) -> Cells:
    values: list[int | None] = []
    blank = np.zeros(len(texts), dtype=np.bool_)
    for index, text in enumerate(texts):
        plain = squeeze(text).replace(",", "")
        whole = WHOLE.fullmatch(plain)
        values.append(int(whole[1]) if whole else None)
        if not plain:
            blank[index] = True
        elif whole is None:
            found = re.search(r"\d{1,9}", plain)
            hint = found[0] if found and "-" not in plain and "." not in plain else ""
            ledger.note("not_integer", column.key, index, value=text.strip()[:QUOTED], suggestion=hint)
    valid = np.fromiter((value is not None for value in values), dtype=np.bool_, count=len(values))
    return Cells(values, valid, blank)


def _serials(ledger: Ledger, column: Column, texts: Sequence[str]) -> Cells:
    """Serials only number the paper: what is odd about them is said, and no row is refused for it."""
    first: dict[str, int] = {}
    plain_ones = len(set(texts)) == len(texts) and all(text.isascii() and text.isdigit() for text in texts)
    for index, text in enumerate(() if plain_ones else texts):
        plain = squeeze(text)
        whole = WHOLE.fullmatch(plain)
        if not plain:
            ledger.note("serial_blank", column.key, index)
        elif whole is None:
            ledger.note("serial_not_integer", column.key, index, value=plain[:QUOTED])
        elif (other := first.setdefault(whole[1], index)) != index:
            ledger.note("serial_repeated", column.key, index, value=whole[1], other=ledger.excel_row(other))
    return _free_text(texts)


def _credit_codes(ledger: Ledger, column: Column, texts: Sequence[str]) -> Cells:
    """Judge credit codes; a union that has none yet may say so in a word, which counts as valid and empty."""
    pending = np.zeros(len(texts), dtype=np.bool_)
    if column.key == UNION_CODE:
        pending = np.fromiter((squeeze(text) in NO_CODE_YET for text in texts), np.bool_, count=len(texts))
        for index in places(pending):
            ledger.note("registration_due", column.key, index)
    spoiled = destroyed(ledger, column, texts, digits=CREDIT_CODE_DIGITS)
    cells = checked(ledger, column, texts, CREDIT_CODES, apart=spoiled | pending)
    require(ledger, column, cells, what="code_required" if column.key == UNION_CODE else "required")
    return Cells(cells.values, cells.valid | pending, cells.blank, cells.extra)


def label_of(table: str, code: str) -> str:
    """Return the label of a code of our own."""
    return codes.table(table).label(code)
