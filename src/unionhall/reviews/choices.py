"""Closed sets of review."""

from django.db import models


class CaseState(models.TextChoices):
    WAITING = "waiting", "审核中"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已通过"


class Verdict(models.TextChoices):
    APPROVE = "approve", "同意"
    RETURN = "return", "退回"
    RETURN_ROWS = "return_rows", "退回部分"


class ReturnReason(models.TextChoices):
    WRONG_DATA = "data", "信息有误"
    NOT_PROVEN = "proof", "证明材料不足"
    NOT_HERE = "place", "不属于本工会管辖"
    DUPLICATE = "duplicate", "重复填报"
    NOT_MEMBER = "member", "不符合入会条件"
    OTHER = "other", "其他（请说明）"
