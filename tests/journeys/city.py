"""Build the small city of the tests in a database of its own, for a server to show: `python -m tests.journeys.city`."""

from __future__ import annotations

import sys

from unionhall.cli.boot import boot

PASSWORD = "Chun-Feng-2019"
PEOPLE = ("factory_clerk", "longhua_reviewer", "city_reviewer", "finance", "longhua_clerk")


def build() -> None:
    """Build the city and give the people of the story a password they know."""
    boot()
    from django.utils import timezone

    from tests.builders import make_cast

    cast = make_cast()
    for name in PEOPLE:
        user = cast.user(name)
        user.set_password(PASSWORD)
        user.password_changed_at = timezone.localtime()
        user.save()


if __name__ == "__main__":
    build()
    sys.exit(0)
