"""Closed sets of the tree of unions; values are those of the code tables."""

from django.db import models


class UnionKind(models.TextChoices):
    SINGLE = "01", "单独基层工会"
    JOINT = "02", "联合基层工会"
    UNION_FEDERATION = "03", "工会联合会"
    INDUSTRIAL = "04", "产业（系统）工会"
    FEDERATION = "05", "总工会"
    TOWN = "06", "乡镇（街道）工会"
    VILLAGE = "07", "村（社区）工会"
    PARK = "08", "开发区（工业园区）工会"
    BRANCH_UNION = "11", "分工会"
    UNION_GROUP = "12", "工会小组"
    FARM = "13", "农场工会"
    OTHER = "99", "其他"


class UnionLevel(models.IntegerChoices):
    NATION = 0, "全国"
    PROVINCE = 1, "省级"
    CITY = 2, "市级"
    DISTRICT = 3, "区（园区、产业）级"
    TOWN = 4, "镇（街道）级"
    GRASSROOTS = 5, "基层"
    BRANCH = 6, "分工会"
    GROUP = 7, "工会小组"


class UnionStatus(models.TextChoices):
    PREPARING = "0", "筹备中"
    ACTIVE = "1", "正常"
    FROZEN = "4", "冻结"
    MERGED = "5", "已合并"
    DISSOLVED = "6", "已撤销"
    VOID = "7", "误录作废"


# Kinds that may lead other unions (domain R-O4); 01 and 02 only branch unions and groups.
LEADING_KINDS = frozenset(
    {
        UnionKind.UNION_FEDERATION,
        UnionKind.INDUSTRIAL,
        UnionKind.FEDERATION,
        UnionKind.TOWN,
        UnionKind.VILLAGE,
        UnionKind.PARK,
        UnionKind.FARM,
    }
)
GRASSROOTS_KINDS = frozenset({UnionKind.SINGLE, UnionKind.JOINT})
