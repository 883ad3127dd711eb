from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from unionhall.accounts.choices import Role
from unionhall.foundation.records import BranchQuerySet, BranchRecord, Shown
from unionhall.unions.models import Union


class UserManager(BaseUserManager["User"]):
    """Finds a user by name of account; accounts are made by `actions.create`."""


class User(AbstractBaseUser):
    """One person's account. Accounts belong to one person each; what it may do, its grants say."""

    username = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=50)
    email = models.EmailField("邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须改密码", default=True)
    password_changed_at = models.DateTimeField("密码更改时间", null=True)
    created_at = models.DateTimeField("开通时间")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    personal: ClassVar[dict[str, Shown]] = {"name": Shown.SHOW, "email": Shown.PROTECT}
    objects = UserManager()

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class GrantQuerySet(BranchQuerySet["Grant"]):
    def valid_on(self, day: object) -> GrantQuerySet:
        """Grants in force on a day; the end is exclusive."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day)


class Grant(BranchRecord):
    """One role of one user over one branch, from a day to a day (exclusive)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name="账号")
    branch = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name="工会")
    role = models.CharField("角色", max_length=12, choices=Role.choices)
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "授权"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "branch", "role"],
                condition=Q(valid_until=None),
                name="grant_one_open_per_role",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="grant_spell"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.branch_id}"
