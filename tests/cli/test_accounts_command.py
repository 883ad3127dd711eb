"""`accounts`: the first accounts of an empty registry, help for who is locked out, and everything it refuses."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
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


# -- Lost and left -------------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


@BOTH
def test_a_lost_password_is_made_anew_for_an_administrator_too(cast: Cast) -> None:
    user = cast.user("security_admin")
    Authenticator.objects.create(user=user, type="totp", data={"secret": ""})

    answer = run("reset-password", "security_admin", "--second-factor")

    assert answer.exit_code == 0, answer.stderr
    password = re.search(r"密码：(\w+)", answer.output)
    assert password is not None
    found = authenticate(None, username="security_admin", password=password[1])
    assert found is not None
    assert found.must_change_password
    assert not Authenticator.objects.filter(user=user).exists()


@BOTH
def test_what_is_refused_leaves_everything_as_it_was(cast: Cast) -> None:
    before = cast.user("security_admin").password

    answer = run("reset-password", "security_admin", "--second-factor")

    assert answer.exit_code == 2
    assert answer.stderr == "该账号没有启用动态口令，无须重置。\n"
    cast.user("security_admin").refresh_from_db()
    assert cast.user("security_admin").password == before


@BOTH
def test_who_left_is_shut_out_and_let_in_again(cast: Cast) -> None:
    user = cast.user("factory_clerk")

    shut_out = run("disable", "factory_clerk", "--reason", "已调离")
    user.refresh_from_db()
    assert (shut_out.exit_code, shut_out.output) == (
        0,
        "已停用：机械厂填报（factory_clerk），所有设备已退出。\n",
    )
    assert not user.is_active
    assert run("disable", "factory_clerk", "--reason", "已调离").stderr == "该账号已经停用。\n"

    let_in = run("enable", "factory_clerk")
    user.refresh_from_db()
    assert (let_in.exit_code, let_in.output) == (0, "已启用：机械厂填报（factory_clerk）。\n")
    assert user.is_active


@BOTH
@pytest.mark.parametrize("deed", [["reset-password"], ["disable", "--reason", "已调离"], ["enable"]])
def test_an_account_that_is_not_there_is_named_as_typed(cast: Cast, deed: list[str]) -> None:
    answer = run(deed[0], "nobody.here", *deed[1:])

    assert (answer.exit_code, answer.stderr) == (2, "没有账号「nobody.here」，请核对。\n")


def test_help_tells_how_to_begin() -> None:
    answer = CliRunner().invoke(command, ["create", "--help"])

    assert answer.exit_code == 0
    assert "--found-city 海口市总工会" in answer.output
