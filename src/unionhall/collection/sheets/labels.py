"""What the drop-down lists of the two forms offer, word for word and in the form's order."""

from unionhall.collection.sheets.columns import Column
from unionhall.standards.codes.forms import FORM_LABELS


def labels_of(column: Column) -> tuple[str, ...]:
    """Return the labels to choose from, empty if the column is filled in freely."""
    return FORM_LABELS[column.table] if column.table else ()
