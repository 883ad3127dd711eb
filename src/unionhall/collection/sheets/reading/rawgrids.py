"""A sheet cell by cell, as the child sends it for building a workbook anew."""

from dataclasses import dataclass

RawCell = str | float | int | bool | tuple[str, str]
"""A value; a day or moment is ("date", ISO text)."""


@dataclass(frozen=True, slots=True)
class RawGrid:
    """One sheet from its corner A1; `merged` are pairs of corners (row, column), from zero, inclusive."""

    name: str
    visible: bool
    rows: list[list[RawCell]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]
