from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from unionhall.foundation.records import BranchQuerySet, BranchRecord, Record, Shown
from unionhall.members.models import Person
from unionhall.unions.models import Union


class Policy(Record):
    """One rate of subsidy per approved member, from a day to a day (exclusive), with its source."""

    name = models.CharField("名称", max_length=100)
    rate_fen = models.PositiveIntegerField("每名会员（分）")
    basis = models.CharField("依据", max_length=200)
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "补助标准"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="policy_spell"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Entitlement(BranchRecord):
    """One member counted once in a life under one policy, frozen at the first approval.

    `path` is that of the reporting union which is owed the money.
    """

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="entitlements", verbose_name="补助标准")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    reporting_union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name="报送单位")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name="所在工会")
    amount_fen = models.PositiveIntegerField("金额（分）")
    approved_on = models.DateField("审核通过日期")
    case_id = models.BigIntegerField("办件")

    personal = {"person": Shown.MASK}
    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "补助计数"
        constraints = [
            models.UniqueConstraint(fields=["policy", "person"], name="entitlement_once_in_a_life"),
        ]
        indexes = [models.Index(fields=["reporting_union", "approved_on"], name="entitlement_by_reporting")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.amount_fen}"
