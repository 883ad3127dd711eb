"""Whatever stands in the cells, judging ends with sentences: the column's check and the parser never disagree."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collection.sheets.sheets import TODAY, member_row, union_row
from unionhall.collection.sheets.columns import Column, SheetKind, columns_of
from unionhall.collection.sheets.judging import judge, judge_rows
from unionhall.collection.sheets.reading.tables import Table

CHARACTERS = "0123456789Xx-/.年月日 ,+E男女ABCDEFGH·\x00\u200b\u3000（）'\"=无暂"
TYPED = st.text(alphabet=CHARACTERS, max_size=24) | st.text(max_size=45)
DOCUMENTS = st.sampled_from(["护照", "军官证", "台胞证", "港澳居民居住证", "外国人永久居留身份证", "其他"])


@st.composite
def tables(draw: st.DrawFn, kind: SheetKind) -> Table:
    make = member_row if kind == SheetKind.MEMBERS else union_row
    rows = [make(1), make(2)]
    for row in rows:
        changed: Column = draw(st.sampled_from(columns_of(kind)))
        row[changed.key] = draw(TYPED)
        if kind == SheetKind.MEMBERS and draw(st.booleans()):
            row["document_type"] = draw(DOCUMENTS)
            row["document_number"] = draw(TYPED)
    cells = {column.key: [str(row[column.key]) for row in rows] for column in columns_of(kind)}
    return Table(kind=kind, sheet="表", header_row=1, rows=[2, 3], cells=cells)


@settings(max_examples=150, deadline=None)
@given(st.one_of(tables(SheetKind.MEMBERS), tables(SheetKind.UNIONS)))
def test_any_cell_is_judged_with_sentences_and_plain_facts(table: Table) -> None:
    judgement = judge(table, today=TODAY)
    assert all(finding.message.endswith("。") for finding in judgement.findings)
    assert {len(values) for values in judgement.facts.values()} == {2}
    assert json.loads(json.dumps(judgement.facts)) == judgement.facts
    faulty = {finding.row for finding in judgement.findings if finding.severity == "error"}
    assert faulty == {row for row, fault in zip(table.rows, judgement.faulty, strict=True) if fault}


def test_table_without_rows_is_judged_without_a_finding() -> None:
    for kind in SheetKind:
        assert judge_rows(kind, {column.key: [] for column in columns_of(kind)}, today=TODAY).findings == []
