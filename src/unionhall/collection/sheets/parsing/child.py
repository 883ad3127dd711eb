"""The child process: read a recognized file from the standard input, answer on the standard output.

Started by `parcel`, with its own limits of memory and processor time set before the first byte of the
file is parsed. Loads neither NumPy nor anything else that is slow to start. The answer is a pickle of
plain lists, texts and numbers, which the parent reads without allowing any other type.
"""

import datetime
import json
import pickle
import resource
import sys
from typing import Any

from unionhall.collection.sheets.parsing.extraction import Extract, extract
from unionhall.collection.sheets.parsing.grids import Cell, Grid, grids_of
from unionhall.collection.sheets.parsing.limits import Limits
from unionhall.standards.refusal import Refused


def main() -> None:
    """Do what the first argument (JSON) asks and write one pickle."""
    order = json.loads(sys.argv[1])
    limits = Limits(**order["limits"])
    _confine(limits)
    data = sys.stdin.buffer.read()
    answer: dict[str, Any] = {}
    try:
        grids = grids_of(data, order["form"], limits=limits)
        if order["want"] == "tables":
            answer["tables"] = [_table(table) for grid in grids if (table := extract(grid, limits=limits))]
        else:
            answer["grids"] = [_plain(grid) for grid in grids]
    except Refused as refused:
        answer = {"refused": [(refusal.code, refusal.message) for refusal in refused.refusals]}
    pickle.dump(answer, sys.stdout.buffer, protocol=5)


def _confine(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _table(table: Extract) -> dict[str, Any]:
    return {
        "kind": str(table.header.kind),
        "sheet": table.sheet,
        "header_row": table.header.row + 1,
        "headers": table.header.labels,
        "positions": table.header.positions,
        "unknown": table.header.unknown,
        "rows": table.rows,
        "cells": table.cells,
        "numeric": {key: bytes(flags) for key, flags in table.numeric.items()},
    }


def _plain(grid: Grid) -> dict[str, Any]:
    rows = [[_value(cell) for cell in row] for row in grid.rows]
    return {"name": grid.name, "visible": grid.visible, "rows": rows, "merged": grid.merged}


def _value(cell: Cell) -> str | float | int | bool | tuple[str, str]:
    """Return a value of plain type; a day or moment becomes ("date", ISO text)."""
    if isinstance(cell, datetime.date):
        return ("date", cell.isoformat())
    if isinstance(cell, str | float | int):
        return cell
    return str(cell)


if __name__ == "__main__":
    main()
