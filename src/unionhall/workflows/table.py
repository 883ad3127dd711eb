"""Which flow decides which kind of case: one literal table that anybody can read."""

from unionhall.workflows import collecting

DECIDE = {collecting.KIND: collecting.decide}
SUBMIT = {collecting.KIND: collecting.submit}
