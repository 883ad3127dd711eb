"""Judge the rows of one table against each other: what may stand there only once.

Separable from the cells, because in a batch the same questions are asked of the whole at once.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unionhall.collection.sheets.judging.cells import Cells
from unionhall.collection.sheets.judging.ledger import Ledger, places
from unionhall.collection.sheets.judging.members import birth_dates
from unionhall.standards.text import mask, name_key

JOINT, JOINT_FEDERATIONS = "02", ("02", "03", "031", "032")
SHOWN_OF_MOBILE = 3


def judge_member_table(ledger: Ledger, cells: Mapping[str, Cells]) -> None:
    """Find people entered twice and phones shared by two names."""
    names = [str(name) for name in cells["name"].values]
    documents = cells["document_number"]
    numbers = np.asarray(documents.values)
    for group in repeated(numbers, documents.valid):
        for index in group:
            other = ledger.excel_row(_other(group, index))
            masked = mask(str(numbers[index]))
            ledger.note("document_repeated", "document_number", index, value=masked, other=other)
    _shared_mobiles(ledger, cells["mobile"], names)
    _same_people(ledger, cells, names)


def judge_union_table(ledger: Ledger, cells: Mapping[str, Cells]) -> None:
    """Find employers and unions entered twice, and joint unions that disagree with themselves."""
    employers = cells["employer_credit_code"]
    codes = np.asarray(employers.values)
    for group in repeated(codes, employers.valid):
        for index in group:
            other = ledger.excel_row(_other(group, index))
            ledger.note("employer_repeated", "employer_credit_code", index, value=codes[index], other=other)
    names = np.asarray([name_key(str(name)) for name in cells["union_name"].values] or [""])
    _shared_union_codes(ledger, cells["union_credit_code"], names)
    _repeated_unions(ledger, cells, names)


def repeated(values: NDArray[Any], counted: NDArray[np.bool_]) -> Iterator[list[int]]:
    """Yield the places of each value that stands more than once, in the order of first appearance."""
    where = np.flatnonzero(counted)
    if len(where) < 2:
        return
    order = where[np.argsort(values[where], kind="stable")]
    same = values[order][1:] == values[order][:-1]
    if not same.any():
        return
    starts = np.flatnonzero(np.concatenate(([True], ~same)))
    groups = [group for group in np.split(order, starts[1:]) if len(group) > 1]
    yield from ([int(place) for place in group] for group in sorted(groups, key=lambda group: int(group[0])))


def _other(group: list[int], index: int) -> int:
    """Return the first other place of a group."""
    return group[1] if index == group[0] else group[0]


def _shared_mobiles(ledger: Ledger, mobiles: Cells, names: list[str]) -> None:
    numbers = np.asarray(mobiles.values)
    for group in repeated(numbers, mobiles.valid):
        for index in group:
            others = [place for place in group if names[place] != names[index]]
            if others:
                value = mask(str(numbers[index]), head=SHOWN_OF_MOBILE)
                other = ledger.excel_row(others[0])
                ledger.note("mobile_shared", "mobile", index, value=value, other=other)


def _same_people(ledger: Ledger, cells: Mapping[str, Cells], names: list[str]) -> None:
    births = birth_dates(cells)
    documents = cells["document_number"]
    numbers = np.asarray(documents.values)
    known = documents.valid & cells["name"].valid & ~np.isnat(births)
    # Birth dates first: they are numbers, and few rows share one with a namesake.
    for day in repeated(births, known):
        by_name: dict[str, list[int]] = {}
        for index in day:
            by_name.setdefault(names[index], []).append(index)
        for group in by_name.values():
            for index in group:
                others = [place for place in group if numbers[place] != numbers[index]]
                if others:
                    ledger.note("same_person", "name", index, other=ledger.excel_row(others[0]))


def _shared_union_codes(ledger: Ledger, codes: Cells, names: NDArray[Any]) -> None:
    values = np.asarray(codes.values)
    for group in repeated(values, codes.valid & (values != "")):
        for index in group:
            others = [place for place in group if names[place] != names[index]]
            if others:
                other = ledger.excel_row(others[0])
                ledger.note("union_code_shared", "union_credit_code", index, value=values[index], other=other)


def _repeated_unions(ledger: Ledger, cells: Mapping[str, Cells], names: NDArray[Any]) -> None:
    kinds, codes = cells["union_kind"], np.asarray(cells["union_credit_code"].values)
    superiors = [name_key(str(name)) for name in cells["superior_name"].values]
    joint = kinds.having(*JOINT_FEDERATIONS)
    several: set[int] = set()
    for group in repeated(names, cells["union_name"].valid):
        several.update(group)
        agree = all(codes[place] == codes[group[0]] for place in group)
        agree &= all(superiors[place] == superiors[group[0]] for place in group)
        if all(joint[place] for place in group) and agree:
            continue
        for index in group:
            other = ledger.excel_row(_other(group, index))
            ledger.note("union_repeated", "union_name", index, other=other)
    for index in places(kinds.having(JOINT)):
        if index not in several:
            ledger.note("joint_of_one", "union_kind", index)
