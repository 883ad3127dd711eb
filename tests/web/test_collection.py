"""Pages of collection: hand in, look, mend in place, set aside, submit, take the marked workbook home."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.builders import Cast, coverage_of, make_member, number
from tests.collection.sheets import sheets
from tests.collection.stories import JUDGE, factory_row, hand_in, send, worker
from tests.web.conftest import Enter
from tests.web.reading import linked, main_words, row_heads
from unionhall.audit.models import Event
from unionhall.collection import actions
from unionhall.collection.models import Batch, Row
from unionhall.collection.sheets.columns import SheetKind
from unionhall.foundation import scoping

pytestmark = pytest.mark.django_db
LIST, NEW, PAGE, ROW = "batch-list", "batch-new", "batch-page", "batch-row"
SUBMIT, WORKBOOK = "batch-submit", "batch-workbook"
LIST_QUESTIONS = 25
PAGE_QUESTIONS = 33
SHORT = "46019919900101001"
MENDED = sheets.member_row(2)["document_number"]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def faulty(cast: Cast) -> Batch:
    """A batch of the factory: its union, one good worker, one whose number lacks a character."""
    return hand_in(cast, [worker(1), worker(2, document_number=SHORT)], [factory_row()])


def row_of(batch: Batch, place: int, kind: str = "members") -> Row:
    with scoping.whole_registry():
        return Row.objects.filter(batch=batch, kind=kind).order_by("pk")[place]


def address(batch: Batch, row: Row, query: str = "") -> str:
    return reverse(ROW, args=[batch.pk, row.pk]) + query


def typed(page: Any) -> dict[str, str]:
    """Return the form of a row as a browser would send it back."""
    form = page.context["form"]
    fields = {name: form[name].value() for name in form.fields}
    return {**fields, "version": str(page.context["row"].version), "deed": "save"}


def uploads() -> list[SimpleUploadedFile]:
    return [
        SimpleUploadedFile("组织.xlsx", sheets.sheet_xlsx(SheetKind.UNIONS, [factory_row()])),
        SimpleUploadedFile("会员.xlsx", sheets.sheet_xlsx(SheetKind.MEMBERS, [worker(1)])),
    ]


def test_anonymous_is_sent_to_sign_in(faulty: Batch) -> None:
    for url in (
        reverse(LIST),
        reverse(NEW),
        reverse(PAGE, args=[faulty.pk]),
        reverse(SUBMIT, args=[faulty.pk]),
    ):
        answer = Client().get(url)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_the_unfit_are_refused(faulty: Batch, enter: Enter) -> None:
    finance, reviewer = enter("finance"), enter("longhua_reviewer")

    assert finance.get(reverse(LIST)).status_code == 403
    assert finance.get(reverse(PAGE, args=[faulty.pk])).status_code == 403
    assert reviewer.get(reverse(PAGE, args=[faulty.pk])).status_code == 200
    assert reviewer.get(reverse(NEW)).status_code == 403
    assert reviewer.get(reverse(SUBMIT, args=[faulty.pk])).status_code == 403
    assert reviewer.get(reverse(WORKBOOK, args=[faulty.pk])).status_code == 403
    row = row_of(faulty, 1)
    assert reviewer.post(address(faulty, row), {"version": row.version, "deed": "remove"}).status_code == 403


def test_outsiders_cannot_tell_that_the_batch_exists(cast: Cast, faulty: Batch, enter: Enter) -> None:
    client, row = enter("outside_clerk"), row_of(faulty, 1)
    inside = [reverse(name, args=[faulty.pk]) for name in (PAGE, SUBMIT, WORKBOOK)] + [address(faulty, row)]

    assert [client.get(url).status_code for url in inside] == [404] * 4
    assert client.post(address(faulty, row), {"version": row.version, "deed": "remove"}).status_code == 404
    assert client.post(reverse(SUBMIT, args=[faulty.pk])).status_code == 404
    assert client.get(reverse(NEW), {"union": cast.factory.pk}).status_code == 404
    assert "还没有上传过采集表" in main_words(client.get(reverse(LIST)))
    assert row_of(faulty, 1).state == "judged"


def test_templates_are_the_forms_of_the_province(enter: Enter) -> None:
    client = enter("factory_clerk")
    for kind in SheetKind:
        answer = client.get(reverse("template-download", args=[kind]))
        assert openpyxl.load_workbook(BytesIO(answer.content)).sheetnames[0] == kind.form_title
    assert client.get(reverse("template-download", args=["cadres"])).status_code == 404


def test_two_sheets_come_in_together_and_are_judged(cast: Cast, enter: Enter) -> None:
    client = enter("factory_clerk")

    answer = client.post(reverse(NEW), {"files": uploads()})
    assert answer.status_code == 302
    batch = Batch.objects.get()
    assert answer["Location"] == reverse(PAGE, args=[batch.pk])
    waiting = client.get(answer["Location"])
    assert "正在核对采集表" in main_words(waiting)
    assert client.get(answer["Location"], {"watch": "1"}, headers=HTMX).status_code == 200

    actions.judge(batch.pk, by=JUDGE, at=timezone.localtime())

    finished = client.get(answer["Location"], {"watch": "1"}, headers=HTMX)
    assert (finished.content, finished["HX-Refresh"]) == (b"", "true")
    page = client.get(answer["Location"])
    assert "两张表共 2 行 可以提交" in main_words(page)
    assert row_heads(page) == [f"3 {worker(1)['name']}"]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "请选择要上传的采集表（组织表和会员表可一并上传）。"),
        ([("空.xlsx", b"")], "「空.xlsx」是空文件，请重新选择。"),
        ([(f"{n}.csv", b"a") for n in range(11)], "一次最多上传10个文件，请分批上传。"),
        ([("大.csv", b"a" * (1024 * 1024 + 1))], "「大.csv」超过1MB，请拆分后上传。"),
    ],
)
def test_a_delivery_that_cannot_be_taken_is_refused_at_the_field(
    files: list[tuple[str, bytes]], sentence: str, enter: Enter, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    sent = [SimpleUploadedFile(name, content) for name, content in files]

    answer = enter("factory_clerk").post(reverse(NEW), {"files": sent})

    assert answer.status_code == 422
    assert sentence in main_words(answer)
    assert Batch.objects.count() == 0


def test_an_unreadable_file_says_why_and_what_to_do(cast: Cast, enter: Enter) -> None:
    client = enter("factory_clerk")
    client.post(reverse(NEW), {"files": [SimpleUploadedFile("说明.txt", b"\x00\x01\x02")]})
    batch = Batch.objects.get()
    actions.judge(batch.pk, by=JUDGE, at=timezone.localtime())

    page = client.get(reverse(PAGE, args=[batch.pk]))

    batch.refresh_from_db()
    assert batch.problem in main_words(page)
    assert "无法读取" in main_words(client.get(reverse(LIST)))
    assert linked(page, "重新上传") == [f"{reverse(NEW)}?union={cast.factory.pk}"]


def test_who_leads_others_chooses_for_whom(cast: Cast, enter: Enter) -> None:
    client = enter("longhua_clerk")
    found = client.get(reverse(NEW), {"q": "联合"})

    assert linked(found, cast.joint.name) == [f"?union={cast.joint.pk}"]
    assert linked(found, cast.faraway.name) == []
    client.post(f"{reverse(NEW)}?union={cast.joint.pk}", {"files": uploads()})
    assert Batch.objects.get().union_id == cast.joint.pk


def test_every_figure_leads_to_exactly_its_rows(faulty: Batch, enter: Enter) -> None:
    client = enter("factory_clerk")
    page = client.get(reverse(PAGE, args=[faulty.pk]), {"kind": "members"})

    figures = {card.label: (card.count, card.url) for card in page.context["board"].cards}
    assert {label: count for label, (count, _) in figures.items()} == {
        "全部行": 2, "可提交": 1, "有错误": 1, "有警告": 1,
    }  # fmt: skip
    for count, url in figures.values():
        assert client.get(reverse(PAGE, args=[faulty.pk]) + url).context["grid"].page.total == count
    for found in page.context["board"].filters:
        shown = client.get(reverse(PAGE, args=[faulty.pk]) + found.url).context["grid"].page
        assert shown.total == found.kind.count


def test_a_list_of_faults_shows_the_columns_with_findings_first(faulty: Batch, enter: Enter) -> None:
    client, url = enter("factory_clerk"), reverse(PAGE, args=[faulty.pk])
    for query, first in (({"state": "faulty"}, "document_number"), ({}, "sex")):
        shown = client.get(url, {"kind": "members", **query}).context["grid"]
        assert shown.columns[0].key == first
        keys = [column.key for column in shown.columns]
        for row in shown.page.rows:
            assert [cell.key for cell in row.cells if cell.key in keys] == keys


def test_the_list_is_found_by_name_and_turned_by_page(cast: Cast, enter: Enter) -> None:
    batch = hand_in(cast, [worker(one) for one in range(1, 24)], [factory_row()])
    client, url = enter("factory_clerk"), reverse(PAGE, args=[batch.pk])

    first = client.get(url, {"kind": "members", "size": "20"})
    second = client.get(url + first.context["grid"].next)
    assert [len(row_heads(page)) for page in (first, second)] == [20, 3]
    assert second.context["grid"].previous == "?kind=members&size=20"
    named = client.get(url, {"kind": "members", "q": str(worker(7)["name"])})
    assert row_heads(named) == [f"9 {worker(7)['name']}"]
    assert "没有符合条件的行" in main_words(client.get(url, {"kind": "members", "q": "无此人"}))


def test_right_numbers_are_masked_and_wrong_ones_can_be_mended(faulty: Batch, enter: Enter) -> None:
    client, page_url = enter("factory_clerk"), reverse(PAGE, args=[faulty.pk])
    right = str(worker(1)["document_number"])

    body = client.get(page_url, {"kind": "members"}).content.decode()
    assert right not in body
    assert f"{right[:6]}********{right[-4:]}" in body
    editor = client.get(address(faulty, row_of(faulty, 0)), headers=HTMX).content.decode()
    assert right not in editor
    assert "重新填写（不改请留空）" in editor
    assert SHORT in client.get(address(faulty, row_of(faulty, 1))).content.decode()


def test_a_mended_row_is_judged_at_once_and_the_page_follows(faulty: Batch, enter: Enter) -> None:
    client, row = enter("factory_clerk"), row_of(faulty, 1)
    url = address(faulty, row, "?kind=members&state=faulty")
    form = typed(client.get(url)) | {"document_number": MENDED}

    answer = client.post(url, form, headers=HTMX)

    said = main_words_of_part(answer)
    assert "第4行已保存。" in said
    assert "两张表共 3 行 可以提交" in said
    assert row_of(faulty, 1).error_count == 0
    assert answer.context["grid"].page.total == 0


def test_without_script_saving_leads_back_to_the_row(faulty: Batch, enter: Enter) -> None:
    client, row = enter("factory_clerk"), row_of(faulty, 1)
    form = typed(client.get(address(faulty, row))) | {"document_number": MENDED}

    answer = client.post(address(faulty, row), form, follow=True)

    assert answer.redirect_chain[-1][0].startswith(reverse(ROW, args=[faulty.pk, row.pk]))
    assert "第4行已保存。" in main_words(answer)


def test_after_a_row_is_mended_the_next_faulty_one_opens(cast: Cast, enter: Enter) -> None:
    rows = [worker(1, document_number=SHORT), worker(2), worker(3, sex="未知")]
    batch = hand_in(cast, rows, [factory_row()])
    client, row = enter("factory_clerk"), row_of(batch, 0)
    form = typed(client.get(address(batch, row))) | {"document_number": worker(1)["document_number"]}

    answer = client.post(address(batch, row), form, headers=HTMX)

    assert answer.context["row"].id == row_of(batch, 2).pk
    assert "第3行已保存。已打开下一条有错误的行。" in main_words_of_part(answer)


def test_a_suggestion_is_taken_by_its_button(cast: Cast, enter: Enter) -> None:
    batch = hand_in(cast, [worker(1, birth_date="1985/01/20")], [factory_row()])
    client, row = enter("factory_clerk"), row_of(batch, 0)
    page = client.get(address(batch, row))
    offered = re.findall(r'name="adopt" value="(birth_date=[^"]+)"', page.content.decode())
    assert offered == ["birth_date=1985/01/02"]

    client.post(address(batch, row), typed(page) | {"adopt": offered[0]})

    assert (row_of(batch, 0).cells["birth_date"], row_of(batch, 0).error_count) == ("1985/01/02", 0)


def test_of_two_people_on_one_row_the_second_is_told_and_loses_nothing(faulty: Batch, enter: Enter) -> None:
    first, second, row = enter("factory_clerk"), enter("longhua_clerk"), row_of(faulty, 0)
    url = address(faulty, row)
    hers, his = typed(first.get(url)), typed(second.get(url))
    first.post(url, hers | {"native_place": "海南琼海"})

    answer = second.post(url, his | {"native_place": "海南文昌"})

    said = main_words(answer)
    assert answer.status_code == 422
    assert "第3行刚被其他人更改，您的输入未保存" in said
    assert "现为：海南琼海" in said
    assert 'value="海南文昌"' in answer.content.decode()
    assert row_of(faulty, 0).cells["native_place"] == "海南琼海"
    second.post(url, typed(answer) | {"native_place": "海南文昌"})
    assert row_of(faulty, 0).cells["native_place"] == "海南文昌"


def test_rows_are_set_aside_and_taken_back(faulty: Batch, enter: Enter) -> None:
    client, url = enter("factory_clerk"), address(faulty, row_of(faulty, 1))

    client.post(url, {"version": row_of(faulty, 1).version, "deed": "remove"})
    assert row_of(faulty, 1).state == "removed"
    page = client.get(url)
    assert "保存并核对" not in main_words(page)
    client.post(url, {"version": row_of(faulty, 1).version, "deed": "restore"})
    assert row_of(faulty, 1).state == "judged"
    refused = client.post(url, {"version": row_of(faulty, 1).version, "deed": "transfer"})
    assert (refused.status_code, "无须办理接转" in main_words(refused)) == (422, True)


def test_who_is_held_elsewhere_can_be_transferred_and_nothing_is_told(cast: Cast, enter: Enter) -> None:
    with scoping.whole_registry():
        make_member(coverage_of(cast.faraway), 1)
    held = worker(1, document_number=number(1), birth_date="1990/01/01", name="林示范")
    batch = hand_in(cast, [held], [factory_row()])
    client, url = enter("factory_clerk"), address(batch, row_of(batch, 0))

    page = client.get(url)
    assert "转为接转" in main_words(page)
    assert [word for word in ("渔业", "美兰", cast.faraway.name) if word in main_words(page)] == []
    client.post(url, {"version": row_of(batch, 0).version, "deed": "transfer"})

    assert row_of(batch, 0).state == "transfer"


def test_the_effect_is_shown_before_it_is_submitted(faulty: Batch, enter: Enter) -> None:
    client, url = enter("factory_clerk"), reverse(SUBMIT, args=[faulty.pk])

    page = client.get(url)
    assert [place.name for place in page.context["preview"].chain] == ["海口市龙华区总工会", "海口市总工会"]
    assert (page.context["preview"].summary.ready, page.context["preview"].summary.faulty) == (2, 1)
    assert "新建工会 0 个 新增单位 0 个 新增会员 1 人" in main_words(page)
    answer = client.post(url, follow=True)

    said = main_words(answer)
    assert re.search(r"已提交 2 行，受理号 CJ\d{14}。", said)
    assert "海口市龙华区总工会 办理中" in said
    refused = client.post(url)
    assert (refused.status_code, "没有可以提交的行" in main_words(refused)) == (422, True)


def test_new_unions_and_employers_are_counted_before(cast: Cast, enter: Enter) -> None:
    new = sheets.union_row(7, superior_name="龙华区中山街道总工会")
    rows = [worker(1, employer_name=str(new["employer_name"]))]
    batch = hand_in(cast, rows, [new], clerk="longhua_clerk", union=cast.longhua)

    page = enter("longhua_clerk").get(reverse(SUBMIT, args=[batch.pk]))

    assert "新建工会 1 个 新增单位 1 个 新增会员 1 人" in main_words(page)


def test_the_workbook_comes_back_marked_and_audit_remembers(faulty: Batch, enter: Enter) -> None:
    client, page = enter("factory_clerk"), reverse(PAGE, args=[faulty.pk])
    files = {file.name: file.id for file in client.get(page).context["files"]}

    answer = client.get(reverse(WORKBOOK, args=[faulty.pk]), {"source": files["会员.xlsx"]})

    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert (
        sum(1 for row in sheet.iter_rows() for cell in row if cell.comment and "17位" in cell.comment.text)
        == 1
    )
    with scoping.whole_registry():
        assert Event.objects.filter(kind="collection.workbook_returned").count() == 1
    missing = client.get(reverse(WORKBOOK, args=[faulty.pk]), {"source": "0"}, follow=True)
    assert "该批次没有这个文件" in main_words(missing)


@pytest.mark.parametrize("batches", [1, 3])
def test_the_list_asks_the_same_questions_however_long(
    batches: int, cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(batches):
        hand_in(cast, [worker(1)], [factory_row()])
    client = enter("factory_clerk")
    client.get(reverse(LIST))

    with django_assert_num_queries(LIST_QUESTIONS):
        page = client.get(reverse(LIST))
    assert len(page.context["deliveries"]) == batches


@pytest.mark.parametrize("rows", [1, 3])
def test_a_batch_asks_the_same_questions_however_long(
    rows: int, cast: Cast, enter: Enter, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    batch = hand_in(cast, [worker(one, sex="未知") for one in range(1, rows + 1)], [factory_row()])
    send(cast, batch)
    client = enter("factory_clerk")
    client.get(reverse(LIST))

    with django_assert_num_queries(PAGE_QUESTIONS):
        page = client.get(reverse(PAGE, args=[batch.pk]), {"kind": "members"})
    assert len(row_heads(page)) == rows


def main_words_of_part(answer: Any) -> str:
    """Return the words of an answer to htmx, which has no frame around it."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
