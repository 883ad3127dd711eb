"""Looking through the roll; a reason for opening a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from unionhall.foundation.actor import Scope
from unionhall.members.choices import HELD, Sex
from unionhall.web.members import sought
from unionhall.web.unions import choosing

if TYPE_CHECKING:
    from unionhall.unions.models import Union

YES_NO = [("", "全部"), ("yes", "是"), ("no", "否")]


class RollForm(forms.Form):
    """Posted and answered with an address: a number that is looked for never stands in it."""

    q = forms.CharField(
        label="姓名、证件号码或手机号",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    branch = forms.CharField(
        label="所在工会（含下级）",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "branches"}),
    )
    state = forms.ChoiceField(
        label="会籍状态",
        required=False,
        choices=[("", "全部"), *((state.value, state.label) for state in HELD)],
    )
    sex = forms.ChoiceField(
        label="性别",
        required=False,
        choices=[("", "全部"), *((sex.value, sex.label) for sex in (Sex.MALE, Sex.FEMALE))],
    )
    migrant = forms.ChoiceField(label="农民工会员", required=False, choices=YES_NO)
    employer = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        self._scope = scope

    def clean_branch(self) -> Union | None:
        """Return the one union that is meant."""
        text = self.cleaned_data["branch"]
        return choosing.one_union(self._scope, text) if text else None

    def seeks_number(self) -> bool:
        """Say whether a number is looked for that was not looked for before."""
        return sought.is_number(self.cleaned_data["q"])

    def asked(self) -> dict[str, str]:
        """Return what stands in the address: only what was asked for, a number sealed."""
        given = self.cleaned_data
        asked = {name: str(given[name] or "") for name in ("q", "state", "sex", "migrant", "employer", "key")}
        asked["union"] = str(given["branch"].pk) if given["branch"] else ""
        if given["q"]:
            asked["key"] = sought.sealed(given["q"]) if self.seeks_number() else ""
            asked["q"] = "" if self.seeks_number() else given["q"]
        return {name: value for name, value in asked.items() if value}


class RevealForm(forms.Form):
    reason = forms.CharField(
        label="查看事由",
        error_messages={"required": "查看完整证件号码须写明事由。"},
        max_length=200,
        help_text="不少于4个字，例如：核对入会申请表。查看人、时间和事由会留下记录。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
