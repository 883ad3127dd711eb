from __future__ import annotations

from django.db import models
from django.db.models import Q

from unionhall.foundation.records import BranchQuerySet, BranchRecord
from unionhall.reviews.choices import CaseState, ReturnReason, Verdict
from unionhall.unions.models import Union


class CaseQuerySet(BranchQuerySet["Case"]):
    def waiting_at_branch(self, branch_id: int | None) -> CaseQuerySet:
        """Cases on which this very branch must decide now."""
        return self.filter(state=CaseState.WAITING, waiting_at=branch_id)


class Case(BranchRecord):
    """One submitted thing on its way up (办件). `path` is that of the union that submitted it."""

    number = models.CharField("受理号", max_length=24, unique=True)
    kind = models.CharField("事项", max_length=20)
    subject_id = models.BigIntegerField("对象编号")
    title = models.CharField("标题", max_length=200)
    union = models.ForeignKey(Union, models.PROTECT, related_name="cases", verbose_name="填报工会")
    state = models.CharField("状态", max_length=10, choices=CaseState.choices, default=CaseState.WAITING)
    position = models.PositiveSmallIntegerField("当前步骤", default=0)
    waiting_at = models.ForeignKey(
        Union, models.PROTECT, related_name="+", null=True, verbose_name="待审工会"
    )
    content_hash = models.BinaryField("内容摘要")
    row_count = models.PositiveIntegerField("行数", default=0)
    submitted_by_id = models.BigIntegerField("提交人编号")
    submitted_by_name = models.CharField("提交人", max_length=60)
    submitted_at = models.DateTimeField("提交时间")
    settled_at = models.DateTimeField("办结时间", null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办件"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CaseState.WAITING, waiting_at__isnull=False)
                | (~Q(state=CaseState.WAITING) & Q(waiting_at=None)),
                name="case_waits_somewhere_or_is_settled",
            )
        ]
        indexes = [
            models.Index(fields=["waiting_at", "submitted_at"], name="case_waiting"),
            models.Index(fields=["kind", "subject_id"], name="case_by_subject"),
            models.Index(fields=["path", "-submitted_at"], name="case_by_path"),
        ]

    def __str__(self) -> str:
        return self.number


class Step(BranchRecord):
    """One level of a case's chain, frozen at submission: who must decide, in which order."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", verbose_name="办件")
    position = models.PositiveSmallIntegerField("步骤")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name="审核工会")
    union_name = models.CharField("审核工会名称", max_length=200)

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审核步骤"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["case", "position"], name="step_one_per_position")]

    def __str__(self) -> str:
        return f"{self.case_id}.{self.position}"


class Decision(BranchRecord):
    """What one level decided on what it saw: the content hash is that of the rows shown."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions", verbose_name="办件")
    position = models.PositiveSmallIntegerField("步骤")
    union_name = models.CharField("审核工会", max_length=200)
    verdict = models.CharField("意见", max_length=12, choices=Verdict.choices)
    reason = models.CharField("退回原因", max_length=10, choices=ReturnReason.choices, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    row_count = models.PositiveIntegerField("行数", default=0)
    content_hash = models.BinaryField("内容摘要")
    decided_by_id = models.BigIntegerField("审核人编号")
    decided_by_name = models.CharField("审核人", max_length=60)
    decided_at = models.DateTimeField("审核时间")

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审核意见"
        ordering = ["decided_at", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.verdict}"
