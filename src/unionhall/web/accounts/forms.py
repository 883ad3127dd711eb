"""Opening an account, giving a grant, ending it, shutting an account out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from unionhall.accounts.choices import Role
from unionhall.accounts.rules import LONGEST_REASON
from unionhall.foundation.actor import Scope
from unionhall.web.days import DayInput
from unionhall.web.unions import choosing

if TYPE_CHECKING:
    from unionhall.unions.models import Union

WAITING, DISABLED = "waiting", "disabled"
STATES = [("", "已授权"), (WAITING, "等待授权"), (DISABLED, "已停用")]


class ListForm(forms.Form):
    q = forms.CharField(label="账号或姓名", required=False, max_length=50)
    role = forms.ChoiceField(label="角色", required=False, choices=[("", "全部"), *Role.choices])
    state = forms.ChoiceField(label="状态", required=False, choices=STATES)


class AccountForm(forms.Form):
    username = forms.CharField(
        label="账号",
        min_length=3,
        max_length=40,
        validators=[
            RegexValidator(r"^[a-z][a-z0-9_.-]*\Z", "账号以小写字母开头，只用小写字母、数字、点、横线。")
        ],
        help_text="登录时使用，建议用姓名拼音，例如 lin.shifan；一人一号，不得共用。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = forms.CharField(label="姓名", max_length=50, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class GrantForm(forms.Form):
    role = forms.ChoiceField(label="角色", choices=[("", "请选择"), *Role.choices])
    branch = forms.CharField(
        label="工会",
        max_length=200,
        help_text="填写工会全称或统一社会信用代码；授权范围包括它的全部下级工会。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "branches"}),
    )
    valid_until = forms.DateField(
        label="有效期至（不含当日）", required=False, widget=DayInput, help_text="不填为长期有效。"
    )

    def __init__(self, *args: Any, scope: Scope, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self._scope, self._today = scope, today

    def clean_branch(self) -> Union:
        """Return the one union of the scope that is meant, or say which ones might be."""
        return choosing.one_union(self._scope, self.cleaned_data["branch"])

    def clean_valid_until(self) -> date | None:
        """Refuse a grant that ends before it begins."""
        until: date | None = self.cleaned_data["valid_until"]
        if until is not None and until <= self._today:
            raise ValidationError("有效期须晚于今天。")
        return until


class DisableForm(forms.Form):
    reason = forms.CharField(
        label="停用原因",
        max_length=LONGEST_REASON,
        help_text="例如：已调离本单位。原因会留在审计记录里。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class EndForm(forms.Form):
    on = forms.DateField(label="从哪一天起不再有效", widget=DayInput)
