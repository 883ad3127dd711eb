"""How far the story has been told: which delivery became which batch, and who acts for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from unionhall.accounts import queries as accounts
from unionhall.cli.demo import officers, places
from unionhall.cli.demo.deliveries import Parcel
from unionhall.cli.demo.planning import Delivery, Plan
from unionhall.foundation.actor import Actor, system
from unionhall.foundation.capabilities import Capability

READER = system("演示程序", Capability.COLLECTION_VIEW, Capability.REVIEW_VIEW)


@dataclass
class Told:
    """The story in the telling; `batches` maps the number of a delivery to the id of its batch."""

    plan: Plan
    parcels: Sequence[Parcel]
    today: date
    batches: dict[int, int] = field(default_factory=dict)

    def of_wave(self, wave: int) -> list[Parcel]:
        """Return the parcels that come in together."""
        return [parcel for parcel in self.parcels if parcel.delivery.wave == wave]

    def ids_of(self, wave: int) -> list[int]:
        """Return the ids of the batches of a wave."""
        return [self.batches[parcel.delivery.number] for parcel in self.of_wave(wave)]

    def batch_of(self, delivery: Delivery) -> int:
        """Return the id of a delivery's batch."""
        return self.batches[delivery.number]

    def clerk(self, delivery: Delivery) -> Actor:
        """Return the clerk who sends a delivery."""
        return accounts.actor_for(officers.clerk_of(self.plan, delivery.sender), on=self.today)

    @cached_property
    def reviewers(self) -> list[Actor]:
        """Return the reviewers, those of the lowest level first."""
        order: Iterable[str] = (
            place.name for place in (*places.streets(), *places.reporting(), places.city())
        )
        accounts_by_union = officers.reviewers()
        return [accounts.actor_for(accounts_by_union[name], on=self.today) for name in order]
