"""The roles a person may hold over a branch."""

from django.db import models


class Role(models.TextChoices):
    CLERK = "clerk", "填报员"
    REVIEWER = "reviewer", "审核员"
    FINANCE = "finance", "财务人员"
    SUPERVISOR = "supervisor", "督导员"
    SYSTEM_ADMINISTRATOR = "system", "系统管理员"
    SECURITY_ADMINISTRATOR = "security", "安全管理员"
    AUDIT_ADMINISTRATOR = "audit", "审计管理员"
