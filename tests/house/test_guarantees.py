"""What the database guarantees by itself: each law is broken with SQL, as the owner and past every rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction
from psycopg import errors

from tests.builders import Cast, coverage_of, make_cast, make_member
from unionhall.foundation import postgres, scoping
from unionhall.members.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)

SEE_ALL = "SELECT set_config('unionhall.low', '', false), set_config('unionhall.high', '~', false)"


@pytest.fixture
def city(transactional_db: None) -> Cast:
    with transaction.atomic():
        return make_cast()


@pytest.fixture
def member(city: Cast) -> Membership:
    with transaction.atomic(), scoping.whole_registry():
        return make_member(coverage_of(city.factory), 1)


@pytest.fixture
def sql(city: Cast) -> Iterator[psycopg.Cursor[Any]]:
    """Speak to the database as its owner, with the whole registry in sight."""
    settings = connections["owner"].settings_dict
    with psycopg.connect(postgres.conninfo(settings), autocommit=True) as connection:
        cursor = connection.cursor()
        cursor.execute(SEE_ALL)
        yield cursor


def test_one_credit_code_is_one_employer(sql: psycopg.Cursor[Any]) -> None:
    with pytest.raises(errors.UniqueViolation, match="employer_one_per_credit_code"):
        sql.execute(
            "INSERT INTO unions_employer (path, name, name_key, credit_code, address, division_code, nature,"
            " economic_type, industry, employee_count) SELECT path, 'x', 'x', credit_code, '', '', '', '', '', 0"
            " FROM unions_employer LIMIT 1"
        )


def test_one_credit_code_is_one_union(sql: psycopg.Cursor[Any], city: Cast) -> None:
    sql.execute("UPDATE unions_union SET credit_code = '81460100000000019A' WHERE id = %s", [city.factory.pk])

    with pytest.raises(errors.UniqueViolation, match="union_one_per_credit_code"):
        sql.execute(
            "UPDATE unions_union SET credit_code = '81460100000000019A' WHERE id = %s", [city.joint.pk]
        )


def test_one_person_holds_one_membership(sql: psycopg.Cursor[Any], city: Cast, member: Membership) -> None:
    with transaction.atomic(), scoping.whole_registry():
        other = coverage_of(city.faraway)

    with pytest.raises(errors.UniqueViolation, match="membership_one_held_per_person"):
        sql.execute(
            "INSERT INTO members_membership (path, person_id, union_id, employer_id, coverage_id, state, joined_on,"
            " valid_from, employment_status, migrant_worker) VALUES (%s, %s, %s, %s, %s, '1', '2019-01-01',"
            " '2019-01-01', '1', false)",
            [other.path, member.person_id, other.union_id, other.employer_id, other.pk],
        )


@pytest.mark.parametrize("column", ["union_id", "employer_id", "coverage_id", "person_id"])
def test_no_membership_stands_without_its_anchor(
    sql: psycopg.Cursor[Any], member: Membership, column: str
) -> None:
    with pytest.raises(errors.NotNullViolation):
        sql.execute(f"UPDATE members_membership SET {column} = NULL WHERE id = %s", [member.pk])


def test_a_membership_names_an_employer_that_its_union_covers(
    sql: psycopg.Cursor[Any], city: Cast, member: Membership
) -> None:
    with transaction.atomic(), scoping.whole_registry():
        other = coverage_of(city.faraway)

    with pytest.raises(errors.ForeignKeyViolation, match="membership_employer_is_covered"):
        sql.execute(
            "UPDATE members_membership SET employer_id = %s WHERE id = %s", [other.employer_id, member.pk]
        )


def test_a_union_cannot_stop_covering_an_employer_and_keep_its_people(
    sql: psycopg.Cursor[Any], member: Membership
) -> None:
    with pytest.raises(errors.ForeignKeyViolation, match="membership_employer_is_covered_now"):
        sql.execute(
            "UPDATE unions_coverage SET valid_until = '2030-01-01' WHERE id = %s", [member.coverage_id]
        )


def test_an_employer_is_covered_by_one_union_at_a_time(sql: psycopg.Cursor[Any], city: Cast) -> None:
    with pytest.raises(errors.UniqueViolation, match="coverage_one_open_per_employer"):
        sql.execute(
            "INSERT INTO unions_coverage (path, union_id, employer_id, valid_from)"
            " SELECT path, %s, employer_id, '2019-01-01' FROM unions_coverage WHERE union_id = %s",
            [city.joint.pk, city.factory.pk],
        )


def test_a_union_has_one_open_affiliation(sql: psycopg.Cursor[Any], city: Cast) -> None:
    with pytest.raises(errors.UniqueViolation, match="affiliation_one_open_per_union"):
        sql.execute(
            "INSERT INTO unions_affiliation (path, union_id, superior_id, union_path, superior_path, valid_from, reason)"
            " SELECT path, union_id, superior_id, union_path, superior_path, '2019-01-01', ''"
            " FROM unions_affiliation WHERE union_id = %s",
            [city.factory.pk],
        )


def test_no_cycle_can_be_written(sql: psycopg.Cursor[Any], city: Cast) -> None:
    below, above = city.street, city.longhua

    with pytest.raises(errors.CheckViolation, match="affiliation_has_no_cycle"):
        sql.execute(
            "UPDATE unions_affiliation SET superior_id = %s, superior_path = %s WHERE union_id = %s",
            [below.pk, below.path, above.pk],
        )
    with pytest.raises(errors.CheckViolation, match="affiliation_open_is_stamped"):
        sql.execute(
            "UPDATE unions_affiliation SET superior_id = %s, superior_path = NULL WHERE union_id = %s",
            [below.pk, above.pk],
        )
    with pytest.raises(errors.ForeignKeyViolation, match="affiliation_superior_stands_there"):
        sql.execute(
            "UPDATE unions_affiliation SET superior_id = %s WHERE union_id = %s", [below.pk, above.pk]
        )


def test_nobody_is_counted_twice_for_money(sql: psycopg.Cursor[Any], city: Cast, member: Membership) -> None:
    entitle = (
        "INSERT INTO subsidies_entitlement (path, policy_id, person_id, reporting_union_id, union_id, amount_fen,"
        " approved_on, case_id) SELECT %s, id, %s, %s, %s, 700, '2019-06-03', 1 FROM subsidies_policy"
    )
    values = [city.longhua.path, member.person_id, city.longhua.pk, city.factory.pk]
    sql.execute(entitle, values)

    with pytest.raises(errors.UniqueViolation, match="entitlement_once_in_a_life"):
        sql.execute(entitle, values)
