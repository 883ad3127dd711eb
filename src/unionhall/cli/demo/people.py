"""Synthetic people: one row of the member sheet each, consistent in itself, the same for the same serial."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from unionhall.cli.demo import numbers

SURNAMES = "符陈林王吴李黄张周郑冯韩邢云何曾梁蔡谢许苏邓莫潘唐冼麦羊卢杜"
MEN = "伟强军磊勇杰涛明超海波峰辉健宁俊志文国平建华东光永成正德信山"
WOMEN = "芳娜敏静丽艳娟霞秀英慧巧美珍燕玲桂香月莉兰凤洁梅琳素云莲真环"
EDUCATION = ("本科", "大专", "大专", "中专", "高中", "高中", "初中", "硕士")
SKILLS = ("无", "无", "无", "无", "职业资格五级", "职业资格四级", "职业资格三级", "职业资格二级")
PARTIES = ("群众", "群众", "群众", "群众", "中共党员", "中共党员", "民盟盟员", "无党派人士")
PEOPLES = ("汉族",) * 16 + ("黎族", "黎族", "苗族", "回族")
PLACES = ("海口", "琼海", "文昌", "儋州", "万宁", "定安", "澄迈", "屯昌", "临高", "东方")
COUNTIES = ("定安", "澄迈", "屯昌", "临高")
ADULT_DAYS = 18 * 366
EARLIEST_JOINING, LATEST_JOINING = date(2005, 1, 1), date(2018, 12, 31)
JOINED, TRANSFERRED, RETAINED = "入会", "转入", "保留"
RELATION_CHANGED, LAID_OFF = "劳动（工作）关系发生变化", "在本单位下岗后待岗"


def member(serial: int, *, employer: str, rural: bool) -> dict[str, str]:
    """Return the cells of the serial-th person, by the keys of the member sheet.

    :param rural: False where nobody is entered as a migrant worker (organs, institutions)
    """
    random = Random(f"person {serial}")  # noqa: S311 - a story, not a secret
    male = random.random() < 0.55
    number = numbers.resident_id(serial, male=male)
    born = numbers.birth_date(number)
    migrant = rural and random.random() < 0.35
    place = random.choice(PLACES)
    change, reason, status = _standing(random)
    return {
        "name": _name(random, male),
        "sex": "男" if male else "女",
        "birth_date": f"{born:%Y/%m/%d}",
        "ethnic_group": random.choice(PEOPLES),
        "employment_status": status,
        "document_type": "居民身份证",
        "document_number": number,
        "education": random.choice(EDUCATION),
        "skill_level": random.choice(SKILLS),
        "mobile": numbers.mobile(serial),
        "household_type": "农业户口" if migrant else "非农业户口",
        "household_place": f"海南省{_full(place)}",
        "change_type": change,
        "changed_on": f"{_joined(random, born):%Y/%m/%d}",
        "change_reason": reason,
        "political_status": random.choice(PARTIES),
        "employer_name": employer,
        "native_place": f"海南{place}",
        "migrant_worker": "是" if migrant else "否",
    }


def chair(serial: int) -> str:
    """Return the name of a union's chair."""
    random = Random(f"chair {serial}")  # noqa: S311
    return _name(random, random.random() < 0.6)


def _name(random: Random, male: bool) -> str:
    given = MEN if male else WOMEN
    return random.choice(SURNAMES) + "".join(random.choices(given, k=1 if random.random() < 0.15 else 2))


def _standing(random: Random) -> tuple[str, str, str]:
    chance = random.random()
    if chance < 0.03:
        return TRANSFERRED, RELATION_CHANGED, "在岗"
    if chance < 0.04:
        return RETAINED, LAID_OFF, "待（下）岗"
    return JOINED, "", "在岗"


def _joined(random: Random, born: date) -> date:
    first = max(EARLIEST_JOINING, born + timedelta(days=ADULT_DAYS))
    return first + timedelta(days=random.randrange((LATEST_JOINING - first).days + 1))


def _full(place: str) -> str:
    return place + ("县" if place in COUNTIES else "市")
