"""What happens to the roll: one admission, a whole approved batch at once, a number revealed."""

from unionhall.members.actions.admitting import Particulars, admit
from unionhall.members.actions.bulk import INCOMING_COLUMNS, admit_incoming, open_incoming
from unionhall.members.actions.revealing import reveal

__all__ = ["INCOMING_COLUMNS", "Particulars", "admit", "admit_incoming", "open_incoming", "reveal"]
