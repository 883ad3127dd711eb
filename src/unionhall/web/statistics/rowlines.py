"""Collected rows as a table names them; a batch above one's scope is not linked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from unionhall.collection import queries as collection
from unionhall.foundation.actor import Actor
from unionhall.unions import queries as unions

if TYPE_CHECKING:
    from unionhall.collection.models import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """One collected row: whose, where it was typed, how far it has come."""

    label: str
    place: str
    union_name: str
    state: str
    state_label: str
    returned_why: str
    url: str


def of(rows: Iterable[Row], actor: Actor) -> list[RowLine]:
    """Return the rows with the names of their unions; two questions however many rows."""
    found = list(rows)
    batches = collection.batches(actor.scope).filter(pk__in={row.batch_id for row in found})
    visible = set(batches.order_by().values_list("pk", flat=True))
    places = unions.tree(actor.scope).filter(path__in={row.path for row in found})
    names = dict(places.values_list("path", "name"))
    return [
        RowLine(
            label=row.label,
            place=f"{row.sheet} 第{row.number}行",
            union_name=names.get(row.path, ""),
            state=row.state,
            state_label=row.get_state_display(),
            returned_why=row.returned_why,
            url=reverse("batch-page", args=[row.batch_id]) if row.batch_id in visible else "",
        )
        for row in found
    ]
