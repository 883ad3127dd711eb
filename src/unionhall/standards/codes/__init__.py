"""Code tables of the standards and of the province's forms, read from the CSV files beside this module.

>>> table("sex").code("男")
'1'
"""

import csv
from functools import cache
from importlib.resources import files
from io import StringIO

from unionhall.standards.codes.registry import SOURCES
from unionhall.standards.codes.table import Code, Table

__all__ = ["Code", "Table", "names", "rows", "table"]

_SOURCES = {source.name: source for source in SOURCES}


def names() -> tuple[str, ...]:
    """Return the names of all tables, in the order of the registry."""
    return tuple(_SOURCES)


@cache
def table(name: str) -> Table:
    """Return a code table by its name.

    :raises KeyError: if the house has no such table
    """
    return Table(_SOURCES[name], {row["code"]: row["name"] for row in rows(name)})


def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table's file with all their columns, for tables that hold more than labels."""
    file = files(__package__).joinpath("tables", f"{_SOURCES[name].name}.csv")
    return tuple(csv.DictReader(StringIO(file.read_text(encoding="utf-8"))))
