"""Forms that read with parsers and show refusals."""

from __future__ import annotations

from django import forms

from unionhall.standards.refusal import Refusal, Refused
from unionhall.ui.fields import ParsedField, add_refusals


def parse_even(text: str) -> int:
    if not text.isdecimal():
        raise Refused(Refusal("even.digits", "只能填数字。"))
    if int(text) % 2:
        raise Refused(
            Refusal("even.odd", "应为偶数。", suggestion=str(int(text) + 1)), Refusal("even.luck", "不吉利。")
        )
    return int(text)


class Form(forms.Form):
    number = ParsedField("号码", parse_even)
    spare = ParsedField("备用号码", parse_even, required=False)


def test_text_becomes_a_value() -> None:
    form = Form({"number": " 12 ", "spare": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"number": 12, "spare": None}


def test_every_reason_stands_at_the_field() -> None:
    form = Form({"number": "7"})
    assert form.errors == {"number": ["应为偶数。建议：8", "不吉利。"]}


def test_refusals_of_an_action_find_their_field_or_stand_above() -> None:
    form = Form({"number": "2"})
    assert form.is_valid()
    add_refusals(
        form, Refused(Refusal("a", "号码已被占用。", "number"), Refusal("b", "今日不办理。", "elsewhere"))
    )
    assert form.errors == {"number": ["号码已被占用。"], "__all__": ["今日不办理。"]}
