"""Signing in, the second factor, passwords and devices, through the real pages."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.builders import Cast
from tests.ui.test_gallery import SOUND, faults

PASSWORD = "Jixie-2026-chang"


def read(client: Client, name: str) -> str:
    """Return a page that must open, and hold it to the same rules as every other."""
    response = client.get(reverse(name))
    assert response.status_code == 200
    text = response.content.decode()
    assert faults(text) == SOUND
    return text


def code_for(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


@pytest.fixture
def clerk(cast: Cast) -> str:
    """Give the factory's clerk a password we know, and return the account's name."""
    user = cast.user("factory_clerk")
    user.set_password(PASSWORD)
    user.password_changed_at = timezone.now()
    user.save()
    return user.username


def sign_in(client: Client, account: str, password: str = PASSWORD) -> str:
    response = client.post(reverse("account_login"), {"login": account, "password": password}, follow=True)
    return response.content.decode()


def test_signing_in_leads_to_the_workbench(client: Client, clerk: str) -> None:
    text = sign_in(client, clerk)
    assert client.session["_auth_user_id"]
    assert "<title>工作台" in text
    assert "您已登录" not in text


def test_a_wrong_password_is_explained_in_chinese(client: Client, clerk: str) -> None:
    text = sign_in(client, clerk, "wrong")
    assert faults(text) == SOUND
    assert re.findall(r'<div class="notice-words">\s*<p>([^<]+)</p>', text) == [
        "您提供的用户名或密码不正确。"
    ]


def test_the_sixth_try_is_locked_out(client: Client, clerk: str) -> None:
    texts = [sign_in(client, clerk, f"wrong{number}") for number in range(6)]
    locked = sign_in(client, clerk)
    assert "_auth_user_id" not in client.session
    assert "15分钟" in locked
    assert faults(texts[-1]) == SOUND


def test_the_second_factor_is_set_up_used_and_given_up(client: Client, clerk: str) -> None:
    sign_in(client, clerk)
    assert "未启用" in read(client, "mfa_index")
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    read(client, "account_reauthenticate")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    text = read(client, "mfa_activate_totp")
    assert 'src="data:image/svg+xml;base64,' in text
    secret = re.findall(r'<code class="secret">([A-Z2-7]+)</code>', text)[0]
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert faults(wrong) == SOUND
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    codes = re.findall(r"<li>([0-9a-z ]+)</li>", read(client, "mfa_view_recovery_codes"))
    assert len(codes) == 10
    assert codes[0] in client.get(reverse("mfa_download_recovery_codes")).content.decode()
    read(client, "mfa_generate_recovery_codes")
    read(client, "mfa_deactivate_totp")
    client.post(reverse("account_logout"))

    sign_in(client, clerk)
    assert "_auth_user_id" not in client.session
    read(client, "mfa_authenticate")
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert faults(wrong) == SOUND
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert client.session["_auth_user_id"]
    read(client, "mfa_reauthenticate")
    client.post(reverse("mfa_reauthenticate"), {"code": codes[1]})
    client.post(reverse("mfa_deactivate_totp"))
    assert "未启用" in read(client, "mfa_index")


def test_devices_are_listed_and_the_others_signed_out(client: Client, clerk: str) -> None:
    other = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0"})
    sign_in(other, clerk)
    sign_in(client, clerk)
    assert "安卓手机 · 微信" in read(client, "usersessions_list")
    client.post(reverse("usersessions_list"))
    assert "安卓手机 · 微信" not in read(client, "usersessions_list")
    assert other.get(reverse("account_change_password")).status_code == 302


def test_a_weak_new_password_is_refused_with_every_reason(client: Client, clerk: str) -> None:
    sign_in(client, clerk)
    text = read(client, "account_change_password")
    assert "至少三种" in text
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": "no", "password1": "12345678", "password2": "12345678"},
    ).content.decode()
    assert faults(answer) == SOUND
    assert "有 2 项需要更正" in answer


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_set_password", "account_inactive"],
)
def test_what_we_do_not_offer_says_whom_to_ask(client: Client, db: None, name: str) -> None:
    text = re.sub(r"<[^>]*>", " ", read(client, name))
    assert "管理员" in text
    if name != "account_inactive":
        assert client.post(reverse(name), {}).status_code == 405
    assert re.findall(r"[A-Za-z]{4,}", text) == []
