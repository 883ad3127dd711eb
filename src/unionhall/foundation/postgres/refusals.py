"""The one exception of this package: the database cannot be used, and the sentence says why."""

from __future__ import annotations


class DatabaseUnfit(Exception):
    """The database cannot be used as it is; the message is Chinese and says what to do next."""
