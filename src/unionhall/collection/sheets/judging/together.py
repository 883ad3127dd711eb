"""Judge the two sheets against each other: members belong to employers that the union sheet lists (R-M3)."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

import numpy as np

from unionhall.collection.sheets.findings import Judgement
from unionhall.collection.sheets.judging.ledger import Ledger, in_order
from unionhall.standards.text import name_key

ORGAN, INSTITUTIONS = "500", ("410", "420")
AT_POST, RURAL = "1", "00"
CLOSENESS = 0.5
QUOTED = 40


def judge_together(
    unions: Sequence[Judgement], members: Sequence[Judgement]
) -> tuple[list[Judgement], list[Judgement]]:
    """Return both judgements with what the sheets contradict each other in added.

    Nothing is added if one of the two is not there.
    """
    if not unions or not members:
        return list(unions), list(members)
    employers = _employers(unions)
    return _judge_declared(unions, members), [_judge_employers(each, employers) for each in members]


def _employers(unions: Sequence[Judgement]) -> dict[str, tuple[str, str]]:
    """Return the listed employers: key → (name as written, code of the nature)."""
    listed: dict[str, tuple[str, str]] = {}
    for each in unions:
        pairs = zip(each.facts["employer_name"], each.facts["employer_nature"], strict=True)
        listed.update({name_key(str(name)): (str(name), str(nature)) for name, nature in pairs if name})
    return listed


def _judge_employers(members: Judgement, employers: dict[str, tuple[str, str]]) -> Judgement:
    ledger = Ledger(members.table)
    suggestions: dict[str, str] = {}
    facts = members.facts
    rows = zip(
        facts["employer_name"],
        facts["migrant_worker"],
        facts["household_type"],
        facts["employment_status"],
        strict=True,
    )
    for index, (name, migrant, household, status) in enumerate(rows):
        key = name_key(str(name))
        if not key:
            continue
        if key not in employers:
            if key not in suggestions:
                suggestions[key] = _nearest(key, employers)
            value = str(name)[:QUOTED]
            ledger.note("employer_unlisted", "employer_name", index, value=value, suggestion=suggestions[key])
            continue
        nature = employers[key][1]
        if migrant is True and nature in (ORGAN, *INSTITUTIONS):
            ledger.note("organ_migrant", "migrant_worker", index)
        if nature == ORGAN and household == RURAL and status == AT_POST:
            ledger.note("organ_rural", "household_type", index)
    return _with(members, ledger)


def _nearest(key: str, employers: dict[str, tuple[str, str]]) -> str:
    close = get_close_matches(key, employers, n=1, cutoff=CLOSENESS)
    return employers[close[0]][0] if close else ""


def _judge_declared(unions: Sequence[Judgement], members: Sequence[Judgement]) -> list[Judgement]:
    """Compare the declared number of members with the rows of the member sheet, union by union.

    A joint union has a row per employer; some write each employer's number there and some the union's whole
    number every time, so either is taken as right.
    """
    rows: dict[str, int] = {}
    for each in members:
        for name in each.facts["employer_name"]:
            rows[name_key(str(name))] = rows.get(name_key(str(name)), 0) + 1
    return [_judge_counts(each, rows) for each in unions]


def _judge_counts(unions: Judgement, rows: dict[str, int]) -> Judgement:
    ledger = Ledger(unions.table)
    facts = unions.facts
    by_union: dict[str, list[int]] = {}
    for index, name in enumerate(facts["union_name"]):
        if name:
            by_union.setdefault(name_key(str(name)), []).append(index)
    for group in by_union.values():
        found = [rows.get(name_key(str(facts["employer_name"][index])), 0) for index in group]
        declared = [facts["member_count"][index] for index in group]
        if None in declared or declared == found or all(count == sum(found) for count in declared):
            continue
        for index, count, right in zip(group, declared, found, strict=True):
            if count != right:
                ledger.note("count_differs", "member_count", index, value=count, right=right)
    return _with(unions, ledger)


def _with(judgement: Judgement, ledger: Ledger) -> Judgement:
    findings = in_order(judgement.table, [*judgement.findings, *ledger.findings])
    return replace(judgement, findings=findings, faulty=np.logical_or(judgement.faulty, ledger.faulty))
