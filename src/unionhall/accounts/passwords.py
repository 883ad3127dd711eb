"""Password rules beyond length (GB/T 22239-2019, 8.1.4.1: complexity)."""

from __future__ import annotations

import secrets
import string

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError

KINDS = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
NEEDED = 3
# Without characters that people confuse when they copy from paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class MixedCharacters:
    """Ask for at least three of: lower case, upper case, digits, other characters."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Refuse a password of fewer than three kinds of characters."""
        kinds = sum(any(char in kind for char in password) for kind in KINDS)
        kinds += any(all(char not in kind for kind in KINDS) for char in password)
        if kinds < NEEDED:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return "密码须包含大写字母、小写字母、数字、符号中的至少三种。"


def generate() -> str:
    """Return a random password of 14 characters that passes the rules and reads well on paper."""
    while True:
        password = "".join(secrets.choice(ALPHABET) for _ in range(14))
        if all(any(char in kind for char in password) for kind in KINDS):
            return password
