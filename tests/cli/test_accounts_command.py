"""`accounts create`: the first accounts of an empty registry, and everything it refuses."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from django.contrib.auth import authenticate
from django.utils import timezone

from tests.builders import Cast
from unionhall.accounts import queries as accounts
from unionhall.cli.accounts import command
from unionhall.foundation import scoping
from unionhall.foundation.actor import Scope, system
from unionhall.foundation.capabilities import Capability
from unionhall.unions import queries as unions

READER = system("测试", *Capability)
CITY = "海口市总工会"
BOTH = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def create(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["create", *arguments])


def names_of_unions() -> list[str]:
    with scoping.acting(READER) as by:
        return list(unions.tree(by.scope).values_list("name", flat=True))


def usernames() -> list[str]:
    with scoping.acting(READER) as by:
        return list(accounts.accounts(by.scope).values_list("username", flat=True))


@BOTH
def test_empty_registry_begins_with_the_city_union_and_a_first_account() -> None:
    answer = create("xitong", "--name", "王示范", "--role", "system", "--found-city", CITY)

    assert answer.exit_code == 0, answer.stderr
    assert names_of_unions() == [CITY]
    password = re.search(r"口令：(\w+)", answer.output)
    assert password is not None
    user = authenticate(None, username="xitong", password=password[1])
    assert user is not None
    assert user.must_change_password
    actor = accounts.actor_for("xitong", on=timezone.localdate())
    assert (actor.branch_name, actor.may(Capability.ACCOUNT_CREATE)) == (CITY, True)


@BOTH
def test_city_union_is_founded_once(cast: Cast) -> None:
    again = create("chen", "--name", "陈示范", "--role", "reviewer", "--found-city", CITY)
    other = create("lin", "--name", "林示范", "--role", "clerk", "--found-city", "三亚市总工会")

    assert again.exit_code == 0, again.stderr
    assert other.exit_code == 2
    assert "不能再次初始化" in other.stderr
    assert names_of_unions().count(CITY) == 1
    assert "lin" not in usernames()


@BOTH
def test_grant_ends_on_the_given_day(cast: Cast) -> None:
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)

    answer = create(
        "fu",
        "--name",
        "符示范",
        "--role",
        "clerk",
        "--branch",
        cast.street.name,
        "--until",
        f"{tomorrow:%Y/%m/%d}",
    )

    assert answer.exit_code == 0, answer.stderr
    assert accounts.actor_for("fu", on=today).scope == Scope.of_branch(cast.street.path)
    assert accounts.actor_for("fu", on=tomorrow).scope == Scope()


@BOTH
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--branch", "没有的工会"], "没有找到工会"),
        (["--branch", "龙华区中山街道工会"], "是否应为：龙华区中山街道总工会"),
        (["--branch", CITY, "--until", "2001-01-01"], "不晚于今天"),
        (["--branch", CITY, "--until", "下个月"], "日期"),
        ([], "请用 --branch"),
    ],
)
def test_refusals_are_sentences_and_write_nothing(cast: Cast, arguments: list[str], sentence: str) -> None:
    before = usernames()

    answer = create("someone", "--name", "某示范", "--role", "clerk", *arguments)

    assert answer.exit_code == 2
    assert sentence in answer.stderr
    assert usernames() == before


@BOTH
def test_taken_account_is_refused(cast: Cast) -> None:
    answer = create("city_reviewer", "--name", "某示范", "--role", "clerk", "--branch", CITY)

    assert answer.exit_code == 2
    assert answer.stderr == "账号「city_reviewer」已存在，请换一个。\n"


def test_help_tells_how_to_begin() -> None:
    answer = CliRunner().invoke(command, ["create", "--help"])

    assert answer.exit_code == 0
    assert "--found-city 海口市总工会" in answer.output
