"""Documents that carry no check: passports, travel permits, service cards, and others.

Each kind is a form and no more; a right form is no proof of a right number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from unionhall.standards.column import ColumnCheck, check_distinct
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import mask, squeeze, upper

WIDTH = 40


@dataclass(frozen=True, slots=True, repr=False)
class Paper:
    """A document number of a known kind (`document_type`, table id_document_type) in its one written form."""

    number: str
    document_type: str

    @property
    def masked(self) -> str:
        """Return the number as lists show it: a short head and tail."""
        return mask(self.number, head=2, tail=2)

    def __repr__(self) -> str:
        return f"Paper({self.document_type}, {self.masked})"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of document: how to call it, what its numbers look like, what to tell who writes another."""

    prefix: str
    noun: str
    document_type: str
    pattern: re.Pattern[str]
    advice: str

    def clean(self, text: str) -> str:
        """Return the text without blanks, in upper case, without Excel's leading apostrophe."""
        return upper(squeeze(text)).lstrip("'‘’`")

    def parse(self, text: str) -> Paper:
        """Read a number.

        :raises Refused: <prefix>.blank, <prefix>.format
        """
        number = self.clean(text)
        if not number:
            raise Refused(Refusal(f"{self.prefix}.blank", f"{self.noun}号码未填写，请照证件填写。"))
        found = self.pattern.fullmatch(number)
        if found is None:
            quoted = mask(number[:WIDTH], head=2, tail=min(2, len(number) // 4))
            message = f"{self.noun}号码“{quoted}”格式不对，{self.advice}，请照证件核对。"
            raise Refused(Refusal(f"{self.prefix}.format", message))
        return Paper("".join(part for part in found.groups() if part), self.document_type)

    def check_column(self, texts: Sequence[str]) -> ColumnCheck:
        """Check a column, distinct text by distinct text: these documents are rare in sheets. No `extra`."""
        return check_distinct(
            texts, parse=self.parse, canonical=lambda paper: paper.number, clean=self.clean, width=WIDTH
        )
