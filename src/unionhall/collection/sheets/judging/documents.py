"""Judge the document numbers: resident ids as one column, the few other documents one by one.

A row without a readable document type is judged as a resident id, the only document on the form.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unionhall.collection.sheets.judging.cells import (
    Cells,
    checked,
    destroyed,
    label_of,
    require,
    usable_texts,
)
from unionhall.collection.sheets.judging.ledger import Ledger, places
from unionhall.collection.sheets.judging.readings import Reading
from unionhall.standards.identifiers import resident_id
from unionhall.standards.identifiers.document import parse_document
from unionhall.standards.refusal import Refused
from unionhall.standards.text import squeeze

RESIDENT_ID = "111"
SAME_AS_RESIDENT_ID = {RESIDENT_ID, "112", "113"}
"""The temporary card and the household register bear the resident id too."""

KEY = "document_number"
RESIDENT_DIGITS = 18
WIDTH = 40


def judge_documents(ledger: Ledger, types: Cells, *, today: date) -> Cells:
    """Judge the column of document numbers; `extra` tells birth date and sex where the number does."""
    column = ledger.column(KEY)
    texts = usable_texts(ledger, column)
    other = types.valid & ~types.having(*SAME_AS_RESIDENT_ID)
    spoiled = destroyed(ledger, column, texts, digits=RESIDENT_DIGITS)
    reading = Reading(
        partial(resident_id.check_column, on=today), partial(resident_id.parse, on=today), RESIDENT_DIGITS
    )
    cells = checked(ledger, column, texts, reading, apart=spoiled | other)
    cells = _with_others(ledger, cells, types, places(other & ~spoiled), texts, today)
    require(ledger, column, cells)
    for index in places(types.valid & ~types.having(RESIDENT_ID)):
        label = label_of("id_document_type", str(types.values[index]))
        ledger.note("document_type_unlisted", "document_type", index, value=label)
    _note_oddities(ledger, cells)
    return cells


def _with_others(
    ledger: Ledger, cells: Cells, types: Cells, others: list[int], texts: list[str], today: date
) -> Cells:
    """Add the documents that are no resident id, each read by its own rules."""
    if not others:
        return cells
    values: NDArray[Any] = np.asarray(cells.values).astype(f"U{WIDTH}")
    valid, blank = cells.valid.copy(), cells.blank.copy()
    extra: Mapping[str, NDArray[Any]] = {name: facts.copy() for name, facts in cells.extra.items()}
    for index in others:
        if not squeeze(texts[index]):
            blank[index] = True
            continue
        try:
            document = parse_document(str(types.values[index]), texts[index], on=today)
        except Refused as refused:
            ledger.refuse(KEY, index, refused.refusals)
            continue
        values[index], valid[index] = document.number, True
        extra["area_known"][index] = True
        extra["converted"][index] = False
        extra["birth_date"][index] = np.datetime64(getattr(document, "birth_date", None) or "NaT", "D")
        extra["sex"][index] = getattr(document, "sex", None) or 0
    return Cells(values, valid, blank, extra)


def _note_oddities(ledger: Ledger, cells: Cells) -> None:
    numbers = np.asarray(cells.values)
    for index in places(cells.valid & ~cells.extra["area_known"]):
        ledger.note("area_unknown", KEY, index, area=str(numbers[index])[:6])
    for index in places(cells.valid & cells.extra["converted"]):
        ledger.note("converted", KEY, index, suggestion=str(numbers[index]))
