from __future__ import annotations

from django.db import models

from unionhall.foundation.records import BranchQuerySet, BranchRecord, Record, Shown


class Event(BranchRecord):
    """One remembered deed. Never changed, never deleted; no foreign key, so it outlives its subject."""

    sequence = models.BigIntegerField("序号", primary_key=True)
    kind = models.CharField("事项", max_length=60)
    subject_kind = models.CharField("对象类别", max_length=60, blank=True)
    subject_id = models.BigIntegerField("对象编号", null=True)
    actor_id = models.BigIntegerField("操作人编号")
    actor_name = models.CharField("操作人", max_length=60)
    actor_role = models.CharField("角色", max_length=60)
    branch_name = models.CharField("所在工会", max_length=200, blank=True)
    at = models.DateTimeField("时间")
    reason = models.CharField("事由", max_length=500, blank=True)
    details = models.JSONField("要点", default=dict)
    row_count = models.PositiveIntegerField("行数", default=0)
    rows_root = models.BinaryField("行摘要根", null=True)
    previous = models.BinaryField("前一摘要")
    digest = models.BinaryField("本条摘要")

    personal = {"actor_name": Shown.SHOW}
    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-sequence"], name="audit_by_subject"),
            models.Index(fields=["path", "-sequence"], name="audit_by_path"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind}"


class Head(Record):
    """The end of the chain: one row, locked while a deed is appended."""

    sequence = models.BigIntegerField("末条序号")
    digest = models.BinaryField("末条摘要")

    class Meta:
        verbose_name = verbose_name_plural = "审计链尾"

    def __str__(self) -> str:
        return str(self.sequence)
