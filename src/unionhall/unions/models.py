from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from unionhall.foundation.actor import Scope
from unionhall.foundation.records import BranchQuerySet, BranchRecord, PathField, Shown
from unionhall.unions.choices import GRASSROOTS_KINDS, UnionKind, UnionLevel, UnionStatus


class UnionQuerySet(BranchQuerySet["Union"]):
    def standing(self) -> UnionQuerySet:
        """Unions that exist today: neither merged, dissolved nor void."""
        return self.filter(status__in=[UnionStatus.PREPARING, UnionStatus.ACTIVE, UnionStatus.FROZEN])

    def grassroots(self) -> UnionQuerySet:
        return self.filter(kind__in=GRASSROOTS_KINDS)

    def below(self, path: str) -> UnionQuerySet:
        """The union at a path and everything under it."""
        return self.filter(Scope.of_branch(path).condition())


class Union(BranchRecord):
    """One union of the system, from the city federation to a grassroots union.

    `path` is its place in the tree (four characters per level), kept by the actions.
    """

    path = PathField("所在位置", unique=True, editable=False)
    name = models.CharField("工会名称", max_length=200)
    name_key = models.CharField("名称检索", max_length=200, editable=False)
    credit_code = models.CharField("工会统一社会信用代码", max_length=18, null=True, blank=True)
    kind = models.CharField("基层工会类型", max_length=3, choices=UnionKind.choices)
    level = models.PositiveSmallIntegerField("工会层级", choices=UnionLevel.choices)
    status = models.CharField(
        "工会状态", max_length=1, choices=UnionStatus.choices, default=UnionStatus.ACTIVE
    )
    founded_on = models.DateField("建会日期", null=True)
    division_code = models.CharField("所在政区", max_length=12, blank=True)
    declared_member_count = models.PositiveIntegerField("会员人数（申报）", default=0)
    chair_name = models.CharField("工会负责人", max_length=50, blank=True)
    phone_sealed = models.BinaryField("联系电话（密）", null=True)
    collected_on = models.DateField("采集入库日期", null=True)
    children_made = models.PositiveIntegerField("下级编号", default=0, editable=False)

    personal = {"chair_name": Shown.MASK, "phone_sealed": Shown.PROTECT}
    objects = UnionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工会"
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["credit_code"], name="union_one_per_credit_code"),
            models.CheckConstraint(condition=~Q(credit_code=""), name="union_credit_code_or_none"),
        ]
        indexes = [models.Index(fields=["name_key"], name="union_by_name")]

    def __str__(self) -> str:
        return self.name


class Employer(BranchRecord):
    """One employer: enterprise, institution, organ or association, known by its credit code.

    `path` is that of the union covering it (of the union that entered it while none does).
    """

    name = models.CharField("单位名称", max_length=200)
    name_key = models.CharField("名称检索", max_length=200, editable=False)
    credit_code = models.CharField("单位统一社会信用代码", max_length=18, null=True)
    address = models.CharField("单位地址", max_length=200, blank=True)
    division_code = models.CharField("单位所在政区", max_length=12, blank=True)
    nature = models.CharField("单位性质类别", max_length=3, blank=True)
    economic_type = models.CharField("经济类型", max_length=3, blank=True)
    industry = models.CharField("单位所属行业", max_length=3, blank=True)
    employee_count = models.PositiveIntegerField("职工人数", default=0)

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        constraints = [
            models.UniqueConstraint(fields=["credit_code"], name="employer_one_per_credit_code"),
            models.CheckConstraint(condition=~Q(credit_code=""), name="employer_credit_code_or_none"),
        ]
        indexes = [
            models.Index(fields=["name_key"], name="employer_by_name"),
            models.Index(fields=["path", "id"], name="employer_by_path"),
        ]

    def __str__(self) -> str:
        return self.name


class Affiliation(BranchRecord):
    """One spell in which a union stood under its superior (隶属关系); the end is exclusive.

    While open, both paths are stamped here and bound to the unions, so that the superior's path is a
    prefix of the union's: a cycle cannot be written.
    """

    union = models.ForeignKey(Union, models.PROTECT, related_name="affiliations", verbose_name="工会")
    superior = models.ForeignKey(Union, models.PROTECT, related_name="led", verbose_name="上级工会")
    union_path = models.CharField("工会位置", max_length=64, db_collation="C", null=True, editable=False)
    superior_path = models.CharField("上级位置", max_length=64, db_collation="C", null=True, editable=False)
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True)
    reason = models.CharField("调整原因", max_length=200, blank=True)

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "隶属关系"
        constraints = [
            models.UniqueConstraint(
                fields=["union"], condition=Q(valid_until=None), name="affiliation_one_open_per_union"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="affiliation_spell"
            ),
            models.CheckConstraint(condition=~Q(union=F("superior")), name="affiliation_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.union_id} → {self.superior_id}"


class Coverage(BranchRecord):
    """One spell in which a union covered an employer (覆盖单位); the end is exclusive."""

    union = models.ForeignKey(Union, models.PROTECT, related_name="coverages", verbose_name="工会")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="coverages", verbose_name="单位")
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True)
    is_open = models.GeneratedField(
        expression=models.ExpressionWrapper(Q(valid_until=None), output_field=models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
        verbose_name="有效",
    )

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "覆盖单位"
        constraints = [
            models.UniqueConstraint(
                fields=["employer"], condition=Q(valid_until=None), name="coverage_one_open_per_employer"
            ),
            models.UniqueConstraint(
                fields=["id", "union", "employer", "is_open"], name="coverage_identified_while_open"
            ),
            models.UniqueConstraint(fields=["id", "union", "employer"], name="coverage_identified"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="coverage_spell"
            ),
        ]
        indexes = [
            models.Index(fields=["union"], condition=Q(valid_until=None), name="coverage_open_by_union")
        ]

    def __str__(self) -> str:
        return f"{self.union_id} ⊃ {self.employer_id}"
