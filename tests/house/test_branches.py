"""The third lock: PostgreSQL itself shows each branch only its own rows, and nothing without a scope."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import ProgrammingError

from tests.builders import BUILDER, NOW, Cast, coverage_of, make_member
from unionhall.audit import actions as audit
from unionhall.foundation import scoping
from unionhall.foundation.actor import Actor
from unionhall.foundation.records import BranchRecord
from unionhall.members.models import Membership
from unionhall.unions.models import Union

BRANCH_MODELS = [model for model in apps.get_models() if issubclass(model, BranchRecord)]
SECURED = """
SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r'
"""


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """Put something into as many branch tables as the cast can fill, in two districts."""
    with scoping.acting(BUILDER):
        make_member(coverage_of(cast.factory), 1)
        make_member(coverage_of(cast.faraway), 2, name="符示范")
        audit.record("tests.done", subject=cast.faraway, by=BUILDER, at=NOW)
    return cast


def ask(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def without_scope() -> None:
    ask("SELECT set_config('unionhall.low', '', true), set_config('unionhall.high', '', true)")
    ask("SELECT set_config('unionhall.user', '', true)")


@pytest.mark.django_db
def test_every_branch_table_is_under_forced_row_level_security() -> None:
    secured = {name for (name,) in ask(SECURED)}

    assert {model._meta.db_table for model in BRANCH_MODELS} - secured == set()


@pytest.mark.django_db
def test_the_application_owns_nothing_and_cannot_go_round() -> None:
    assert ask("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user") == [
        (False, False, False)
    ]
    assert ask("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = current_user AND relkind = 'r'"
               " AND relnamespace = 'public'::regnamespace") == []  # fmt: skip


@pytest.mark.parametrize("model", BRANCH_MODELS, ids=lambda model: model._meta.db_table)
def test_without_a_scope_there_is_no_row(filled: Cast, model: type[models.Model]) -> None:
    without_scope()

    assert model._default_manager.count() == 0


@pytest.mark.parametrize("model", BRANCH_MODELS, ids=lambda model: model._meta.db_table)
def test_a_district_sees_its_own_rows_alone(filled: Cast, model: type[BranchRecord]) -> None:
    with scoping.whole_registry():
        paths = list(model._default_manager.values_list("path", flat=True))
    outsider = filled.actor("outsider")

    with scoping.acting(outsider):
        seen = list(model._default_manager.values_list("path", flat=True))

    assert sorted(seen) == sorted(path for path in paths if outsider.scope.covers(path))


def test_the_leak_tests_have_something_to_leak(filled: Cast) -> None:
    with scoping.whole_registry():
        assert Membership.objects.count() == 2
    with scoping.acting(filled.actor("outsider")):
        assert [membership.union_id for membership in Membership.objects.all()] == [filled.faraway.pk]
        assert not Union.objects.filter(pk=filled.factory.pk).exists()


def test_a_scope_ends_with_its_block(filled: Cast) -> None:
    without_scope()
    with scoping.acting(filled.actor("city_reviewer")):
        assert Union.objects.count() == 7

    assert Union.objects.count() == 0


def test_nothing_can_be_written_into_another_branch(filled: Cast) -> None:
    with scoping.acting(filled.actor("outsider")):
        assert Union.objects.filter(pk=filled.factory.pk).update(name="改名") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Union.objects.filter(pk=filled.faraway.pk).update(path=filled.factory.path + "zzzz")


def test_a_person_sees_the_own_grants_before_a_scope_is_known(filled: Cast) -> None:
    clerk = filled.user("factory_clerk")
    without_scope()
    scoping.enter(Actor(user_id=clerk.pk))

    assert ask("SELECT role FROM accounts_grant") == [("clerk",)]


def test_the_application_may_not_change_or_delete_memory(filled: Cast) -> None:
    rights = ask(
        "SELECT has_table_privilege(current_user, 'audit_event', privilege)"
        " FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege"
    )

    assert rights == [(True,), (True,), (False,), (False,), (False,)]
