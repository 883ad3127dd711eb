"""`test`: everything that must hold, in the order of how fast it answers."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[3]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its Chinese name, and what is run."""

    title: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one check ended."""

    title: str
    passed: bool
    seconds: float


@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog="""\b
例子：
  ./hall test                        全部检查与测试
  ./hall test --no-journeys          不运行浏览器测试
  ./hall test tests/standards -x     只运行一部分（其余参数交给 pytest，此时不做代码检查）

\b
退出码：0 全部通过，1 有未通过的检查或测试
""",
)
@click.option(
    "--journeys/--no-journeys", default=True, help="是否运行浏览器测试（需要 Chromium，默认运行）。"
)
@click.option("--faults", is_flag=True, help="另外运行故障测试：数据库与进程被强行终止（较慢）。")
@click.option("--checks/--no-checks", default=True, help="是否做代码与模板检查（默认做）。")
@click.option(
    "--ci", "in_ci", is_flag=True, envvar="CI", help="持续集成：不允许跳过任何测试（环境变量 CI）。"
)
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def command(
    journeys: bool, faults: bool, checks: bool, in_ci: bool, pytest_arguments: tuple[str, ...]
) -> None:
    """运行全部检查与测试：代码风格、类型、分层、模板、单元与浏览器测试。"""
    if journeys and not any(map(shutil.which, CHROMIUM)):
        journeys = _without_chromium(in_ci=in_ci)
    steps = _checks() if checks and not pytest_arguments else []
    outcomes = [_run(step) for step in [*steps, _tests(journeys, faults, pytest_arguments)]]
    sys.exit(_report(outcomes))


def _without_chromium(*, in_ci: bool) -> bool:
    """Leave journeys out, loudly, on somebody's machine; where all must run, that is a failure."""
    if in_ci:
        click.secho("没有找到 Chromium，浏览器测试无法运行；持续集成中不允许跳过。", fg="red", err=True)
        sys.exit(1)
    click.secho(
        "注意：没有找到 Chromium，本次不运行浏览器测试。安装 chromium 后请再运行一次。", fg="yellow", err=True
    )
    return False


def _checks() -> list[Step]:
    templates = sorted(str(path) for path in (ROOT / "src").rglob("templates/**/*.html"))
    steps = [
        Step("代码风格", (_tool("ruff"), "check", "--quiet")),
        Step("代码格式", (_tool("ruff"), "format", "--check", "--quiet")),
        Step("类型", (_tool("mypy"), "--no-error-summary")),
        Step("分层", (_tool("lint-imports"), "--no-logo")),
    ]
    if templates:
        steps.append(Step("模板格式", (_tool("djade"), "--target-version", "5.2", "--check", *templates)))
        steps.append(Step("模板缩进", (_tool("djhtml"), "--check", *templates)))
    return steps


def _tests(journeys: bool, faults: bool, arguments: tuple[str, ...]) -> Step:
    left_out = [name for name, wanted in (("journey", journeys), ("fault", faults)) if not wanted]
    marks = ("-m", " and ".join(f"not {name}" for name in left_out)) if left_out else ()
    workers = () if any(argument.startswith(("-n", "--pdb")) for argument in arguments) else ("-n", "auto")
    return Step("测试", (sys.executable, "-m", "pytest", "-q", *workers, *marks, *arguments))


def _tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _run(step: Step) -> Outcome:
    click.secho(f"── {step.title}", bold=True)
    began = time.monotonic()
    code = subprocess.run(step.command, cwd=ROOT).returncode
    return Outcome(step.title, code == 0, time.monotonic() - began)


def _report(outcomes: list[Outcome]) -> int:
    failed = [outcome.title for outcome in outcomes if not outcome.passed]
    click.echo("  ".join(f"{'✓' if it.passed else '✗'} {it.title} {it.seconds:.0f}秒" for it in outcomes))
    click.secho(f"未通过：{'、'.join(failed)}" if failed else "全部通过", fg="red" if failed else "green")
    return 1 if failed else 0
