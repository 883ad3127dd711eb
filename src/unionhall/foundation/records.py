"""What every kept thing has in common."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models

from unionhall.foundation.actor import Scope


class Shown(StrEnum):
    """How a personal field may leave the house."""

    SHOW = "show"  # to whoever may see the record
    MASK = "mask"  # shortened; whole only with a reason, logged
    PROTECT = "protect"  # sealed at rest; whole only with a reason, logged


if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField


class PathField(_Text):
    """A place in the tree of unions: four characters per level, compared in C collation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)


class Record(models.Model):
    """Base of all kept things. `personal` declares each field of personal data; a test fails without it."""

    personal: ClassVar[dict[str, Shown]] = {}

    class Meta:
        abstract = True


M = TypeVar("M", bound=models.Model)


class BranchQuerySet(models.QuerySet[M]):
    """Questions that every branch-owned table answers."""

    def within(self, scope: Scope) -> Self:
        return self.filter(scope.condition())


class BranchRecord(Record):
    """A record owned by a branch: the path of the owning union is stamped on it by the actions."""

    path = PathField("所在位置", editable=False)

    class Meta:
        abstract = True
