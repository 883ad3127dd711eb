"""Files stay small enough to be read in one go (docs/house.md, section 5)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "unionhall"

MODULE_LIMIT = 400
TEMPLATE_LIMIT = 120


def too_long(
    pattern: str, limit: int, excepted: Callable[[Path], bool] = lambda path: False
) -> dict[str, int]:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCE.rglob(pattern)}
    return {
        str(path.relative_to(ROOT)): length
        for path, length in lengths.items()
        if length > limit and not excepted(path)
    }


def test_no_module_is_over_its_size() -> None:
    def is_generated_or_table(path: Path) -> bool:
        return "migrations" in path.parts or path.is_relative_to(SOURCE / "standards" / "codes")

    assert too_long("*.py", MODULE_LIMIT, is_generated_or_table) == {}


def test_no_template_is_over_its_size() -> None:
    assert too_long("*.html", TEMPLATE_LIMIT) == {}


def test_no_style_sheet_or_script_of_ours_is_over_its_size() -> None:
    assert too_long("*.js", MODULE_LIMIT) == {}
