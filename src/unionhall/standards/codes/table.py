"""A code table: labels by code, codes by label, with the standard it comes from.

Labels are what travels between systems; the same digit means different things in different places. Labels are
compared without blanks, brackets and separators, so that 待（下）岗 and 待(下)岗 are one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from unionhall.standards.codes.aliases import aliases_of
from unionhall.standards.codes.nearest import nearest
from unionhall.standards.codes.printed import PRINTED
from unionhall.standards.codes.registry import Source
from unionhall.standards.column import ColumnCheck, check_distinct
from unionhall.standards.refusal import Refusal, Refused
from unionhall.standards.text import normalize, squeeze, upper

#: Tables up to this size are quoted whole in a refusal.
SHORT_TABLE = 13
WIDEST_QUOTE = 20
_SEPARATORS = str.maketrans("", "", "()[]【】{}、,;:/·.。-—_“”\"'")
#: Stands in where nobody reads the sentence.
_UNKNOWN = Refusal("codes.unknown_label", "名称不在选项中，请从下拉列表中选择。")


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code table."""

    table: str
    code: str
    label: str


def key_of(text: str) -> str:
    """Return what two spellings of one label have in common."""
    return upper(squeeze(text)).translate(_SEPARATORS)


@dataclass(frozen=True)
class Table:
    """A code table in its official order; `by_code` maps code to label."""

    source: Source
    by_code: Mapping[str, str]

    @property
    def name(self) -> str:
        """Return the name of the table in the house."""
        return self.source.name

    @property
    def standard(self) -> str:
        """Return the number of the standard or document the table comes from."""
        return self.source.standard

    @property
    def title(self) -> str:
        """Return the title of the standard or document."""
        return self.source.title

    @property
    def labels(self) -> tuple[str, ...]:
        """Return all labels in order."""
        return tuple(self.by_code.values())

    @property
    def codes(self) -> tuple[str, ...]:
        """Return all codes in order."""
        return tuple(self.by_code)

    def valid_on(self, day: date) -> bool:
        """Say whether the table was in force on a day, as far as its dates are known."""
        started = self.source.since is None or self.source.since <= day
        return started and (self.source.until is None or day < self.source.until)

    def label(self, code: str) -> str:
        """Return the label of a code.

        :raises KeyError: if the table has no such code; codes come from our own records, so that is a bug
        """
        return self.by_code[code]

    def code(self, label: str) -> str | None:
        """Return the code of a label or of another known name for it, None if there is none or several."""
        return self._by_key.get(key_of(label))

    def parse(self, text: str) -> Code:
        """Read a label as people type it.

        :raises Refused: codes.blank, codes.ambiguous_label, codes.unknown_label (with the nearest label as a
            suggestion)
        """
        code = self.code(text)
        if code is None:
            raise Refused(self._refusal(normalize(text)))
        return Code(self.name, code, self.by_code[code])

    def check_column(self, texts: Sequence[str]) -> ColumnCheck:
        """Check a column of labels; the values are codes where valid, else the normalized text."""
        return check_distinct(
            texts, parse=self._found, canonical=lambda code: code, clean=normalize, width=self._width
        )

    def _found(self, text: str) -> str:
        """Return the code of a label, as `parse` but without looking for the nearest."""
        code = self.code(text)
        if code is None:
            raise Refused(_UNKNOWN)
        return code

    @cached_property
    def _width(self) -> int:
        return max(WIDEST_QUOTE, *(len(code) for code in self.by_code))

    @cached_property
    def _by_key(self) -> dict[str, str]:
        """Map what can be typed to codes; a label that two entries share is left out."""
        keys = {key_of(name): code for name, code in aliases_of(self.name, labels=self.by_code).items()}
        own: dict[str, str] = {}
        for code, label in self.by_code.items():
            own[key_of(label)] = "" if key_of(label) in own else code
        return {key: code for key, code in (keys | own).items() if key and code}

    @cached_property
    def _shared(self) -> frozenset[str]:
        counts = Counter(key_of(label) for label in self.by_code.values())
        return frozenset(key for key, count in counts.items() if count > 1)

    @cached_property
    def _choices(self) -> dict[str, str]:
        """Map codes to the labels a person can choose: the printed ones if the form has its own."""
        if self.name not in PRINTED:
            return dict(self.by_code)
        return {self._by_key[key_of(label)]: label for label in PRINTED[self.name]}

    def _refusal(self, text: str) -> Refusal:
        noun, quoted = self.source.noun, text[:WIDEST_QUOTE]
        if not key_of(text):
            return Refusal("codes.blank", f"{noun}未填写，{self._advice}")
        if key_of(text) in self._shared:
            message = f"{noun}“{quoted}”有多个同名项，请写明上一级名称。"
            return Refusal("codes.ambiguous_label", message)
        if text in self.by_code:
            message = f"{noun}“{quoted}”是代码，各系统代码含义不同，不能照填，{self._advice}"
            return Refusal("codes.unknown_label", message)
        suggestion = self._suggestion(text)
        hint = f"是否应为“{suggestion}”？" if suggestion else ""
        return Refusal(
            "codes.unknown_label", f"{noun}“{quoted}”不在选项中，{hint}{self._advice}", "", suggestion
        )

    @property
    def _advice(self) -> str:
        if len(self._choices) > SHORT_TABLE:
            return "请从下拉列表中选择。"
        return f"请从“{'”“'.join(self._choices.values())}”中选择。"

    def _suggestion(self, text: str) -> str:
        labels = {key_of(label): label for label in self._choices.values()}
        key = nearest(key_of(text), (key for key in labels if key not in self._shared))
        return labels[key] if key else ""
