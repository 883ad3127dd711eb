"""A page set that shows every piece of the interface with made-up data: a root of addresses for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path

from unionhall.collection.choices import BatchState, RowState
from unionhall.foundation.actor import Actor, Scope
from unionhall.foundation.capabilities import Capability
from unionhall.members.choices import MembershipState
from unionhall.reviews.choices import CaseState, ReturnReason
from unionhall.ui.paging import KeysetPage, NumberedPage
from unionhall.unions.choices import UnionStatus

OFFICER = Actor(
    user_id=7,
    name="符海燕",
    role="审核员",
    branch_id=3,
    branch_name="海口市龙华区总工会",
    branch_path="0103",
    scope=Scope.of_branch("0103"),
    capabilities=frozenset(Capability),
)
CHOICES = [
    SimpleNamespace(id=1, branch_name="海口市龙华区总工会", role_label="审核员", current=True),
    SimpleNamespace(id=2, branch_name="海口市龙华区金贸街道总工会", role_label="填报员", current=False),
]
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 5)


@dataclass(frozen=True)
class Node:
    name: str
    url: str = "#"
    note: str = ""
    count: int | None = None
    children: tuple[Node, ...] = ()
    lazy_url: str = ""
    is_open: bool = False
    is_current: bool = False


@dataclass(frozen=True)
class Step:
    name: str
    state: str
    by: str = ""
    at: datetime | None = None
    waiting: timedelta | None = None


@dataclass(frozen=True)
class Part:
    label: str
    count: int
    tone: str
    url: str = ""


@dataclass(frozen=True)
class Finding:
    row: int
    column: str
    severity: str
    message: str
    suggestion: str = ""
    sheet: str = "会员信息"


@dataclass(frozen=True)
class Entry:
    title: str
    at: datetime
    tone: str = "quiet"
    icon: str = "circle-dashed"
    text: str = ""
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class Action:
    label: str
    value: str
    tone: str = ""
    icon: str = ""
    hotkey: str = ""
    confirm: str = ""
    form_action: str = ""


@dataclass(frozen=True)
class Member:
    name: str
    document: str
    phone: str
    union: str
    joined_on: date
    state: MembershipState
    pk: int = field(default=1)


class FilterForm(forms.Form):
    """What a list may be narrowed by."""

    q = forms.CharField(label="姓名", required=False)
    state = forms.ChoiceField(
        label="会籍状态", required=False, choices=[("", "全部"), *MembershipState.choices]
    )
    joined = forms.DateField(
        label="入会起始日", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class ReturnForm(forms.Form):
    """Every kind of field, with help and errors."""

    reason = forms.ChoiceField(label="退回原因", choices=[("", "请选择"), *ReturnReason.choices])
    text = forms.CharField(
        label="说明", max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text="对方会看到这段话。"
    )
    mobile = forms.CharField(label="手机号码", widget=forms.TextInput(attrs={"inputmode": "tel"}))
    sex = forms.ChoiceField(label="性别", choices=[("1", "男"), ("2", "女")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="本人已核对以上信息", required=False)
    file = forms.FileField(label="采集表", required=False)


MEMBERS = [
    Member(
        "陈小玲",
        "460199********0028",
        "13800000001",
        "海口红星机械厂工会",
        date(2019, 2, 13),
        MembershipState.ACTIVE,
        1,
    ),
    Member(
        "吴坤雄",
        "460199********0511",
        "13800000002",
        "海口红星机械厂工会",
        date(2021, 7, 1),
        MembershipState.TRANSFERRING,
        2,
    ),
    Member(
        "王秋菊",
        "460199********2246",
        "13800000003",
        "金贸街道联合工会",
        date(2020, 11, 30),
        MembershipState.RETAINED,
        3,
    ),
    Member(
        "林道明",
        "460199********1734",
        "13800000004",
        "金贸街道联合工会",
        date(2024, 5, 6),
        MembershipState.EXPELLED,
        4,
    ),
]
TREE = (
    Node(
        "海口市总工会",
        note="市级",
        count=182340,
        is_open=True,
        children=(
            Node(
                "龙华区总工会",
                note="区级",
                count=40217,
                is_current=True,
                is_open=True,
                children=(
                    Node("金贸街道总工会", note="镇街级", count=3214, lazy_url="/tree-below"),
                    Node("海口红星机械厂工会", note="基层", count=412),
                ),
            ),
            Node("美兰区总工会", note="区级", count=38110, lazy_url="/tree-below"),
            Node("海口国家高新技术产业开发区工业园区工会联合会", note="园区", count=12088),
        ),
    ),
)
FINDINGS = [
    Finding(7, "证件号码", "error", "第18位校验码应为「X」，请对照证件核对号码。", "46019919900101001X"),
    Finding(9, "民族", "warning", "「僳僳族」不在民族代码表中，请从下拉列表选择。", "傈僳族"),
    Finding(12, "手机号码", "info", "号码与第 11 行相同，请确认不是误填。"),
]
EVENTS = [
    Entry("恢复会籍", datetime(2025, 3, 1, 9, 5), "ok", "circle-check", by="海口市龙华区总工会 符海燕"),
    Entry(
        "保留会籍",
        datetime(2024, 6, 30, 15, 20),
        "gold",
        "archive",
        reason="下岗待业",
        by="海口红星机械厂工会 何志强",
    ),
    Entry("入会", datetime(2019, 2, 13, 10, 0), "ok", "user-plus", text="由「海口红星机械厂工会」接收。"),
]
STEPS = [
    Step("海口红星机械厂工会 填报", "done", "何志强", datetime(2026, 2, 26, 9, 12), timedelta(minutes=42)),
    Step("金贸街道总工会 审核", "done", "周丽萍", datetime(2026, 2, 27, 16, 3), timedelta(days=1, hours=6)),
    Step("龙华区总工会 审核", "now", "", None, timedelta(days=2, hours=17)),
    Step("海口市总工会 审核", "todo"),
]
PARTS = [
    Part("已通过", 2010, "ok", "#"),
    Part("审核中", 730, "wait", "#"),
    Part("已退回", 64, "stop", "#"),
    Part("未采集", 410, "quiet", "#"),
]
ACTIONS = [
    Action("退回所选", "return", "stop", "arrow-back-up", "r"),
    Action("同意所选", "approve", "primary", "check", "a", "同意后，这些会员进入下一级审核，不能撤回。"),
]


def dressed(request: HttpRequest) -> HttpRequest:
    """Give the request its actor, as the middleware does."""
    request.actor = OFFICER  # type: ignore[attr-defined]
    request.acting_choices = CHOICES  # type: ignore[attr-defined]
    return request


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every piece."""
    dressed(request)
    messages.success(request, "批次已提交，等待金贸街道总工会审核。")
    messages.error(request, "有 2 行没有提交：证件号码与在会会员重复。")
    form = ReturnForm({"mobile": "1380000", "text": "证件号码与身份证不一致。"})
    form.add_error("mobile", "手机号码应为11位数字，请补全。")
    context: dict[str, Any] = {
        "filter_form": FilterForm(request.GET),
        "form": form,
        "drop_form": ReturnForm(),
        "members": MEMBERS,
        "tree": TREE,
        "findings": FINDINGS,
        "events": EVENTS,
        "steps": STEPS,
        "parts": PARTS,
        "actions": ACTIONS,
        "keyset": KeysetPage(items=MEMBERS, total=3214, next_cursor="n", previous_cursor="p"),
        "numbered": NumberedPage(items=MEMBERS, total=128, number=2, pages=3),
        "families": [
            ("membership", MembershipState.choices),
            ("union", UnionStatus.choices),
            ("case", CaseState.choices),
            ("row", RowState.choices),
            ("batch", BatchState.choices),
            ("severity", [("error", "错误"), ("warning", "警告"), ("info", "提示")]),
        ],
        "today": TODAY,
        "now": NOW,
        "waiting": timedelta(days=3, hours=4),
        "fen": 1234500,
    }
    return render(request, "gallery/pieces.html", context)


