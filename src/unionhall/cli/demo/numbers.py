"""Numbers nobody holds: right by every check, and recognizable as made up.

Resident ids of the area 460199, which no place has; mobile numbers counted up from 199 0000 0000; credit
codes with serials counted up from one.
"""

from __future__ import annotations

from datetime import date, timedelta

from unionhall.standards.checksums import CREDIT, ORGANIZATION, RESIDENT

AREA = "460199"
FIRST_BIRTH = date(1972, 1, 1)
LAST_BIRTH = date(1999, 12, 31)
DAYS = (LAST_BIRTH - FIRST_BIRTH).days + 1
# Prime to the number of days: neighbors in a roll are not born on neighboring days.
STRIDE = 7919


def resident_id(serial: int, *, male: bool) -> str:
    """Return the number of the serial-th person; each serial gives another number."""
    born = FIRST_BIRTH + timedelta(days=serial * STRIDE % DAYS)
    return numbered(born, sequence=2 * (serial // DAYS) + (1 if male else 2))


def numbered(born: date, *, sequence: int) -> str:
    """Return the number of a person born on a day; odd sequences are men."""
    body = f"{AREA}{born:%Y%m%d}{sequence:03d}"
    return body + RESIDENT.character(body)


def birth_date(number: str) -> date:
    """Return the birth date a number tells."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def mobile(serial: int) -> str:
    """Return the serial-th mobile number."""
    return f"199{serial:08d}"


def landline(serial: int) -> str:
    """Return the telephone of a union: eight digits as everywhere in Hainan."""
    return f"0898-6600{serial % 10000:04d}"


def credit_code(serial: int, *, prefix: str, area: str = "460100") -> str:
    """Return a credit code: prefix by the registrar's kind, area of registration, organization code, check."""
    body = f"{serial:08d}"
    whole = f"{prefix}{area}{body}{ORGANIZATION.character(body)}"
    return whole + CREDIT.character(whole)
