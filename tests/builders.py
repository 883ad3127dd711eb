"""A small city built through the real actions: plain functions, no fixtures, no mocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from unionhall.accounts import actions as accounts
from unionhall.accounts import queries as account_queries
from unionhall.accounts.choices import Role
from unionhall.accounts.models import User
from unionhall.foundation import scoping
from unionhall.foundation.actor import Actor, system
from unionhall.foundation.capabilities import Capability
from unionhall.members import actions as members
from unionhall.members.models import Membership
from unionhall.standards.identifiers import resident_id
from unionhall.unions import actions as unions
from unionhall.unions.actions import EmployerFacts, UnionFacts
from unionhall.unions.choices import UnionKind
from unionhall.unions.models import Coverage, Union

NOW = datetime(2019, 6, 3, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
BUILDER = system("搭建", *Capability)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def number(serial: int, *, born: date = date(1990, 1, 1)) -> str:
    """Return a resident id of the area 460199, which no place has; odd serials are men."""
    body = f"460199{born:%Y%m%d}{serial % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def credit_code(serial: int, *, prefix: str = "91", area: str = "460100") -> str:
    """Return a credit code with a right check character (GB 32100-2015)."""
    body = f"{prefix}{area}{serial:09d}"
    total = sum(CODE_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + CODE_ALPHABET[-total % 31]


@dataclass(frozen=True, slots=True)
class Cast:
    """The city everybody knows: unions by name, and an officer at each level."""

    city: Union
    longhua: Union
    meilan: Union
    street: Union
    factory: Union
    joint: Union
    faraway: Union
    users: dict[str, User]

    def user(self, name: str) -> User:
        return self.users[name]

    def actor(self, name: str) -> Actor:
        """Return a person of the cast as an actor, today."""
        return account_queries.actor_for(name, on=TODAY)


# account → (name of the person, role, attribute of the cast)
PEOPLE = {
    "city_reviewer": ("市总审核", Role.REVIEWER, "city"),
    "finance": ("市总财务", Role.FINANCE, "city"),
    "supervisor": ("市总督导", Role.SUPERVISOR, "city"),
    "system_admin": ("系统管理", Role.SYSTEM_ADMINISTRATOR, "city"),
    "security_admin": ("安全管理", Role.SECURITY_ADMINISTRATOR, "city"),
    "audit_admin": ("审计管理", Role.AUDIT_ADMINISTRATOR, "city"),
    "longhua_clerk": ("龙华填报", Role.CLERK, "longhua"),
    "longhua_reviewer": ("龙华审核", Role.REVIEWER, "longhua"),
    "street_reviewer": ("街道审核", Role.REVIEWER, "street"),
    "factory_clerk": ("机械厂填报", Role.CLERK, "factory"),
    "joint_clerk": ("联合工会填报", Role.CLERK, "joint"),
    "outsider": ("美兰审核", Role.REVIEWER, "meilan"),
    "outside_clerk": ("美兰填报", Role.CLERK, "meilan"),
}


def make_union(name: str, kind: UnionKind, superior: Union, **over: object) -> Union:
    facts = UnionFacts(name=name, kind=kind, founded_on=date(2015, 5, 1), **over)  # type: ignore[arg-type]
    return unions.establish(facts, superior=superior, by=BUILDER, at=NOW)


def make_coverage(union: Union, name: str, serial: int) -> Coverage:
    facts = EmployerFacts(name=name, credit_code=credit_code(serial), nature="159", employee_count=200)
    return unions.cover(union, facts, by=BUILDER, at=NOW)


def make_member(
    coverage: Coverage, serial: int, *, name: str = "林示范", mobile: str = "", born: date = date(1990, 1, 1)
) -> Membership:
    return members.admit(
        name=name,
        identity=resident_id.parse(number(serial, born=born)),
        mobile=mobile,
        coverage=coverage,
        joined_on=date(2018, 3, 1),
        particulars=members.Particulars(ethnic_group="01", education="4", employment_status="1"),
        by=BUILDER,
        at=NOW,
    )


def make_cast() -> Cast:
    """Build the city and its people; every deed goes through its action."""
    with scoping.acting(BUILDER):
        city = unions.establish_root(
            UnionFacts(name="海口市总工会", kind=UnionKind.FEDERATION), by=BUILDER, at=NOW
        )
        longhua = make_union("海口市龙华区总工会", UnionKind.FEDERATION, city)
        meilan = make_union("海口市美兰区总工会", UnionKind.FEDERATION, city)
        street = make_union("龙华区中山街道总工会", UnionKind.TOWN, longhua)
        factory = make_union("海口示范机械厂工会委员会", UnionKind.SINGLE, longhua, member_count=120)
        joint = make_union("中山街道商户联合工会委员会", UnionKind.JOINT, street, member_count=60)
        faraway = make_union("海口示范渔业公司工会委员会", UnionKind.SINGLE, meilan, member_count=80)
        make_coverage(factory, "海口示范机械厂", 11)
        make_coverage(joint, "海口示范餐饮店", 12)
        make_coverage(joint, "海口示范理发店", 13)
        make_coverage(faraway, "海口示范渔业公司", 14)
        places = {"city": city, "longhua": longhua, "meilan": meilan, "street": street}
        places |= {"factory": factory, "joint": joint, "faraway": faraway}
        users = {
            account: make_user(account, name, role, places[place])
            for account, (name, role, place) in PEOPLE.items()
        }
    return Cast(**places, users=users)


def make_user(account: str, name: str, role: Role, branch: Union) -> User:
    opened = accounts.create(username=account, name=name, by=BUILDER, at=NOW, must_change=False)
    accounts.grant(opened.user, role=role, branch=branch, by=BUILDER, at=NOW)
    return opened.user


def coverage_of(union: Union, name: str = "") -> Coverage:
    """Return an open coverage of a union (of the employer with a name, when given)."""
    with scoping.whole_registry():
        found = Coverage.objects.filter(union=union, valid_until=None).select_related("employer")
        return found.filter(employer__name=name).get() if name else found.order_by("pk")[0]
