"""Who acts, where and with which rights: the only thing rooms know of a user."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from unionhall.foundation.capabilities import Capability

# Paths are made of digits and lower-case letters in C collation; "~" sorts behind all of them.
BEHIND_EVERY_PATH = "~"
# Where the tree begins: what belongs to no branch is remembered for the whole registry.
ROOT_PATH = "0001"


class NotPermitted(PermissionDenied):
    """The actor lacks a capability at a place; doors answer 403."""

    def __init__(self, capability: Capability, place: str) -> None:
        self.capability = capability
        self.place = place
        super().__init__(f"no capability {capability} at this place")


@dataclass(frozen=True, slots=True)
class Scope:
    """A half-open range of paths: `low <= path < high`. The empty scope covers nothing."""

    low: str = ""
    high: str = ""

    @classmethod
    def of_branch(cls, path: str) -> Scope:
        """Return the scope of a branch: the union at `path` and everything below it."""
        return cls(path, path + BEHIND_EVERY_PATH) if path else cls()

    @classmethod
    def everything(cls) -> Scope:
        """Return the scope of the whole registry (jobs and the registry's own checks)."""
        return cls("", BEHIND_EVERY_PATH)

    @property
    def is_empty(self) -> bool:
        return self.low >= self.high

    def covers(self, path: str) -> bool:
        """Say whether a path lies within the scope."""
        return self.low <= path < self.high

    def condition(self, field_name: str = "path") -> Q:
        """Return the filter on a stamped path column; the row-level policy repeats it."""
        return Q(**{f"{field_name}__gte": self.low, f"{field_name}__lt": self.high})


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody (or the system) acting for one branch at a time.

    `user_id` 0 is nobody, negative ids are the system itself.
    """

    user_id: int = 0
    name: str = ""
    role: str = ""
    branch_id: int | None = None
    branch_name: str = ""
    branch_path: str = ""
    scope: Scope = field(default_factory=Scope)
    capabilities: frozenset[Capability] = frozenset()

    @property
    def is_known(self) -> bool:
        return self.user_id != 0

    def may(self, capability: Capability, place: str | None = None) -> bool:
        """Say whether the actor has a capability, and (when given) whether the place is in scope."""
        return capability in self.capabilities and (place is None or self.scope.covers(place))

    def require(self, capability: Capability, place: str) -> None:
        """Let the actor pass or stop.

        :raises NotPermitted: if the capability is missing or the place lies outside the scope
        """
        if not self.may(capability, place):
            raise NotPermitted(capability, place)


NOBODY = Actor()


def system(name: str, *capabilities: Capability, branch_path: str = "") -> Actor:
    """Return the system as an actor with just these capabilities (jobs, commands)."""
    scope = Scope.of_branch(branch_path) if branch_path else Scope.everything()
    return Actor(
        user_id=-1,
        name=name,
        role="system",
        branch_path=branch_path,
        scope=scope,
        capabilities=frozenset(capabilities),
    )
