"""Closed sets of membership; values are those of the code tables."""

from django.db import models


class MembershipState(models.TextChoices):
    ACTIVE = "1", "在会"
    PREPARATORY = "2", "预备会员"
    TRANSFERRING = "3", "接转中"
    RETAINED = "4", "保留会籍"
    UNPLACED = "5", "待接转"
    WITHDRAWN = "6", "已退会"
    EXPELLED = "7", "已除名"
    CLOSED = "8", "已注销"


# Held: the person belongs somewhere and may not join a second union. Counted: stands in the figures.
HELD = (
    MembershipState.ACTIVE,
    MembershipState.PREPARATORY,
    MembershipState.TRANSFERRING,
    MembershipState.RETAINED,
    MembershipState.UNPLACED,
)
COUNTED = (MembershipState.ACTIVE, MembershipState.TRANSFERRING)


class EventKind(models.TextChoices):
    ADMITTED = "1", "入会"
    TRANSFERRED_IN = "2", "转入"
    RETAINED = "3", "保留"
    TRANSFERRED_OUT = "4", "转出"
    EXPELLED = "5", "除名"
    WITHDRAWN = "6", "退会"


class Sex(models.TextChoices):
    UNKNOWN = "0", "未知"
    MALE = "1", "男"
    FEMALE = "2", "女"
    UNSPECIFIED = "9", "未说明"
