"""The cast that is put back from kept rows is the cast that the actions built."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from tests.builders import Cast, make_cast
from tests.recalling import TABLES
from unionhall.audit import queries as audit
from unionhall.foundation import scoping


def rows(table: str) -> int:
    with scoping.whole_registry(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def counts() -> dict[str, int]:
    return {
        model._meta.db_table: rows(model._meta.db_table) for model in apps.get_models() if model._meta.managed
    }


@pytest.mark.django_db
def test_the_cast_writes_nothing_that_is_not_kept() -> None:
    before = counts()
    make_cast()
    after = counts()

    assert {table for table, count in after.items() if count != before[table]} == set(TABLES)


@pytest.mark.parametrize("time", ["first", "again"])
def test_the_cast_stands_the_same_each_time(cast: Cast, time: str) -> None:
    assert audit.verify().broken_at is None
    assert {table: rows(table) for table in TABLES} == {
        "unions_union": 7,
        "unions_employer": 4,
        "unions_affiliation": 6,
        "unions_coverage": 4,
        "accounts_user": 13,
        "accounts_grant": 13,
        "audit_event": 37,
    }
    assert cast.actor("factory_clerk").branch_id == cast.factory.pk
    assert cast.users["factory_clerk"].pk == cast.actor("factory_clerk").user_id
