"""Refusals are values; Refused carries all of them."""

import pytest

from unionhall.standards.refusal import Refusal, Refused


def test_refused_carries_every_reason_in_order() -> None:
    first = Refusal("resident_id.check", "校验码不符。", "document_number")
    second = Refusal("dates.impossible", "没有这一天。", suggestion="1999/2/28")

    refused = Refused(first, second)

    assert refused.refusals == (first, second)
    assert refused.codes == ("resident_id.check", "dates.impossible")
    assert str(refused) == "校验码不符。没有这一天。"


def test_refused_without_a_reason_is_a_bug() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Refused()