def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in page with its form."""
    data = {"login": "longhua"} if "bad" in request.GET else None
    form = LoginForm(data, request=request)
    if data:
        form.add_error(None, "账号或密码不正确，请重新输入。")
    return render(request, "account/login.html", {"form": form})


def page(request: HttpRequest, template: str) -> HttpResponse:
    """Show any template of the house; the query string says whether somebody is signed in."""
    if "known" in request.GET:
        dressed(request)
    code = forms.CharField(label="口令")
    form = type("CodeForm", (forms.Form,), {"code": code})()
    form.secret = "JBSWY3DPEHPK3PXPJBSWY3DP"
    context = {
        "form": form,
        "unused_codes": [f"{number:08d}" for number in range(10401, 10411)],
        "total_count": 10,
        "can_view_codes": True,
        "can_download_codes": True,
        "can_generate_codes": True,
        "session_count": 2,
        "is_mfa_enabled": True,
        "authenticators": {"totp": True},
        "sessions": [
            SimpleNamespace(
                ip="10.1.2.3", user_agent=agent, created_at=NOW, last_seen_at=NOW, is_current=not index
            )
            for index, agent in enumerate(
                [
                    "Mozilla/5.0 (Windows NT 10.0) Chrome/86.0 QIHU 360SE",
                    "Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0",
                ]
            )
        ],
    }
    return render(request, template, context)


def blank(request: HttpRequest) -> HttpResponse:
    """Stand for a page that is not under test."""
    return render(dressed(request), "gallery/blank.html")


def broken(request: HttpRequest) -> HttpResponse:
    """Fail."""
    raise RuntimeError("broken on purpose")


NAMES = (
    "union-tree",
    "member-roll",
    "batch-list",
    "review-queue",
    "progress",
    "settlement",
    "account-list",
    "audit-trail",
    "acting-switch",
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("", blank, name="workbench"),
    path("gallery", gallery, name="member-page"),
    path("sign-in", sign_in),
    path("broken", broken),
    path("page/<path:template>", page),
    *(path(name, blank, name=name) for name in NAMES),
    path("account/", include("allauth.urls")),
]
