"""The main job as people walk it: from two sheets to a member on the roll and seven yuan in the settlement."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.collection.sheets import sheets
from tests.collection.stories import factory_row, worker
from tests.journeys.conftest import PHONE
from unionhall.collection.sheets.columns import SheetKind

pytestmark = pytest.mark.journey
Enter = Callable[..., Page]
Shoot = Callable[[Page, str], None]
DISTRICT = "海口市龙华区总工会"
SHORT = "46019919900101001"


@pytest.fixture
def shoot(pictures: Path) -> Shoot:
    """Take a picture of a page; Playwright's own hiding of the caret would be an inline style."""
    numbers = count(1)

    def take(page: Page, name: str) -> None:
        page.screenshot(path=pictures / f"{next(numbers):02d}-{name}.png", caret="initial")

    return take


def sheets_of(folder: Path, *people: int, faulty: int = 0) -> list[str]:
    """Write both sheets as a cadre has them on disk; the faulty person's number lacks a character."""
    rows = [worker(one, **({"document_number": SHORT} if one == faulty else {})) for one in people]
    contents = {
        "组织采集表.xlsx": sheets.sheet_xlsx(SheetKind.UNIONS, [factory_row()]),
        "会员采集表.xlsx": sheets.sheet_xlsx(SheetKind.MEMBERS, rows),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [str(folder / name) for name in contents]


def upload(page: Page, files: list[str]) -> None:
    page.click("nav >> text=采集填报")
    page.click("main a:has-text('上传采集表')")
    page.set_input_files("input[type=file]", files)
    page.click("button:has-text('上传并核对')")
    page.wait_for_selector("#board", timeout=60_000)


def submit(page: Page) -> str:
    """Submit what is ready and return the number of the receipt."""
    page.click("#submit-bar a:has-text('提交')")
    page.click("button:has-text('确认提交')")
    receipt = page.wait_for_selector(".notice-success")
    assert receipt is not None
    return str(re.findall(r"CJ\d{14}", receipt.inner_text())[0])


def approve(page: Page, receipt: str) -> None:
    page.click("nav >> text=审核")
    page.click(f"tr:has-text('{receipt}') a")
    page.click("button:has-text('同意')")
    expect(page.locator(".notice-success")).to_contain_text(f"已同意 {receipt}")


def owed(page: Page) -> int:
    """Return what is owed to the district, in fen."""
    page.click("nav >> text=经费补助")
    line = page.locator(f"tr:has-text('{DISTRICT}')")
    amounts = re.findall(r"([\d,]+)\.(\d\d)", line.first.inner_text()) if line.count() else []
    return int(amounts[-1][0].replace(",", "")) * 100 + int(amounts[-1][1]) if amounts else 0


def test_a_cadre_two_levels_and_seven_yuan(enter: Enter, shoot: Shoot, tmp_path: Path) -> None:
    finance = enter("finance")
    before = owed(finance)
    cadre, person = enter("factory_clerk"), worker(1)

    upload(cadre, sheets_of(tmp_path, 1, faulty=1))
    expect(cadre.locator("#submit-bar")).to_contain_text("1 行有错误")
    shoot(cadre, "judged")
    cadre.click(f"#rows a:has-text('{person['name']}')")
    cadre.fill("#editor input[name=document_number]", str(person["document_number"]))
    shoot(cadre, "mending")
    cadre.click("#editor button:has-text('保存并核对')")
    expect(cadre.locator("#submit-bar")).to_contain_text("2 行可以提交")
    receipt = submit(cadre)
    shoot(cadre, "submitted")

    for account in ("longhua_reviewer", "city_reviewer"):
        reviewer = enter(account)
        approve(reviewer, receipt)
        shoot(reviewer, account)

    cadre.click("nav >> text=会员")
    expect(cadre.locator("main")).to_contain_text(str(person["name"]))
    shoot(cadre, "roll")
    assert owed(finance) - before == 700
    shoot(finance, "settlement")


def test_a_reviewer_approves_on_the_phone(enter: Enter, shoot: Shoot, tmp_path: Path) -> None:
    cadre = enter("factory_clerk")
    upload(cadre, sheets_of(tmp_path, 2, 3))
    receipt = submit(cadre)

    phone = enter("longhua_reviewer", viewport=PHONE)
    phone.goto(f"{phone.url}reviews/")
    shoot(phone, "queue")
    phone.click(f"tr:has-text('{receipt}') a")
    shoot(phone, "record")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.tap("button:has-text('同意')")

    expect(phone.locator(".notice-success")).to_contain_text(f"已同意 {receipt}")
    shoot(phone, "approved")


def test_two_people_at_one_row_and_nothing_is_lost(enter: Enter, shoot: Shoot, tmp_path: Path) -> None:
    first, second = enter("factory_clerk"), enter("longhua_clerk")
    upload(first, sheets_of(tmp_path, 4))
    second.goto(first.url)
    for page, place in ((first, "海南琼海"), (second, "海南文昌")):
        page.click(f"#rows a:has-text('{worker(4)['name']}')")
        page.fill("#editor input[name=native_place]", place)

    for page in (first, second):
        page.click("#editor button:has-text('保存并核对')")
        page.wait_for_selector("#editor .notice")

    expect(second.locator("#editor")).to_contain_text("刚被其他人更改")
    expect(second.locator("#editor")).to_contain_text("现为：海南琼海")
    assert second.input_value("#editor input[name=native_place]") == "海南文昌"
    shoot(second, "conflict")
