"""The two templates: what stands on them, and that the reader knows its own sheets."""

import io
from functools import cache

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from unionhall.collection.sheets.columns import SheetKind, columns_of
from unionhall.collection.sheets.labels import labels_of
from unionhall.collection.sheets.reading import read_workbook
from unionhall.collection.sheets.templates import write_template
from unionhall.standards import codes
from unionhall.standards.refusal import Refused

KINDS = list(SheetKind)
FIRST_ROW, LAST_PREPARED_ROW = 5, 2005


@cache
def opened(kind: SheetKind, *, sample: bool = True) -> Workbook:
    """Return a template as Excel would open it; it is opened once and only read."""
    return load_workbook(io.BytesIO(write_template(kind, sample=sample)))


def form(kind: SheetKind, *, sample: bool = True) -> Worksheet:
    sheet = opened(kind, sample=sample)[kind.form_title]
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.parametrize(("kind", "count"), [(SheetKind.UNIONS, 17), (SheetKind.MEMBERS, 20)])
def test_form_has_title_head_block_and_its_columns_in_order(kind: SheetKind, count: int) -> None:
    sheet = form(kind)
    assert sheet["A1"].value == kind.form_title
    head = [cell.value for cell in sheet[2] if cell.value]
    assert [text.split("：")[0] for text in head if isinstance(text, str)] == [
        "填表单位（盖章）",
        "单位负责人（签字）",
        "信息采集人（签字）",
        "填报日期",
    ]
    labels = [sheet.cell(4, number).value or sheet.cell(3, number).value for number in range(1, count + 1)]
    assert labels == [column.header for column in columns_of(kind)]
    assert sheet.cell(3, count + 1).value is None


def test_union_form_has_a_group_row_of_merged_cells() -> None:
    merged = {str(area) for area in form(SheetKind.UNIONS).merged_cells.ranges}
    assert {"A3:A4", "B3:I3", "J3:Q3"} <= merged
    assert (form(SheetKind.UNIONS)["B3"].value, form(SheetKind.UNIONS)["J3"].value) == (
        "单位信息",
        "工会信息",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_codes_stay_text_and_days_are_days_in_two_thousand_rows(kind: SheetKind) -> None:
    sheet = form(kind)
    for number, column in enumerate(columns_of(kind), start=1):
        formats = {sheet.cell(row, number).number_format for row in (FIRST_ROW + 1, LAST_PREPARED_ROW)}
        if column.text:
            assert formats == {"@"}, column.key
        if column.key.endswith(("_on", "_date")):
            assert formats == {"yyyy/mm/dd"}, column.key


@pytest.mark.parametrize("kind", KINDS)
def test_every_coded_column_offers_its_labels_and_each_is_understood(kind: SheetKind) -> None:
    workbook = opened(kind)
    sheet = workbook[kind.form_title]
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    lists = {next(iter(rule.sqref.ranges)).min_col: rule.formula1 for rule in rules}
    coded = {number: column for number, column in enumerate(columns_of(kind), start=1) if column.table}
    assert set(lists) == set(coded)
    for number, column in coded.items():
        source = str(lists[number])
        if source.startswith('"'):
            offered = tuple(source.strip('"').split(","))
        else:
            area = workbook["下拉选项"][source.partition("!")[2].replace("$", "")]
            offered = tuple(str(cell.value) for (cell,) in area)
        assert offered == labels_of(column)
        assert None not in {codes.table(column.table).code(label) for label in offered}
    assert workbook["下拉选项"].sheet_state == "hidden"


def test_serials_are_unique_by_a_validation_of_the_sheet() -> None:
    (rule,) = [
        rule for rule in form(SheetKind.MEMBERS).data_validations.dataValidation if rule.type == "custom"
    ]
    assert str(rule.formula1).startswith("COUNTIF($A$5:")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sample", [True, False])
def test_template_with_nothing_but_its_sample_has_no_data(kind: SheetKind, sample: bool) -> None:
    with pytest.raises(Refused) as refused:
        read_workbook(write_template(kind, sample=sample))
    assert refused.value.codes == ("sheets.file.no_data",)


@pytest.mark.parametrize("kind", KINDS)
def test_row_typed_below_the_sample_is_read_back(kind: SheetKind) -> None:
    workbook = load_workbook(io.BytesIO(write_template(kind)))
    for number, column in enumerate(columns_of(kind), start=1):
        workbook[kind.form_title].cell(FIRST_ROW + 1, number, column.example)
    output = io.BytesIO()
    workbook.save(output)
    (table,) = read_workbook(output.getvalue()).tables
    assert (table.kind, table.rows, table.missing, table.unknown) == (kind, [6], (), ())
    assert {key: texts[0] for key, texts in table.cells.items()} == {
        column.key: column.example for column in columns_of(kind)
    }


@pytest.mark.parametrize("kind", KINDS)
def test_printing_and_reading_on_screen_are_prepared(kind: SheetKind) -> None:
    sheet = form(kind)
    assert sheet.freeze_panes == "C5"
    assert sheet.page_setup.orientation == "landscape"
    assert opened(kind)["填表说明"]["A1"].value == f"{kind.form_title}填表说明"
