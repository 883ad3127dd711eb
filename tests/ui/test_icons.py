"""The sprite holds what the pages draw."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from unionhall.collection.choices import BatchState, RowState, Severity
from unionhall.members.choices import MembershipState
from unionhall.reviews.choices import CaseState, Verdict
from unionhall.ui import icons, looks
from unionhall.unions.choices import UnionStatus

PACKAGE = Path(icons.__file__).parent.parent
TAGGED = re.compile(r"\{% icon \"([a-z0-9-]+)\"")
DEFAULTED = re.compile(r"icon(?:_name)?\|default:\"([a-z0-9-]+)\"")


def drawn_in_templates() -> set[str]:
    texts = [path.read_text("utf-8") for path in PACKAGE.rglob("*.html")]
    return {name for text in texts for pattern in (TAGGED, DEFAULTED) for name in pattern.findall(text)}


def test_every_icon_drawn_is_in_the_sprite() -> None:
    states = {look.icon for family in looks.FAMILIES.values() for look in family.values()}
    assert (drawn_in_templates() | states | {looks.UNKNOWN.icon}) - set(icons.NAMES) == set()


def test_the_sprite_is_small_and_whole(tmp_path: Path) -> None:
    sprite = icons.write_sprite(node_modules=settings.NODE, into=tmp_path / "made")
    text = sprite.read_text("utf-8")
    assert re.findall(r'<symbol id="tabler-([a-z0-9-]+)"', text) == list(icons.NAMES)
    assert len(text) < 60_000


def test_names_stand_in_order_and_once() -> None:
    assert sorted(set(icons.NAMES)) == list(icons.NAMES)


def test_every_state_has_a_look_of_its_own() -> None:
    rooms = {
        "membership": MembershipState,
        "union": UnionStatus,
        "case": CaseState,
        "verdict": Verdict,
        "batch": BatchState,
        "row": RowState,
        "severity": Severity,
    }
    assert {family: set(states.values) - set(looks.FAMILIES[family]) for family, states in rooms.items()} == {
        family: set() for family in rooms
    }
