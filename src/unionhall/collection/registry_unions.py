"""Judge the union sheet's rows against the tree: which union is meant, under whom, with whose codes."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from unionhall.collection.choices import RowState, Severity
from unionhall.collection.models import Batch, Finding, Row
from unionhall.collection.sheets.columns import SheetKind, column_of
from unionhall.foundation.actor import Scope
from unionhall.foundation.scoping import whole_registry
from unionhall.standards.text import name_key
from unionhall.unions import queries as unions
from unionhall.unions import rules
from unionhall.unions.choices import GRASSROOTS_KINDS
from unionhall.unions.models import Affiliation, Coverage, Union


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry holds within reach of a batch, by the keys a sheet uses.

    Names are unique under one superior only, so that a name may mean several unions.
    """

    own: Union
    by_key: dict[str, list[Union]]
    superior_keys: dict[int, str]
    union_codes: dict[str, int]
    employer_codes: dict[str, int]
    covered_by: dict[int, int]


def judge(batch: Batch) -> None:
    """Find each open union row's union in the tree, and what stands against entering it."""
    rows = list(Row.objects.filter(batch=batch, kind=SheetKind.UNIONS.value).open())
    if not rows:
        return
    known = _known(batch, rows)
    coming = {str(row.facts.get("union_key", "")) for row in rows}
    findings: list[Finding] = []
    for row in rows:
        row.union = _meant(row, known)
        row.path = row.union.path if row.union else batch.path
        findings += [*_placing(row, known, coming), *_codes(row, known)]
    Row.objects.bulk_update(rows, ["union", "path"], batch_size=1000)
    Finding.objects.bulk_create(findings, batch_size=1000)


def _known(batch: Batch, rows: list[Row]) -> Known:
    within = unions.tree(Scope.of_branch(batch.path))
    keys = {str(row.facts.get(name, "")) for row in rows for name in ("union_key", "superior_key")}
    employer_codes = unions.taken_codes(_values(rows, "employer_credit_code"), of_unions=False)
    with whole_registry():
        covered = Coverage.objects.filter(employer_id__in=employer_codes.values(), valid_until=None)
        covered_by = dict(covered.values_list("employer_id", "union_id"))
    by_key: dict[str, list[Union]] = {}
    for union in within.filter(name_key__in=keys):
        by_key.setdefault(union.name_key, []).append(union)
    return Known(
        own=batch.union,
        by_key=by_key,
        superior_keys=_superior_keys(batch, [union for found in by_key.values() for union in found]),
        union_codes=unions.taken_codes(_values(rows, "union_credit_code"), of_unions=True),
        employer_codes=employer_codes,
        covered_by=covered_by,
    )


def _superior_keys(batch: Batch, found: list[Union]) -> dict[int, str]:
    """Return the key of the superior's name for each union; one's own superior stands above the scope."""
    spells = Affiliation.objects.filter(union__in=found, valid_until=None)
    keys: dict[int, str] = dict(spells.values_list("union_id", "superior__name_key"))
    above = unions.superiors(batch.path)
    return keys | ({batch.union_id: name_key(above[0].name)} if above else {})


def _meant(row: Row, known: Known) -> Union | None:
    """Return the union of that name under the superior that is named, else one whose code is no other."""
    named = known.by_key.get(str(row.facts.get("union_key", "")), [])
    superior, code = str(row.facts.get("superior_key", "")), row.facts.get("union_credit_code")
    under = [union for union in named if known.superior_keys.get(union.pk) == superior]
    other = [union for union in named if not code or union.credit_code in (None, code)]
    return next(iter(under or other), None)


def _placing(row: Row, known: Known, coming: set[str]) -> list[Finding]:
    superior = str(row.facts.get("superior_key", ""))
    if not row.facts.get("union_key") or not superior:
        return []
    if row.union is not None:
        if known.superior_keys.get(row.union.pk, superior) == superior:
            return []
        message = (
            f"「{row.union.name}」登记的上级工会与填写的不一致，请按登记的隶属关系填写；确有调整的另行申请。"
        )
        return [_finding(row, known, "superior_name", "R-O4.superior_differs", message)]
    if known.own.kind in GRASSROOTS_KINDS:
        message = f"本批由「{known.own.name}」填报，工会名称应为「{known.own.name}」，请核对。"
        return [_finding(row, known, "union_name", "R-O5.other_union", message, suggestion=known.own.name)]
    if superior not in known.by_key and superior not in coming:
        near = _nearest(superior, known)
        message = "在本工会及下级工会中没有这个上级工会，请填写直接上级工会的全称。"
        return [_finding(row, known, "superior_name", "R-O4.superior_unknown", message, suggestion=near)]
    return []


def _codes(row: Row, known: Known) -> list[Finding]:
    findings = []
    code = str(row.facts.get("union_credit_code") or "")
    if code in known.union_codes and known.union_codes[code] != row.union_id:
        refusal = rules.code_taken()
        findings.append(_finding(row, known, "union_credit_code", refusal.code, refusal.message))
    employer = known.employer_codes.get(str(row.facts.get("employer_credit_code") or ""))
    if employer is not None and known.covered_by.get(employer, row.union_id) != row.union_id:
        message = "该单位已由其他工会覆盖，一个单位只能由一个工会覆盖，请核对代码；确有调整的请联系上级工会。"
        findings.append(_finding(row, known, "employer_credit_code", "R-O1.covered_elsewhere", message))
    return findings


def _nearest(key: str, known: Known) -> str:
    names = {union.name_key: union.name for union in unions.tree(Scope.of_branch(known.own.path))[:2000]}
    near = difflib.get_close_matches(key, names, n=1, cutoff=0.6)
    return names[near[0]] if near else ""


def _finding(row: Row, known: Known, key: str, code: str, message: str, *, suggestion: str = "") -> Finding:
    return Finding(
        path=known.own.path,
        batch_id=row.batch_id,
        row=row,
        key=key,
        column=column_of(SheetKind.UNIONS, key).header,
        code=code,
        severity=Severity.ERROR,
        message=message,
        suggestion=suggestion,
        from_registry=True,
    )


def _values(rows: list[Row], key: str) -> list[str]:
    return [str(row.facts[key]) for row in rows if row.facts.get(key) and row.state != RowState.REMOVED]
