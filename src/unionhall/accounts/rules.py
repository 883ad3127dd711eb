"""Which roles go together: pure questions."""

from __future__ import annotations

from collections.abc import Iterable

from unionhall.accounts.choices import Role
from unionhall.standards.refusal import Refusal

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})


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
