"""Remembered deeds in the reader's words: one literal table, and how an event looks in a timeline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from unionhall.accounts.choices import Role
from unionhall.collection.sheets.columns import MEMBER_SHEET, UNION_SHEET
from unionhall.ui.writing import write_yuan

if TYPE_CHECKING:
    from unionhall.audit.models import Event


@dataclass(frozen=True, slots=True)
class Deed:
    """How a kind of deed is called and looks."""

    label: str
    icon: str
    tone: str = "quiet"


KINDS = {
    "unions.established": Deed("登记工会", "sitemap", "ok"),
    "unions.amended": Deed("更新工会信息", "edit", "note"),
    "unions.employer_covered": Deed("登记覆盖单位", "building-factory-2", "ok"),
    "members.admitted": Deed("会员入库", "user-plus", "ok"),
    "members.identity_revealed": Deed("查看完整证件号码", "eye", "wait"),
    "members.exported": Deed("导出会员名册", "download", "wait"),
    "collection.received": Deed("收到采集表", "upload", "note"),
    "collection.judged": Deed("核对采集表", "clipboard-check", "note"),
    "collection.unreadable": Deed("采集表无法读取", "file-x", "stop"),
    "collection.row_corrected": Deed("更正采集行", "pencil", "note"),
    "collection.row_removed": Deed("移除采集行", "trash", "quiet"),
    "collection.row_transfer": Deed("采集行转办接转", "arrows-exchange", "gold"),
    "collection.row_judged": Deed("恢复采集行", "refresh", "note"),
    "collection.submitted": Deed("提交采集行", "send", "note"),
    "collection.workbook_returned": Deed("下载批注后的采集表", "download", "wait"),
    "collection.entered": Deed("采集入库", "circle-check", "ok"),
    "reviews.submitted": Deed("提交审核", "send", "note"),
    "reviews.approve": Deed("审核同意", "check", "ok"),
    "reviews.return": Deed("审核退回", "arrow-back-up", "stop"),
    "reviews.return_rows": Deed("审核退回部分", "arrow-back-up", "wait"),
    "subsidies.counted": Deed("计入补助", "coin", "gold"),
    "accounts.created": Deed("开通账号", "user-plus", "ok"),
    "accounts.granted": Deed("授权", "user-shield", "ok"),
    "accounts.grant_ended": Deed("结束授权", "user-minus", "wait"),
    "accounts.password_reset": Deed("重置密码", "key", "wait"),
    "accounts.second_factor_reset": Deed("重置动态口令", "shield-off", "wait"),
    "accounts.disabled": Deed("停用账号", "user-off", "stop"),
    "accounts.enabled": Deed("启用账号", "user-check", "ok"),
    "accounts.password_changed": Deed("修改密码", "key", "note"),
    "accounts.signed_in": Deed("登录", "login", "quiet"),
    "accounts.sign_in_refused": Deed("登录失败", "ban", "stop"),
}

SUBJECTS = {
    "unions.union": "工会",
    "unions.employer": "单位",
    "members.person": "人员",
    "members.membership": "会籍",
    "collection.batch": "批次",
    "reviews.case": "办件",
    "subsidies.policy": "补助标准",
    "accounts.user": "账号",
    "accounts.grant": "授权",
}

DETAILS = {
    "rows": "行数",
    "row": "行编号",
    "columns": "更正的列",
    "case": "办件编号",
    "members": "会员数",
    "rate_fen": "每人（元）",
    "username": "账号",
    "role": "角色",
    "user": "账号编号",
    "valid_until": "止日（不含）",
    "filter": "筛选条件",
    "source": "文件编号",
    "step": "步骤",
    "content": "内容摘要",
}
HEADERS: dict[object, str] = {column.key: column.header for column in (*UNION_SHEET, *MEMBER_SHEET)}
DIGEST_SHOWN = 12


def deed_of(kind: str) -> Deed:
    """Return how a kind is called; one without a name stands for itself."""
    return KINDS.get(kind, Deed(kind, "history"))


def timeline(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return events as `partials/timeline.html` shows them."""
    return [_entry(event) for event in events]


def role_of(event: Event) -> str:
    """Return the role somebody acted in; jobs and commands act as the system itself."""
    return "系统自动" if event.actor_role == "system" else event.actor_role


def details_of(event: Event) -> str:
    """Return the figures of an event in words."""
    parts = [f"{DETAILS.get(key, key)}：{_value(key, value)}" for key, value in event.details.items()]
    return "；".join(parts)


def _entry(event: Event) -> dict[str, Any]:
    deed = deed_of(event.kind)
    return {
        "title": deed.label,
        "icon": deed.icon,
        "tone": deed.tone,
        "at": event.at,
        "text": details_of(event),
        "reason": event.reason,
        "by": " · ".join(filter(None, (event.actor_name, role_of(event), event.branch_name))),
    }


def _value(key: str, value: object) -> str:
    if key == "columns" and isinstance(value, list):
        return "、".join(str(HEADERS.get(name, name)) for name in value)
    if key == "role" and value in Role.values:
        return str(Role(value).label)
    if key == "rate_fen" and isinstance(value, int):
        return write_yuan(value)
    if key == "step" and isinstance(value, int):
        return f"第{value + 1}级"
    return str(value)[:DIGEST_SHOWN] if key == "content" else str(value)
