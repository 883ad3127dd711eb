"""Closed sets of collection."""

from django.db import models


class BatchState(models.TextChoices):
    RECEIVED = "received", "正在核对"
    UNREADABLE = "unreadable", "无法读取"
    JUDGED = "judged", "已核对"


class RowState(models.TextChoices):
    JUDGED = "judged", "待提交"
    SUBMITTED = "submitted", "审核中"
    RETURNED = "returned", "已退回"
    ENTERED = "entered", "已入库"
    KNOWN = "known", "已在册"
    TRANSFER = "transfer", "待办接转"
    REMOVED = "removed", "已移除"


class Severity(models.TextChoices):
    ERROR = "error", "错误"
    WARNING = "warning", "警告"
    INFO = "info", "提示"
