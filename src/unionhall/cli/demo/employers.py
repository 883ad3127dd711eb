"""Synthetic employers and their unions: names that say 示范, codes with right check characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from unionhall.cli.demo import numbers, people
from unionhall.cli.demo.places import Leader
from unionhall.unions.choices import UnionKind

FIRST_FOUNDING = date(1996, 5, 1)
FOUNDING_DAYS = 8000
# Prime to the powers of the number of words: neighbors in a list do not sound alike.
STRIDE = 431
WORDS = "海椰潮港湾岛琼南锦泰鑫达华盛丰润恒安宏远嘉和信立新天星明阳旭"
# Nature, prefix of the credit code, economic type, share, and (ending of the name, industry).
TRADES: tuple[tuple[str, str, str, int, tuple[tuple[str, str], ...]], ...] = (
    (
        "其他有限责任公司", "91", "股份制", 10,
        (
            ("机械有限公司", "制造业"),
            ("建筑工程有限公司", "建筑业"),
            ("物流有限公司", "交通运输、仓储业和邮政业"),
            ("食品有限公司", "制造业"),
            ("物业服务有限公司", "房地产业"),
            ("酒店管理有限公司", "住宿、餐饮业"),
        ),
    ),
    (
        "私营企业", "91", "私营经济", 6,
        (
            ("商贸有限公司", "批发和零售业"),
            ("餐饮服务有限公司", "住宿、餐饮业"),
            ("科技有限公司", "信息传输、计算机服务和软件业"),
            ("家政服务有限公司", "居民服务和其他服务业"),
        ),
    ),
    (
        "国有企业", "91", "国有经济", 2,
        (("农场有限公司", "农、林、牧、渔业"), ("公共交通有限公司", "交通运输、仓储业和邮政业")),
    ),
    (
        "财政拨款的事业单位", "12", "其他经济类", 3,
        (("小学", "教育"), ("中学", "教育"), ("卫生院", "卫生、社会保障和社会服务业")),
    ),
    ("机关", "11", "其他经济类", 1, (("农业服务局", "其它"), ("管理局", "其它"))),
    (
        "民办非企业单位", "52", "其他经济类", 1,
        (("幼儿园", "教育"), ("养老服务中心", "卫生、社会保障和社会服务业")),
    ),
)  # fmt: skip
NO_MIGRANTS = ("11", "12")
SHOPS = (
    ("餐饮店", "住宿、餐饮业"),
    ("理发店", "居民服务和其他服务业"),
    ("便利店", "批发和零售业"),
    ("修理店", "居民服务和其他服务业"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """An employer of the story, in the words of the union sheet, and how many of its people come in."""

    name: str
    credit_code: str
    address: str
    nature: str
    economic_type: str
    industry: str
    people: int

    @property
    def takes_migrants(self) -> bool:
        """Say whether the form lets its people be migrant workers without a second look."""
        return not self.credit_code.startswith(NO_MIGRANTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grassroots:
    """A grassroots union of the story with the employers it covers."""

    serial: int
    name: str
    kind: UnionKind
    superior: Leader
    employers: tuple[Employer, ...]
    founded_on: date
    is_known: bool
    first_person: int

    @property
    def people(self) -> int:
        """Return how many members it reports."""
        return sum(employer.people for employer in self.employers)

    @property
    def credit_code(self) -> str:
        """Return its own code, or nothing: one in eight is not registered as a legal person yet."""
        if self.serial % 8 == 0:
            return ""
        return numbers.credit_code(self.serial, prefix="81", area=self.superior.division_code)

    @property
    def chair(self) -> str:
        """Return the name of its chair."""
        return people.chair(self.serial)

    @property
    def phone(self) -> str:
        """Return its telephone."""
        return numbers.landline(self.serial)


def grassroots(serial: int, *, superior: Leader, count: int, is_known: bool, first_person: int) -> Grassroots:
    """Return the serial-th grassroots union with so many members; every ninth is a joint union of shops."""
    random = Random(f"union {serial}")  # noqa: S311 - a story, not a secret
    joint = serial % 9 == 0 and count >= 4
    employers = (
        tuple(_shops(serial, superior, count, random)) if joint else (_one(serial, superior, count, random),)
    )
    first = employers[0].name
    return Grassroots(
        serial=serial,
        name=f"{_short(superior)}{_word(serial)}示范片区商户联合工会委员会"
        if joint
        else f"{first}工会委员会",
        kind=UnionKind.JOINT if joint else UnionKind.SINGLE,
        superior=superior,
        employers=employers,
        founded_on=FIRST_FOUNDING + timedelta(days=random.randrange(FOUNDING_DAYS)),
        is_known=is_known,
        first_person=first_person,
    )


def _one(serial: int, superior: Leader, count: int, random: Random) -> Employer:
    trades = [trade for trade in TRADES for _ in range(trade[3])]
    nature, prefix, economic_type, _, names = random.choice(trades)
    ending, industry = random.choice(names)
    return Employer(
        name=f"海口{_word(serial)}示范{ending}",
        credit_code=numbers.credit_code(serial * 10, prefix=prefix, area=superior.division_code),
        address=_address(superior, serial),
        nature=nature,
        economic_type=economic_type,
        industry=industry,
        people=count,
    )


def _shops(serial: int, superior: Leader, count: int, random: Random) -> Iterator[Employer]:
    shops = min(9, max(2, count // 8))
    for number in range(shops):
        ending, industry = SHOPS[number % len(SHOPS)]
        yield Employer(
            name=f"海口{_word(serial)}示范{random.choice(WORDS)}{number + 1}号{ending}",
            credit_code=numbers.credit_code(serial * 10 + number, prefix="92", area=superior.division_code),
            address=_address(superior, serial * 10 + number),
            nature="个体经济组织",
            economic_type="个体经济",
            industry=industry,
            people=count // shops + (1 if number < count % shops else 0),
        )


def _word(serial: int) -> str:
    """Return two characters, or three, that no other serial has; neighbors get different ones."""
    size = 2 if serial < len(WORDS) ** 2 else 3
    rest = serial * STRIDE % len(WORDS) ** size
    text = ""
    for _ in range(size):
        rest, place = divmod(rest, len(WORDS))
        text += WORDS[place]
    return text


def _address(superior: Leader, number: int) -> str:
    return f"{superior.division_label}示范路{number % 900 + 1}号"


def _short(superior: Leader) -> str:
    return superior.name.removesuffix("总工会").removesuffix("工会")
