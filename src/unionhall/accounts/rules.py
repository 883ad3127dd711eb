"""Which roles go together, and what may be done to whose account or grant: pure questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from unionhall.accounts.choices import Role
from unionhall.standards.refusal import Refusal

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
# Those whose powers the one who opens accounts must not come by.
GUARDED = ADMINISTRATORS - {Role.SYSTEM_ADMINISTRATOR}
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """What decides on a deed done to an account: `own` the actor's, `elsewhere` it also acts outside the scope.

    `guarded`: it holds a power that the actor is kept apart from.
    """

    own: bool = False
    elsewhere: bool = False
    active: bool = True
    guarded: bool = False
    second_factor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFacts:
    """A grant from a day to a day (exclusive), and whether it is the actor's own."""

    valid_from: date
    valid_until: date | None = None
    own: bool = False


def reasons_not_to_grant(role: str, *, held: Iterable[str]) -> tuple[Refusal, ...]:
    """Return why a person who holds some roles may not be given another.

    System, security and audit administration are three persons, none of whom does union business
    (GB/T 22239-2019, 8.1.4.2 and 8.1.5).
    """
    others = {Role(name) for name in held} - {Role(role)}
    if others and (role in ADMINISTRATORS or others & ADMINISTRATORS):
        message = "系统管理员、安全管理员、审计管理员须由不同的人担任，且不能兼任业务角色，请另选一人。"
        return (Refusal("accounts.separation", message, "role"),)
    return ()


def reasons_to_keep_off(facts: AccountFacts) -> tuple[Refusal, ...]:
    """Return why an account is not the actor's to deal with: his own, or one that also acts outside his scope."""
    if facts.own:
        return (Refusal("accounts.own_account", "不能对自己的账号办理，请由其他系统管理员办理。"),)
    if facts.elsewhere:
        message = "该账号不完全在您的管理范围内，请由上级工会的系统管理员办理。"
        return (Refusal("accounts.elsewhere", message),)
    return ()


def reasons_not_to_reset_password(facts: AccountFacts) -> tuple[Refusal, ...]:
    """Return why the password of an account may not be set anew.

    Whoever opens accounts alone does not come by the powers of security and audit administration that way
    (GB/T 22239-2019, 8.1.4.2).
    """
    return (*reasons_to_keep_off(facts), *_reasons_against_taking_over(facts))


def reasons_not_to_reset_second_factor(facts: AccountFacts) -> tuple[Refusal, ...]:
    """Return why the second factor of an account may not be removed."""
    reasons = reasons_not_to_reset_password(facts)
    if reasons or facts.second_factor:
        return reasons
    return (Refusal("accounts.no_second_factor", "该账号没有启用动态口令，无须重置。"),)


def reasons_not_to_disable(facts: AccountFacts, *, reason: str) -> tuple[Refusal, ...]:
    """Return why an account may not be disabled for a reason of at most 200 characters."""
    refusals = list(reasons_to_keep_off(facts))
    if not facts.active:
        refusals.append(Refusal("accounts.disabled", "该账号已经停用。"))
    if not reason.strip():
        refusals.append(Refusal("accounts.no_reason", "请写明停用原因。", "reason"))
    if len(reason) > LONGEST_REASON:
        message = f"停用原因不能超过{LONGEST_REASON}个字，请缩短。"
        refusals.append(Refusal("accounts.long_reason", message, "reason"))
    return tuple(refusals)


def reasons_not_to_enable(facts: AccountFacts) -> tuple[Refusal, ...]:
    """Return why an account may not be enabled again."""
    reasons = reasons_to_keep_off(facts)
    return (*reasons, Refusal("accounts.enabled", "该账号没有停用，无须启用。")) if facts.active else reasons


def earliest_end(valid_from: date, *, today: date) -> date:
    """Return the first day on which a grant may be over: what has been in force is not undone."""
    return max(today, valid_from + timedelta(days=1))


def has_ended(valid_until: date | None, *, today: date) -> bool:
    """Say whether a grant is over on a day; ends are exclusive."""
    return valid_until is not None and valid_until <= today


def reasons_not_to_end(facts: GrantFacts, *, on: date, today: date) -> tuple[Refusal, ...]:
    """Return why a grant may not be over from a day on.

    A grant that began today is in force today: it is over tomorrow at the earliest, and the account is
    disabled where that is too late. A grant that has an end is only ever shortened.
    """
    if facts.own:
        return (Refusal("accounts.own_grant", "不能结束自己的授权，请由其他安全管理员办理。"),)
    if has_ended(facts.valid_until, today=today):
        return (Refusal("accounts.grant_over", f"该授权已于{facts.valid_until}结束。"),)
    earliest = earliest_end(facts.valid_from, today=today)
    if facts.valid_until is not None and on >= facts.valid_until:
        message = f"该授权本来就到{facts.valid_until}结束，只能改早；要延长，请到期后重新授权。"
        return (Refusal("accounts.not_sooner", message, "on"),)
    if on >= earliest:
        return ()
    if earliest > today:
        message = f"该授权今天才生效，最早到{earliest}结束；须立即停止使用的，请系统管理员停用账号。"
        return (Refusal("accounts.began_today", message, "on"),)
    return (Refusal("accounts.end_past", f"授权不能倒签结束，最早到今天（{today}）结束。", "on"),)


def _reasons_against_taking_over(facts: AccountFacts) -> tuple[Refusal, ...]:
    refusals: list[Refusal] = []
    if not facts.active:
        refusals.append(Refusal("accounts.disabled", "该账号已停用，请先启用。"))
    if facts.guarded:
        message = "安全管理员、审计管理员的密码和动态口令不由系统管理员重置，请运维人员在服务器上办理。"
        refusals.append(Refusal("accounts.guarded", message))
    return tuple(refusals)
