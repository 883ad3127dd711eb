"""Give the user's own workbook back: same layout, faulty cells colored and explained.

An .xlsx of usual size is marked in place; any other format, and a sheet of more rows than can be loaded in
reasonable memory, is built anew with the same cells at the same places.
"""

from collections.abc import Sequence
from pathlib import Path

from unionhall.collection.sheets.findings import Judgement
from unionhall.collection.sheets.reading import Limits, read_grids, recognized
from unionhall.collection.sheets.returning.original import mark_original
from unionhall.collection.sheets.returning.rebuilt import build_anew

__all__ = ["write_return"]

MOST_ROWS_IN_PLACE = 20_000


def write_return(source: Path | bytes, judgements: Sequence[Judgement]) -> bytes:
    """Return the marked workbook as .xlsx; the judgements must be of tables read from this source.

    :raises Refused: as `read_workbook` does, if the source cannot be read
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    rows = sum(judgement.rows for judgement in judgements)
    if recognized(data, limits=Limits()) == "xlsx" and rows <= MOST_ROWS_IN_PLACE:
        return mark_original(data, judgements)
    return build_anew(read_grids(data), judgements)
