"""Take the rows of data out of a grid, as text under the keys of the form. Runs in the child process.

Blank rows, notes, totals, the sample row and repeated headers are nobody's data and are passed over.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import eq, itemgetter

from unionhall.collection.sheets.columns import SAMPLE_SERIAL
from unionhall.collection.sheets.parsing.grids import Cell, Grid, Row
from unionhall.collection.sheets.parsing.headers import Header, find_header
from unionhall.collection.sheets.parsing.limits import Limits
from unionhall.collection.sheets.parsing.sentences import refused

SAMPLES = (SAMPLE_SERIAL, "样例", "例")
TOTALS = {"合计", "总计", "小计", "共计", "总数"}
REMARK = re.compile(
    r"^(注|备注|说明|填表说明|填报说明|填写说明|填表单位|单位负责人|信息采集人|填报日期|填表人|填报人|审核人|制表|联系人)"
    r"([:：（(【\]0-9一1]|$)"
)
LONG_REMARK = 30
BLOCK = 8192
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
    """Sort out the rows in blocks and turn each block into columns: what is done per cell is done per column."""
    sorting = _Sorting(table.header)
    columns = list(table.cells)
    same: list[dict[str, str]] = [{} for _ in columns]
    numbered = enumerate(rows, start=first_number)
    while block := list(islice(numbered, BLOCK)):
        kept = [(number, values) for number, row in block if (values := sorting.data_of(row))]
        table.rows.extend(number for number, _ in kept)
        if len(table.rows) > limits.rows:
            raise refused("too_long", limit=limits.rows)
        for key, values, known in zip(
            columns, zip(*(values for _, values in kept), strict=True), same, strict=False
        ):
            _append(table.cells[key], table.numeric[key], values, known)


def _append(cells: list[str], numeric: bytearray, values: Sequence[Cell], known: dict[str, str]) -> None:
    """Add a block of a column; equal texts are kept once, as most columns have few."""
    types = set(map(type, values))
    if types == {str}:
        for text in set(values) - known.keys():
            known[text] = _typed(text)  # type: ignore[index, arg-type]
        cells.extend(map(known.__getitem__, values))  # type: ignore[arg-type]
        numeric.extend(bytes(len(values)))
    else:
        cells.extend(map(text_of, values))
        numeric.extend(type(value) in (float, int) for value in values)


class _Sorting:
    """Tells the rows of data from all others."""

    def __init__(self, header: Header) -> None:
        self._places = list(header.positions.values())
        self._labels = tuple(header.labels[key] for key in header.positions)
        self._serial = list(header.positions).index("serial") if "serial" in header.positions else -1
        self._width = max(self._places) + 1
        self._take = itemgetter(*self._places)

    def data_of(self, row: Row) -> tuple[Cell, ...]:
        """Return the cells of the form's columns, or nothing if the row is no data."""
        if len(row) < self._width:
            row = [*row, *[""] * (self._width - len(row))]
        values: tuple[Cell, ...] = self._take(row)
        return values if self._is_data(values, row) else ()

    def _is_data(self, values: tuple[Cell, ...], row: Row) -> bool:
        serial = values[self._serial] if self._serial >= 0 else ""
        if isinstance(serial, str) and serial.strip().startswith(SAMPLES):
            return False
        if len(values) - values.count("") > 1 + len(values) // 2:
            return not self._repeats_header(values)
        texts = [text_of(value) for value in values]
        filled = sum(bool(text.strip()) for place, text in enumerate(texts) if place != self._serial)
        if filled == 0:
            return False
        if filled > len(texts) // 2:
            return not self._repeats_header(values)
        first = next(_words(row), "")
        if first in TOTALS or REMARK.match(first):
            return False
        return filled > 1 or len(first) <= LONG_REMARK

    def _repeats_header(self, values: tuple[Cell, ...]) -> bool:
        """Say whether a row of a printed sheet repeats the labels, as a copy of the header does."""
        alike: int = sum(map(eq, values, self._labels))
        return alike > len(values) // 2


def _words(row: Row) -> Iterator[str]:
    return (text for text in ("".join(text_of(cell).split()) for cell in row) if text)
