"""Rows given back one by one: the case goes on with the rest, and ends with its last row."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import NOW, Cast
from tests.collection.stories import decide, factory_row, hand_in, send, worker
from unionhall.collection.models import Row
from unionhall.foundation import scoping
from unionhall.reviews.choices import CaseState, Verdict
from unionhall.reviews.models import Case

pytestmark = pytest.mark.django_db


def give_back(cast: Cast, case: Case, kind: str, days: int) -> Case:
    with scoping.whole_registry():
        rows = list(Row.objects.filter(case_id=case.pk, kind=kind).values_list("pk", flat=True))
    return decide(
        cast,
        case,
        "longhua_reviewer",
        Verdict.RETURN_ROWS,
        days=days,
        reason="data",
        note="请核对",
        rows=rows,
    )


def test_a_case_ends_on_the_day_on_which_its_last_row_was_given_back(cast: Cast) -> None:
    case = send(cast, hand_in(cast, [worker(1), worker(2)], [factory_row()]))

    case = give_back(cast, case, "members", 1)
    assert (case.state, case.row_count, case.settled_at) == (CaseState.WAITING, 1, None)
    case = give_back(cast, case, "unions", 2)

    assert (case.state, case.row_count, case.waiting_at_id) == (CaseState.RETURNED, 0, None)
    assert case.settled_at == NOW + timedelta(days=2)
