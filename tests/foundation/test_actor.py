"""A scope is a half-open range of paths; an actor passes only with capability and place."""

from __future__ import annotations

import pytest

from unionhall.foundation.actor import NOBODY, Actor, NotPermitted, Scope, system
from unionhall.foundation.capabilities import Capability

CLERK = Actor(
    user_id=7, branch_path="00010002", scope=Scope.of_branch("00010002"),
    capabilities=frozenset({Capability.MEMBER_VIEW}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "covered"),
    [
        ("00010002", True),
        ("000100020001", True),
        ("00010002zzzz", True),
        ("0001", False),
        ("00010001", False),
        ("00010003", False),
        ("", False),
    ],
)
def test_a_branch_covers_itself_and_what_is_below(path: str, covered: bool) -> None:
    assert CLERK.scope.covers(path) is covered


def test_the_empty_scope_covers_nothing() -> None:
    assert Scope().is_empty
    assert not any(Scope().covers(path) for path in ("", "0001", "~"))
    assert Scope.of_branch("") == Scope()


def test_nobody_may_do_nothing() -> None:
    assert not NOBODY.is_known
    assert not any(NOBODY.may(capability) for capability in Capability)


def test_a_capability_counts_only_within_the_scope() -> None:
    CLERK.require(Capability.MEMBER_VIEW, "000100020001")

    with pytest.raises(NotPermitted):
        CLERK.require(Capability.MEMBER_VIEW, "00010003")
    with pytest.raises(NotPermitted):
        CLERK.require(Capability.REVIEW_DECIDE, "00010002")


def test_the_system_acts_for_one_branch_or_for_all() -> None:
    assert system("核对", Capability.COLLECTION_FILL).may(Capability.COLLECTION_FILL, "0001zzzz")
    assert not system("核对", Capability.COLLECTION_FILL, branch_path="00010002").may(
        Capability.COLLECTION_FILL, "0001"
    )
