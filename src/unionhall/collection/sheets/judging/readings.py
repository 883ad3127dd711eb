"""Which parser of the standards reads which column: one text, or the whole column at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from unionhall.collection.sheets.columns import Column, Form
from unionhall.standards import codes, dates
from unionhall.standards.column import ColumnCheck
from unionhall.standards.identifiers import credit_code, person_name, phone


@dataclass(frozen=True, slots=True)
class Reading:
    """The two faces of one law: for a column, and for the one text whose fault is to be told.

    `width` is the length of the longest valid value: memory is spent on nothing longer.
    """

    check_column: Callable[[Sequence[str]], ColumnCheck]
    parse: Callable[[str], object]
    width: int


CREDIT_CODES = Reading(credit_code.check_column, credit_code.parse, 18)

READINGS = {
    Form.NAME: Reading(person_name.check_column, person_name.parse, 50),
    Form.DATE: Reading(dates.check_column, dates.parse_date, 10),
    Form.MOBILE: Reading(phone.check_mobile_column, phone.parse_mobile, 11),
    Form.PHONE: Reading(phone.check_column, phone.parse, 30),
}


def reading_of(column: Column) -> Reading:
    """Return how a column is read: by its code table if it has one, else by its form."""
    if column.table:
        table = codes.table(column.table)
        return Reading(table.check_column, table.parse, max(map(len, table.codes)))
    return READINGS[column.form]
