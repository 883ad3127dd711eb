"""What cadres get wrong, and how they mend it when they are told.

A fault is put into a right row and remembers the right cells, so that the story can be told to its end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from random import Random

from unionhall.cli.demo import numbers
from unionhall.cli.demo.rows import Row

USUAL_RATE, LARGE_RATE, LARGE = 0.05, 0.01, 2000
UNION_RATE, MOST_UNION_FAULTS, LONG_UNION_SHEET = 0.16, 3, 16
CHILD_BORN = date(2012, 6, 1)


class Remedy(StrEnum):
    """How a faulty row is mended: new text in its cells, taken out, or set aside for a transfer."""

    CORRECT = "correct"
    REMOVE = "remove"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What the cadre does about one row; `cells` holds the right text of the cells that were wrong."""

    remedy: Remedy
    cells: Row = field(default_factory=dict)


@dataclass(slots=True)
class Sheet:
    """The rows of one sheet as sent; `numeric` cells are written as numbers, `mendings` by place of the row."""

    rows: list[Row]
    numeric: set[tuple[int, str]] = field(default_factory=set)
    mendings: dict[int, Mending] = field(default_factory=dict)


Fault = Callable[[Sheet, int, Random], None]


def spoil_members(rows: list[Row], *, seed: str) -> Sheet:
    """Return the member sheet with the usual faults in some rows, at least one of each kind if it is long."""
    sheet = Sheet(rows)
    random = Random(f"faults {seed}")  # noqa: S311 - a story, not a secret
    times = max(1, round(len(rows) * (USUAL_RATE if len(rows) < LARGE else LARGE_RATE)))
    places = random.sample(range(len(rows)), min(times, len(rows)))
    start = random.randrange(len(MEMBER_FAULTS))
    for turn, place in enumerate(places):
        MEMBER_FAULTS[(start + turn) % len(MEMBER_FAULTS)](sheet, place, random)
    for place in random.sample(range(len(rows)), len(rows) // 12):
        if place not in sheet.mendings:
            _write_otherwise(rows[place], random)
    return sheet


def spoil_unions(rows: list[Row], *, seed: str) -> Sheet:
    """Return the union sheet with a fault in about every sixth row, in three at most, in one if it is long."""
    sheet = Sheet(rows)
    random = Random(f"union faults {seed}")  # noqa: S311
    places = [place for place in range(len(rows)) if random.random() < UNION_RATE]
    for place in places[: MOST_UNION_FAULTS if len(rows) < LONG_UNION_SHEET else 1]:
        random.choice(UNION_FAULTS)(sheet, place, random)
    return sheet


def claim(sheet: Sheet, others: list[Row]) -> None:
    """Put people who are members of another union into a sheet, at employers of its own."""
    employer = sheet.rows[0]["employer_name"]
    for row in others:
        sheet.mendings[len(sheet.rows)] = Mending(remedy=Remedy.TRANSFER)
        sheet.rows.append({**row, "employer_name": employer})


def _spoil(sheet: Sheet, place: int, **wrong: str) -> None:
    right = {key: sheet.rows[place][key] for key in wrong}
    sheet.rows[place] = {**sheet.rows[place], **wrong}
    sheet.mendings[place] = Mending(remedy=Remedy.CORRECT, cells=right)


def wrong_check(sheet: Sheet, place: int, random: Random) -> None:
    """Type one digit of the identity number wrong."""
    number = sheet.rows[place]["document_number"]
    digit = str((int(number[15]) + 1) % 10)
    _spoil(sheet, place, document_number=number[:15] + digit + number[16:])


def destroyed(sheet: Sheet, place: int, random: Random) -> None:
    """Let Excel keep the identity number as a number: the last digits are gone."""
    number = sheet.rows[place]["document_number"]
    _spoil(sheet, place, document_number=number[:15] + "000")
    sheet.numeric.add((place, "document_number"))


def unlisted_label(sheet: Sheet, place: int, random: Random) -> None:
    """Write something that is not in the drop-down list."""
    wrong = {
        "education": "大学肄业",
        "political_status": "党员",
        "skill_level": "中级职称",
        "ethnic_group": "海南人",
    }
    key = random.choice(list(wrong))
    _spoil(sheet, place, **{key: wrong[key]})


def other_sex(sheet: Sheet, place: int, random: Random) -> None:
    """Choose the wrong sex."""
    _spoil(sheet, place, sex="女" if sheet.rows[place]["sex"] == "男" else "男")


def short_year(sheet: Sheet, place: int, random: Random) -> None:
    """Write a date with two digits for the year."""
    key = random.choice(("birth_date", "changed_on"))
    _spoil(sheet, place, **{key: sheet.rows[place][key][2:].replace("/", ".")})


def short_employer(sheet: Sheet, place: int, random: Random) -> None:
    """Write the employer's short name, which no union sheet has."""
    name = sheet.rows[place]["employer_name"]
    _spoil(sheet, place, employer_name=name.removeprefix("海口").removesuffix("有限公司") + "本部")


def short_mobile(sheet: Sheet, place: int, random: Random) -> None:
    """Lose a digit of the mobile number."""
    _spoil(sheet, place, mobile=sheet.rows[place]["mobile"][:-1])


def left_blank(sheet: Sheet, place: int, random: Random) -> None:
    """Leave a required cell blank."""
    _spoil(sheet, place, **{random.choice(("education", "political_status", "household_place")): ""})


def child(sheet: Sheet, place: int, random: Random) -> None:
    """Enter somebody who is too young."""
    number = numbers.numbered(CHILD_BORN, sequence=place % 998 + 1)
    sheet.rows[place] = {
        **sheet.rows[place],
        "document_number": number,
        "birth_date": f"{CHILD_BORN:%Y/%m/%d}",
        "sex": "男" if int(number[16]) % 2 else "女",
    }
    sheet.mendings[place] = Mending(remedy=Remedy.REMOVE)


def entered_twice(sheet: Sheet, place: int, random: Random) -> None:
    """Enter a person a second time at the end of the sheet."""
    sheet.mendings[len(sheet.rows)] = Mending(remedy=Remedy.REMOVE)
    sheet.rows.append(dict(sheet.rows[place]))


def letter_in_code(sheet: Sheet, place: int, random: Random) -> None:
    """Type the letter O for a zero in the employer's credit code."""
    code = sheet.rows[place]["employer_credit_code"]
    _spoil(sheet, place, employer_credit_code=code[:8] + code[8:].replace("0", "O", 1))


def short_superior(sheet: Sheet, place: int, random: Random) -> None:
    """Shorten the name of the superior union."""
    name = sheet.rows[place]["superior_name"]
    _spoil(sheet, place, superior_name=name.replace("总工会", "工会").replace("市", ""))


def counted_in_words(sheet: Sheet, place: int, random: Random) -> None:
    """Write the unit behind a number."""
    _spoil(sheet, place, employee_count=f"约{sheet.rows[place]['employee_count']}人")


def not_founded(sheet: Sheet, place: int, random: Random) -> None:
    """Leave the founding date blank."""
    _spoil(sheet, place, founded_on="")


MEMBER_FAULTS: tuple[Fault, ...] = (
    wrong_check,
    destroyed,
    unlisted_label,
    other_sex,
    short_year,
    short_employer,
    short_mobile,
    left_blank,
    child,
    entered_twice,
)
UNION_FAULTS: tuple[Fault, ...] = (letter_in_code, short_superior, counted_in_words, not_founded)


def _write_otherwise(row: Row, random: Random) -> None:
    """Write right things as people do: other date styles, blanks, short labels; none of it is a fault."""
    year, month, day = row["changed_on"].split("/")
    styles = (
        f"{year}.{month}.{day}",
        f"{year}年{int(month)}月{int(day)}日",
        f"{year}{month}{day}",
        f"{year}-{month}-{day}",
    )
    row["changed_on"] = random.choice(styles)
    row["name"] = random.choice((row["name"], f" {row['name']} "))
    row["ethnic_group"] = row["ethnic_group"].removesuffix("族")
    number = row["document_number"]
    row["document_number"] = random.choice(
        (number, f"{number[:6]} {number[6:14]} {number[14:]}", number.lower())
    )
