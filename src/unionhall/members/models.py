from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from unionhall.foundation.records import BranchQuerySet, BranchRecord, Shown
from unionhall.members.choices import COUNTED, HELD, EventKind, MembershipState, Sex
from unionhall.unions.models import Coverage, Employer, Union


class Person(BranchRecord):
    """One human being, known by one identity document. Being a member is a `Membership`, not this.

    The number is sealed; `identity_index` finds it again. `path` is that of the union holding the person.
    """

    name = models.CharField("姓名", max_length=50)
    name_grams = ArrayField(
        models.CharField(max_length=2), verbose_name="姓名检索", default=list, editable=False
    )
    document_type = models.CharField("证件类别", max_length=3)
    identity_sealed = models.BinaryField("证件号码（密）")
    identity_index = models.BinaryField("证件号码检索")
    sex = models.CharField("性别", max_length=1, choices=Sex.choices)
    birth_date = models.DateField("出生日期")
    ethnic_group = models.CharField("民族", max_length=2, blank=True)
    political_status = models.CharField("政治面貌", max_length=2, blank=True)
    education = models.CharField("学历", max_length=2, blank=True)
    skill_level = models.CharField("技术等级", max_length=2, blank=True)
    mobile_sealed = models.BinaryField("移动电话（密）", null=True)
    mobile_index = models.BinaryField("移动电话检索", null=True)
    household_type = models.CharField("户籍类型", max_length=2, blank=True)
    household_place = models.CharField("户籍所在地", max_length=100, blank=True)
    native_place = models.CharField("籍贯", max_length=50, blank=True)

    personal = {
        "name": Shown.SHOW,
        "name_grams": Shown.PROTECT,
        "document_type": Shown.SHOW,
        "identity_sealed": Shown.PROTECT,
        "identity_index": Shown.PROTECT,
        "sex": Shown.SHOW,
        "birth_date": Shown.MASK,
        "ethnic_group": Shown.SHOW,
        "political_status": Shown.SHOW,
        "education": Shown.SHOW,
        "skill_level": Shown.SHOW,
        "mobile_sealed": Shown.PROTECT,
        "mobile_index": Shown.PROTECT,
        "household_type": Shown.SHOW,
        "household_place": Shown.SHOW,
        "native_place": Shown.SHOW,
    }
    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        constraints = [
            models.UniqueConstraint(fields=["identity_index"], name="person_one_per_identity"),
        ]
        indexes = [
            models.Index(fields=["path", "id"], name="person_by_path"),
            models.Index(fields=["mobile_index"], name="person_by_mobile"),
            GinIndex(fields=["name_grams"], name="person_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(BranchQuerySet["Membership"]):
    def held(self) -> MembershipQuerySet:
        """Open spells: the person belongs to this union now."""
        return self.filter(valid_until=None, state__in=HELD)

    def counted(self) -> MembershipQuerySet:
        """Open spells that stand in the figures."""
        return self.filter(valid_until=None, state__in=COUNTED)


class Membership(BranchRecord):
    """One spell of one person in one union, at one employer that the union covers; the end is exclusive."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name="人员")
    union = models.ForeignKey(Union, models.PROTECT, related_name="memberships", verbose_name="所在工会")
    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="memberships", verbose_name="工作单位"
    )
    coverage = models.ForeignKey(Coverage, models.PROTECT, related_name="+", verbose_name="覆盖关系")
    state = models.CharField("会籍状态", max_length=1, choices=MembershipState.choices)
    joined_on = models.DateField("入会日期")
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True)
    employment_status = models.CharField("就业状况", max_length=1, blank=True)
    migrant_worker = models.BooleanField("农民工会员", default=False)
    # Bound to an open coverage while the spell is open: a union cannot stop covering an employer and keep its people.
    while_open = models.GeneratedField(
        expression=models.Case(models.When(valid_until=None, then=models.Value(True)), default=None),
        output_field=models.BooleanField(null=True),
        db_persist=True,
        verbose_name="有效",
    )

    personal = {"employment_status": Shown.SHOW, "joined_on": Shown.SHOW, "migrant_worker": Shown.SHOW}
    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会籍"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_until=None), name="membership_one_held_per_person"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="membership_spell"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None, state__in=HELD) | Q(valid_until__isnull=False),
                name="membership_open_is_held",
            ),
        ]
        indexes = [
            models.Index(fields=["path", "id"], name="membership_by_path", condition=Q(valid_until=None)),
            models.Index(
                fields=["union", "state"], name="membership_by_union", condition=Q(valid_until=None)
            ),
            models.Index(fields=["employer"], name="membership_by_employer", condition=Q(valid_until=None)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.union_id}"


class MembershipEvent(BranchRecord):
    """One thing that happened to a membership, as it was recorded; the member's timeline."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="events", verbose_name="会籍")
    person = models.ForeignKey(Person, models.PROTECT, related_name="events", verbose_name="人员")
    kind = models.CharField("变化类型", max_length=2, choices=EventKind.choices)
    happened_on = models.DateField("变化日期")
    reason = models.CharField("变化原因", max_length=2, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    case_id = models.BigIntegerField("办件", null=True)
    recorded_by = models.CharField("经办人", max_length=60)
    recorded_at = models.DateTimeField("记录时间")

    personal = {"reason": Shown.SHOW, "note": Shown.SHOW}
    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会籍变化"
        ordering = ["recorded_at", "id"]
        indexes = [models.Index(fields=["person", "recorded_at"], name="event_by_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.membership_id}"
