"""Turn the story's deliveries into files on disk, and know for each row how it would be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from unionhall.cli.demo import faults, rows, sheets
from unionhall.cli.demo.faults import Mending, Sheet
from unionhall.cli.demo.planning import Delivery, Fate, Plan
from unionhall.cli.demo.rows import Row
from unionhall.cli.demo.sheets import Layout
from unionhall.collection.sheets.columns import SheetKind

UNION_FILE, MEMBER_FILE = "组织信息采集表", "会员信息采集表"
CLAIMED = 3
# What somebody sends by mistake: a document, not a table.
NO_WORKBOOK = b"%PDF-1.4\n" + "实名制采集情况说明".encode() + b"\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class Parcel:
    """The files of a delivery, and the mendings by kind and Excel row."""

    delivery: Delivery
    files: tuple[Path, ...]
    mendings: dict[tuple[str, int], Mending]


def write_all(plan: Plan, folder: Path) -> Iterator[Parcel]:
    """Write the sheets of every delivery that are not on disk yet, and yield each delivery's parcel."""
    claimed: list[Row] = []
    for delivery in plan.deliveries:
        unions = faults.spoil_unions(rows.union_rows(delivery), seed=delivery.folder)
        members = faults.spoil_members(list(rows.member_rows(delivery)), seed=delivery.folder)
        if delivery.fate == Fate.ENTERED and not claimed:
            claimed = _unspoiled(members)[-CLAIMED:]
        if delivery.fate == Fate.HELD_ELSEWHERE:
            faults.claim(members, claimed)
        yield _written(delivery, folder / delivery.folder, unions, members)


def _unspoiled(sheet: Sheet) -> list[Row]:
    return [row for place, row in enumerate(sheet.rows) if place not in sheet.mendings]


def _written(delivery: Delivery, folder: Path, unions: Sheet, members: Sheet) -> Parcel:
    folder.mkdir(parents=True, exist_ok=True)
    if delivery.fate == Fate.UNREADABLE:
        return Parcel(delivery, (_once(folder / f"{MEMBER_FILE}.xlsx", NO_WORKBOOK),), {})
    layout = sheets.layout_of(delivery.number, rows=len(members.rows))
    parts = (
        (SheetKind.UNIONS, UNION_FILE, unions, Layout.PROVINCE),
        (SheetKind.MEMBERS, MEMBER_FILE, members, layout),
    )
    mendings: dict[tuple[str, int], Mending] = {}
    files = []
    for kind, name, sheet, laid_out in parts:
        path = folder / f"{name}{laid_out.suffix}"
        if not path.exists():
            sheets.write(path, kind, sheet, layout=laid_out, sender=delivery.sender)
        files.append(path)
        top = sheets.first_row(laid_out)
        mendings |= {(kind.value, top + place): mending for place, mending in sheet.mendings.items()}
    return Parcel(delivery, tuple(files), mendings)


def _once(path: Path, content: bytes) -> Path:
    if not path.exists():
        path.write_bytes(content)
    return path
