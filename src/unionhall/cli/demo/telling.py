"""From an empty registry to the settlement: the stages of the demo, one after the other, each timed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from unionhall.audit import actions as audit
from unionhall.audit import queries as trail
from unionhall.cli.demo import deliveries, figures, mending, officers, planning, receiving, reviewing, tree
from unionhall.cli.demo.clearing import BEGUN, FINISHED, refuse_real
from unionhall.cli.demo.deliveries import Parcel
from unionhall.cli.demo.figures import Intake, Stage, Standing
from unionhall.cli.demo.officers import Shown
from unionhall.cli.demo.planning import Plan
from unionhall.cli.demo.told import READER, Told
from unionhall.foundation import scoping

Step = Callable[[int], None]
WAVES = (1, 2)
# A case that was sent back as a whole comes up a second time.
ROUNDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that the demo prints at its end."""

    intake: Intake
    standing: Standing
    stages: list[Stage]
    accounts: list[Shown]


def tell(members: int | None, folder: Path, *, console: Console) -> Outcome:
    """Tell the story to its end, or go on where a run before was interrupted.

    :param members: about how many; none means the usual number, or that of the story begun before
    :param folder: where sheets, figures and the printed accounts are kept
    :raises Refused: if the database holds a registry that is not the demo's
    """
    refuse_real()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    begun = begin(members or planning.USUAL)
    if members and members != begun:
        console.print(
            f"此前的演示约 {begun:,} 名会员，现在接着它；要换成 {members:,} 名请加 --fresh 重新开始。"
        )
    with _progress(console) as progress:
        return _Telling(planning.make(begun), folder, progress).to_the_end()


class _Telling:
    """One run through the stages."""

    def __init__(self, plan: Plan, folder: Path, progress: Progress) -> None:
        self._plan = plan
        self._folder = folder
        self._progress = progress
        self._stages: list[Stage] = []

    def to_the_end(self) -> Outcome:
        """Run every stage that is not done yet; a finished story is only looked at."""
        if not _is_finished():
            accounts = self._prepare()
            self._work(self._sheets())
            figures.keep_stages(self._stages, self._folder)
            _finish()
        else:
            accounts = officers.kept(self._folder)
        intakes = [figures.read_intake(path) for path in sorted(self._folder.glob("intake-*.json"))]
        with self._stage("核验审计链", None, "条") as (step, counted):
            standing = figures.standing(_growing(step))
            counted(standing.verdict.entries)
        return Outcome(
            intake=figures.together(intakes),
            standing=standing,
            stages=figures.kept_stages(self._folder) + self._stages[-1:],
            accounts=accounts,
        )

    def _prepare(self) -> list[Shown]:
        """Build the tree and open the accounts."""
        with self._stage("建立工会组织树", tree.size(self._plan), "个工会") as (step, _):
            tree.build(self._plan, at=timezone.localtime(), step=step)
        with self._stage("开通账号", len(officers.cast(self._plan)), "个账号") as (step, _):
            return officers.open_all(self._plan, self._folder, at=timezone.localtime(), step=step)

    def _sheets(self) -> list[Parcel]:
        """Write the sheets that are not on disk yet."""
        parcels = []
        with self._stage("填写采集表", len(self._plan.deliveries), "行") as (step, counted):
            for parcel in deliveries.write_all(self._plan, self._folder / "sheets"):
                parcels.append(parcel)
                step(1)
            counted(self._plan.people)
        return parcels

    def _work(self, parcels: list[Parcel]) -> None:
        """Let each wave come in and climb."""
        told = Told(self._plan, parcels, timezone.localdate())
        for wave in WAVES:
            size, people = len(told.of_wave(wave)), sum(each.delivery.people for each in told.of_wave(wave))
            with self._stage(f"第{wave}批：接收文件", size, "份报送") as (step, _):
                receiving.receive(told, wave, step)
            with self._stage(f"第{wave}批：核对每个单元格", size, "行") as (step, counted):
                receiving.judge(told, wave, step)
                counted(people)
            figures.take_in(told, wave, self._folder)
            with self._stage(f"第{wave}批：更正错误", size, "行") as (step, counted):
                counted(mending.mend(told, wave, step))
            for turn in range(ROUNDS):
                self._climb(told, wave, size, people, again=bool(turn))

    def _climb(self, told: Told, wave: int, size: int, people: int, *, again: bool) -> None:
        title = f"第{wave}批：退回后重报" if again else f"第{wave}批"
        with self._stage(f"{title}：提交", size, "行") as (step, counted):
            mending.submit(told, wave, step)
            counted(people)
        with self._stage(f"{title}：逐级审核并入库", len(told.reviewers), "行") as (step, counted):
            reviewing.review(told, wave, step)
            counted(people)

    @contextmanager
    def _stage(self, title: str, total: int | None, unit: str) -> Iterator[tuple[Step, Step]]:
        """Show a bar while a stage runs, and note how long it took.

        :returns: what moves the bar, and what names another count than the bar's
        """
        task = self._progress.add_task(title, total=total)
        counts = [total or 0]
        began = time.perf_counter()
        yield (lambda more: self._progress.advance(task, more)), counts.append
        seconds = time.perf_counter() - began
        self._progress.update(task, total=total or counts[-1], completed=total or counts[-1])
        self._stages.append(Stage(title=title, count=counts[-1], unit=unit, seconds=seconds))


def _progress(console: Console) -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console)


def _growing(step: Step) -> Step:
    """Turn "so many so far" into "so many more"."""
    before = [0]

    def so_far(count: int) -> None:
        step(count - before[0])
        before[0] = count

    return so_far


def begin(members: int) -> int:
    """Note that a demo begins here; one that began before goes on with its own number of members."""
    with scoping.acting(READER) as by:
        begun = trail.trail(by.scope).filter(kind=BEGUN).first()
        if begun is not None:
            return int(begun.details["members"])
        audit.record(BEGUN, subject=None, by=by, at=timezone.localtime(), details={"members": members})
    return members


def _finish() -> None:
    with scoping.acting(READER) as by:
        audit.record(FINISHED, subject=None, by=by, at=timezone.localtime())


def _is_finished() -> bool:
    with scoping.acting(READER) as by:
        return trail.trail(by.scope).filter(kind=FINISHED).exists()
