"""The figures that the demo prints: what came in and what was refused, kept once; the rest asked anew."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from unionhall.audit import queries as audit
from unionhall.audit.queries import Verdict
from unionhall.cli.demo.told import READER, Told
from unionhall.collection import queries as batches
from unionhall.foundation import scoping
from unionhall.foundation.actor import Scope
from unionhall.foundation.private_file import write_once
from unionhall.members import queries as members
from unionhall.statistics import queries as statistics
from unionhall.statistics.queries import Progress
from unionhall.subsidies import queries as subsidies
from unionhall.subsidies.queries import Owed
from unionhall.unions import queries as unions
from unionhall.unions.choices import UnionLevel

EVERYWHERE = Scope.everything()
STAGES = "stages.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """One kind of finding: how grave, in which column, how many rows have it, and one of its sentences."""

    severity: str
    code: str
    column: str
    sample: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What came in with one wave, and what the judge found in it before anybody mended."""

    batches: int
    files: int
    bytes: int
    union_rows: int
    member_rows: int
    faulty_rows: int
    unreadable: list[str]
    refused: list[Refused]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How long one stage took, and how many things it went through."""

    title: str
    count: int
    unit: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the registry stands now."""

    unions: int
    employers: int
    members: int
    owed: list[Owed]
    progress: list[Progress]
    total: Progress | None
    verdict: Verdict

    @property
    def counted(self) -> int:
        """Return for how many members something is owed."""
        return sum(each.count for each in self.owed)

    @property
    def owed_fen(self) -> int:
        """Return what is owed in all."""
        return sum(each.amount_fen for each in self.owed)


def take_in(told: Told, wave: int, folder: Path) -> Intake:
    """Count what a wave brought, before it is mended; a run that goes on later finds the first count."""
    path = folder / f"intake-{wave}.json"
    if not path.exists():
        write_once(path, json.dumps(asdict(_counted(told, wave)), ensure_ascii=False, indent=1))
    return read_intake(path)


def read_intake(path: Path) -> Intake:
    """Return a count that was kept."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Intake(**{**kept, "refused": [Refused(**each) for each in kept["refused"]]})


def together(parts: list[Intake]) -> Intake:
    """Return the waves as one."""
    counts: Counter[tuple[str, str, str]] = Counter()
    samples: dict[tuple[str, str, str], str] = {}
    for each in (refused for part in parts for refused in part.refused):
        key = (each.severity, each.code, each.column)
        counts[key] += each.count
        samples.setdefault(key, each.sample)
    return Intake(
        batches=sum(part.batches for part in parts),
        files=sum(part.files for part in parts),
        bytes=sum(part.bytes for part in parts),
        union_rows=sum(part.union_rows for part in parts),
        member_rows=sum(part.member_rows for part in parts),
        faulty_rows=sum(part.faulty_rows for part in parts),
        unreadable=[why for part in parts for why in part.unreadable],
        refused=[
            Refused(severity=key[0], code=key[1], column=key[2], sample=samples[key], count=count)
            for key, count in counts.most_common()
        ],
    )


def keep_stages(stages: list[Stage], folder: Path) -> None:
    """Keep how long the stages took, for whoever looks at a finished demo again."""
    write_once(folder / STAGES, json.dumps([asdict(stage) for stage in stages], ensure_ascii=False, indent=1))


def kept_stages(folder: Path) -> list[Stage]:
    """Return how long the stages took when the story was told."""
    path = folder / STAGES
    return [Stage(**each) for each in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else []


def standing(progress: Callable[[int], None]) -> Standing:
    """Return how the registry stands: entered, owed, progress, and whether the audit chain holds.

    :param progress: told how many audit entries were verified
    """
    with scoping.acting(READER):
        city = unions.tree(EVERYWHERE).filter(level=UnionLevel.CITY).order_by("path")[0]
        entered = batches.rows(EVERYWHERE, batches.RowFilter(kind="unions", state="entered"))
        return Standing(
            unions=entered.order_by().values("union_id").distinct().count(),
            employers=entered.order_by().values("employer_id").distinct().count(),
            members=members.count_held(EVERYWHERE),
            owed=subsidies.settlement(EVERYWHERE),
            progress=statistics.progress(EVERYWHERE, city.path),
            total=statistics.total(EVERYWHERE, city.path),
            verdict=audit.verify(progress),
        )


def _counted(told: Told, wave: int) -> Intake:
    parcels = told.of_wave(wave)
    with scoping.acting(READER):
        own = list(batches.batches(EVERYWHERE).filter(pk__in=told.ids_of(wave)))
        summaries = [batches.summary(batch) for batch in own]
        kinds = [kind for batch in own for kind in batches.kinds_of_finding(batch)]
    return together(
        [
            Intake(
                batches=len(parcels),
                files=sum(len(parcel.files) for parcel in parcels),
                bytes=sum(path.stat().st_size for parcel in parcels for path in parcel.files),
                union_rows=sum(summary.unions for summary in summaries),
                member_rows=sum(summary.members for summary in summaries),
                faulty_rows=sum(summary.faulty for summary in summaries),
                unreadable=[batch.problem for batch in own if batch.problem],
                refused=[
                    Refused(
                        severity=kind.severity,
                        code=kind.code,
                        column=kind.column,
                        sample=kind.message,
                        count=kind.count,
                    )
                    for kind in kinds
                ],
            )
        ]
    )
