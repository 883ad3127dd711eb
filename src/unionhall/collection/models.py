from __future__ import annotations

from django.db import models

from unionhall.collection.choices import BatchState, RowState, Severity
from unionhall.collection.sheets.columns import SheetKind
from unionhall.foundation.records import BranchQuerySet, BranchRecord, Shown
from unionhall.unions.models import Employer, Union


class Batch(BranchRecord):
    """One delivery of sheets for one union: the union sheet and the member sheet together (同步性)."""

    union = models.ForeignKey(Union, models.PROTECT, related_name="batches", verbose_name="填报工会")
    state = models.CharField("状态", max_length=10, choices=BatchState.choices, default=BatchState.RECEIVED)
    problem = models.CharField("无法读取的原因", max_length=500, blank=True)
    progress = models.PositiveSmallIntegerField("核对进度（百分比）", default=0)
    received_at = models.DateTimeField("收到时间")
    received_by_id = models.BigIntegerField("填报人编号")
    received_by_name = models.CharField("填报人", max_length=60)

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "批次"
        indexes = [models.Index(fields=["path", "-received_at"], name="batch_by_path")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Source(BranchRecord):
    """One file of a batch exactly as it was sent, sealed."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="sources", verbose_name="批次")
    file_name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("字节数")
    digest = models.BinaryField("SHA-256")
    content_sealed = models.BinaryField("内容（密）")

    personal = {"content_sealed": Shown.PROTECT}
    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "原始文件"
        indexes = [models.Index(fields=["path", "digest"], name="source_by_digest")]

    def __str__(self) -> str:
        return self.file_name


class RowQuerySet(BranchQuerySet["Row"]):
    def open(self) -> RowQuerySet:
        """Rows still in the hands of the union: not yet on their way, not entered, not taken out."""
        return self.filter(state__in=[RowState.JUDGED, RowState.RETURNED])

    def faultless(self) -> RowQuerySet:
        return self.filter(error_count=0)


class Row(BranchRecord):
    """One row of a sheet: what was typed (`cells`), what it means (`facts`), and how far it has come.

    Numbers and phones are not in the two JSON columns but sealed beside them.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="rows", verbose_name="批次")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="文件")
    kind = models.CharField(
        "表别", max_length=8, choices=[(kind.value, kind.form_title) for kind in SheetKind]
    )
    sheet = models.CharField("工作表", max_length=100)
    number = models.PositiveIntegerField("行号")
    label = models.CharField("名称", max_length=200)
    cells = models.JSONField("填写内容", default=dict)
    facts = models.JSONField("核对结果", default=dict)
    sealed = models.BinaryField("填写内容（密）")
    identity_sealed = models.BinaryField("证件号码（密）", null=True)
    identity_index = models.BinaryField("证件号码检索", null=True)
    phone_sealed = models.BinaryField("电话（密）", null=True)
    phone_index = models.BinaryField("电话检索", null=True)
    state = models.CharField("状态", max_length=10, choices=RowState.choices, default=RowState.JUDGED)
    error_count = models.PositiveSmallIntegerField("错误", default=0)
    warning_count = models.PositiveSmallIntegerField("警告", default=0)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", null=True, verbose_name="对应工会")
    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="+", null=True, verbose_name="对应单位"
    )
    case_id = models.BigIntegerField("办件", null=True)
    returned_why = models.CharField("退回原因", max_length=500, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    changed_by_id = models.BigIntegerField("更正人编号", null=True)
    content_hash = models.BinaryField("内容摘要")

    personal = {
        "label": Shown.SHOW,
        "cells": Shown.SHOW,
        "facts": Shown.SHOW,
        "sealed": Shown.PROTECT,
        "identity_sealed": Shown.PROTECT,
        "identity_index": Shown.PROTECT,
        "phone_sealed": Shown.PROTECT,
        "phone_index": Shown.PROTECT,
    }
    objects = RowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "采集行"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "sheet", "number"], name="row_one_per_place"),
        ]
        indexes = [
            models.Index(fields=["batch", "kind", "number"], name="row_by_batch"),
            models.Index(fields=["case_id"], name="row_by_case"),
            models.Index(fields=["path", "state"], name="row_by_path_state"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.number}"


class Finding(BranchRecord):
    """One thing found in one cell, said so that the person who typed it can mend it."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="findings", verbose_name="批次")
    row = models.ForeignKey(Row, models.PROTECT, related_name="findings", null=True, verbose_name="行")
    key = models.CharField("列名", max_length=40)
    column = models.CharField("列", max_length=60)
    code = models.CharField("规则", max_length=60)
    severity = models.CharField("程度", max_length=8, choices=Severity.choices)
    message = models.CharField("问题", max_length=500)
    suggestion = models.CharField("建议", max_length=200, blank=True)
    from_registry = models.BooleanField("与库比对所得", default=False)

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "问题"
        indexes = [
            models.Index(fields=["row"], name="finding_by_row"),
            models.Index(fields=["batch", "severity", "code"], name="finding_by_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.row_id}"
