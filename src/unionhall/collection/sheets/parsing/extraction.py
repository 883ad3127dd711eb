"""Take the rows of data out of a grid, as text under the keys of the form. Runs in the child process.

Blank rows, notes, totals, the sample row and repeated headers are nobody's data and are passed over.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from unionhall.collection.sheets.columns import SAMPLE_SERIAL
from unionhall.collection.sheets.parsing.grids import Cell, Grid, Row
from unionhall.collection.sheets.parsing.headers import Header, find_header, plain_label
from unionhall.collection.sheets.parsing.limits import Limits
from unionhall.collection.sheets.parsing.sentences import refused

SAMPLES = (SAMPLE_SERIAL, "样例", "例")
TOTALS = {"合计", "总计", "小计", "共计", "总数"}
REMARK = re.compile(
    r"^(注|备注|说明|填表说明|填报说明|填写说明|填表单位|单位负责人|信息采集人|填报日期|填表人|填报人|审核人|制表|联系人)"
    r"([:：（(【\]0-9一1]|$)"
)
LONG_REMARK = 30
FORMULA_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)
MIDNIGHT = datetime.time(0)
EXACT_BELOW = 10**15


@dataclass(slots=True)
class Extract:
    """A table as plain lists: `rows` are Excel's row numbers; `numeric` one byte per row, 1 for a number."""

    sheet: str
    header: Header
    rows: list[int] = field(default_factory=list)
    cells: dict[str, list[str]] = field(default_factory=dict)
    numeric: dict[str, bytearray] = field(default_factory=dict)


def text_of(value: Cell) -> str:
    """Return a cell's value as a person would type it; a day as 1990-01-01, a whole number without .0."""
    if isinstance(value, str):
        return _typed(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(sep=" ")
    return str(value)


def _number(value: float) -> str:
    """Return a number as people write it; beyond the 15 digits Excel keeps, as Excel shows it: 4.6E+17.

    So the text itself tells for ever that the number was destroyed, however exact it looks as a float.
    """
    if abs(value) >= EXACT_BELOW:
        return f"{value:.14E}"
    return str(int(value)) if value == int(value) else repr(value)


def _typed(text: str) -> str:
    """Drop what only told Excel that a text is a text: a leading apostrophe, or ="..."."""
    if text.startswith("'"):
        return text[1:]
    if text.startswith('="'):
        return FORMULA_TEXT.sub(r"\1", text)
    return text


def extract(grid: Grid, *, limits: Limits) -> Extract | None:
    """Return the table of a sheet, or None if the sheet holds no known form."""
    rows = iter(grid.rows)
    first = list(islice(rows, limits.header_rows + 1))
    header = find_header(
        [[text_of(cell) for cell in row] for row in first[: limits.header_rows]], sheet=grid.name
    )
    if header is None:
        return None
    start = header.row + 1
    table = Extract(grid.name, header)
    for key in header.positions:
        table.cells[key] = []
        table.numeric[key] = bytearray()
    _fill(table, chain(first[start:], rows), start + 1, limits)
    return table


def _fill(table: Extract, rows: Iterable[Row], first_number: int, limits: Limits) -> None:
    places = list(table.header.positions.items())
    columns = [(table.cells[key], table.numeric[key], column) for key, column in places]
    serial = next((index for index, (key, _) in enumerate(places) if key == "serial"), -1)
    labels = [plain_label(table.header.labels[key]) for key, _ in places]
    same: dict[str, str] = {}
    for number, row in enumerate(rows, start=first_number):
        values = [row[column] if column < len(row) else "" for _, _, column in columns]
        texts = [_typed(value) if value.__class__ is str else text_of(value) for value in values]
        if not _is_data(texts, row, serial, labels):
            continue
        if len(table.rows) >= limits.rows:
            raise refused("too_long", limit=limits.rows)
        table.rows.append(number)
        for (cells, numeric, _), text, value in zip(columns, texts, values, strict=True):
            cells.append(same.setdefault(text, text))
            numeric.append(value.__class__ is float or value.__class__ is int)


def _is_data(texts: Sequence[str], row: Row, serial: int, labels: Sequence[str]) -> bool:
    filled = sum(1 for index, text in enumerate(texts) if index != serial and text and not text.isspace())
    if filled == 0:
        return False
    if serial >= 0 and texts[serial].strip().startswith(SAMPLES):
        return False
    if filled > len(labels) // 2:
        return not _repeats_header(texts, labels)
    first = next(_words(row), "")
    if first in TOTALS or REMARK.match(first):
        return False
    return filled > 1 or len(first) <= LONG_REMARK


def _repeats_header(texts: Sequence[str], labels: Sequence[str]) -> bool:
    if texts[-1] and plain_label(texts[-1]) != labels[-1]:
        return False
    return (
        sum(plain_label(text) == label for text, label in zip(texts, labels, strict=True)) > len(labels) // 2
    )


def _words(row: Row) -> Iterator[str]:
    return (text for text in ("".join(text_of(cell).split()) for cell in row) if text)
