"""Every deed a person may be allowed, as one closed set.

A role is a set of these (`accounts.roles`); an action begins with `by.require(capability, place)`.
"""

from enum import StrEnum


class Capability(StrEnum):
    """What somebody may do inside the branches granted to them."""

    UNION_VIEW = "unions.view"
    UNION_ESTABLISH = "unions.establish"
    MEMBER_VIEW = "members.view"
    MEMBER_REVEAL = "members.reveal"
    MEMBER_ENTER = "members.enter"
    COLLECTION_VIEW = "collection.view"
    COLLECTION_FILL = "collection.fill"
    REVIEW_DECIDE = "reviews.decide"
    REVIEW_VIEW = "reviews.view"
    SUBSIDY_VIEW = "subsidies.view"
    SUBSIDY_COUNT = "subsidies.count"
    PROGRESS_VIEW = "statistics.progress"
    ACCOUNT_VIEW = "accounts.view"
    ACCOUNT_CREATE = "accounts.create"
    GRANT_GIVE = "accounts.grant"
    SETTING_CHANGE = "settings.change"
    AUDIT_VIEW = "audit.view"
