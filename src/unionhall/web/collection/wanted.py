"""Which rows a page shows: the address says it, so that a view can be sent to a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from unionhall.collection.choices import RowState, Severity
from unionhall.collection.queries import RowFilter
from unionhall.collection.sheets.columns import SheetKind
from unionhall.ui.paging import size_of

FINDINGS = ("faulty", "warned")
STANDINGS = ("open", "ready", "faulty", "warned", *RowState.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The query string of a list of rows, read; what makes no sense in it is passed over."""

    kind: str = ""
    state: str = ""
    code: str = ""
    column: str = ""
    severity: str = ""
    q: str = ""
    after: int = 0
    size: int = 50

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Wanted:
        """Read a query string."""
        after = query.get("after", "")
        return cls(
            kind=_one_of(query.get("kind", ""), list(SheetKind)),
            state=_one_of(query.get("state", ""), STANDINGS),
            code=query.get("code", "")[:60],
            column=query.get("column", "")[:60],
            severity=_one_of(query.get("severity", ""), Severity.values),
            q=query.get("q", "").strip()[:40],
            after=int(after) if after.isdecimal() and len(after) < len(str(2**63)) else 0,
            size=size_of(query),
        )

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything but the kind of sheet narrows the list."""
        return bool(self.state or self.code or self.severity or self.q)

    @property
    def is_about_findings(self) -> bool:
        """Say whether the list shows rows for what was found in them."""
        return bool(self.code or self.severity or self.state in FINDINGS)

    def rows(self, *, case_id: int | None = None) -> RowFilter:
        """Return the filter on rows."""
        return RowFilter(
            kind=self.kind,
            code=self.code,
            column=self.column,
            severity=self.severity,
            state=self.state,
            case_id=case_id,
            text=self.q,
        )

    def only(self, **over: str) -> str:
        """Return the address of a list narrowed by nothing but this."""
        return _address(Wanted(**{"kind": self.kind, **over}, size=self.size))  # type: ignore[arg-type]

    def at(self, after: int | None) -> str:
        """Return the address of the same list from another place; none stays none."""
        return "" if after is None else _address(replace(self, after=after))

    def sized(self, size: int) -> str:
        """Return the address of the same list in pages of another size, from the beginning."""
        return _address(replace(self, size=size, after=0))

    def here(self) -> str:
        """Return the address of this very list."""
        return _address(self)


def _address(wanted: Wanted) -> str:
    plain = Wanted()
    names = ("kind", "state", "code", "column", "severity", "q", "after", "size")
    pairs = {name: getattr(wanted, name) for name in names if getattr(wanted, name) != getattr(plain, name)}
    return f"?{urlencode(pairs)}"


def _one_of(text: str, allowed: list[SheetKind] | list[str] | tuple[str, ...]) -> str:
    return text if text in allowed else ""
