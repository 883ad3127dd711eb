"""The rows of a delivery's two sheets as they would be if nobody made a mistake."""

from __future__ import annotations

from collections.abc import Iterator

from unionhall.cli.demo import people
from unionhall.cli.demo.employers import Grassroots
from unionhall.cli.demo.planning import Delivery
from unionhall.unions.choices import UnionKind

Row = dict[str, str]
KIND_LABELS = {UnionKind.SINGLE: "独立基层工会", UnionKind.JOINT: "联合基层工会"}
NOT_REGISTERED = "暂无"


def union_rows(delivery: Delivery) -> list[Row]:
    """Return the union sheet: a line for each employer of each union."""
    return [row for union in delivery.unions for row in _of_union(union)]


def member_rows(delivery: Delivery) -> Iterator[Row]:
    """Return the member sheet, employer by employer."""
    for union in delivery.unions:
        serial = union.first_person
        for employer in union.employers:
            for _ in range(employer.people):
                yield people.member(serial, employer=employer.name, rural=employer.takes_migrants)
                serial += 1


def _of_union(union: Grassroots) -> Iterator[Row]:
    for employer in union.employers:
        yield {
            "employer_name": employer.name,
            "employer_credit_code": employer.credit_code,
            "employer_address": employer.address,
            "division": union.superior.division_label,
            "employer_nature": employer.nature,
            "economic_type": employer.economic_type,
            "industry": employer.industry,
            "employee_count": str(employer.people + employer.people // 8),
            "union_name": union.name,
            "union_credit_code": union.credit_code or NOT_REGISTERED,
            "superior_name": union.superior.name,
            "founded_on": f"{union.founded_on:%Y/%m/%d}",
            "union_kind": KIND_LABELS[union.kind],
            "member_count": str(union.people),
            "chair_name": union.chair,
            "phone": union.phone,
        }
