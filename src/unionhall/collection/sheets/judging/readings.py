"""Which parser of the standards reads which column: one text, or the whole column at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from unionhall.collection.sheets.columns import Column, Form
from unionhall.standards import codes, dates
from unionhall.standards.column import ColumnCheck
from unionhall.standards.identifiers import credit_code, person_name, phone


@dataclass(frozen=True, slots=True)
class Reading:
    """The two faces of one law: for a column, and for the one text whose fault is to be told."""

    check_column: Callable[[Sequence[str]], ColumnCheck]
    parse: Callable[[str], object]


CREDIT_CODES = Reading(credit_code.check_column, credit_code.parse)

READINGS = {
    Form.NAME: Reading(person_name.check_column, person_name.parse),
    Form.DATE: Reading(dates.check_column, dates.parse_date),
    Form.MOBILE: Reading(phone.check_mobile_column, phone.parse_mobile),
    Form.PHONE: Reading(phone.check_column, phone.parse),
}


def reading_of(column: Column) -> Reading:
    """Return how a column is read: by its code table if it has one, else by its form."""
    if column.table:
        table = codes.table(column.table)
        return Reading(table.check_column, table.parse)
    return READINGS[column.form]
