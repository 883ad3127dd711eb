"""What a union does with its sheets: hand in, judge, mend, set rows aside."""

from unionhall.collection.actions.entering import mark_entered, mark_returned, mark_submitted
from unionhall.collection.actions.judging import judge
from unionhall.collection.actions.mending import correct, mark_transfer, remove, restore
from unionhall.collection.actions.receiving import Upload, receive
from unionhall.collection.actions.returning import Returned, returned_workbook

__all__ = [
    "Returned",
    "Upload",
    "correct",
    "judge",
    "mark_entered",
    "mark_returned",
    "mark_submitted",
    "mark_transfer",
    "receive",
    "remove",
    "restore",
    "returned_workbook",
]
