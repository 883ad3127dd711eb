"""Numbers that are looked for never stand in an address: they travel sealed."""

from __future__ import annotations

import base64
import binascii
import re

from unionhall.foundation.crypto import Unsealable, seal, unseal
from unionhall.standards.text import mask, squeeze

PURPOSE = "sought"
NUMBER = re.compile(r"\d{6,}")


def is_number(text: str) -> bool:
    """Say whether what was typed is an identity number, a phone, or a part of one."""
    return NUMBER.search(squeeze(text)) is not None


def sealed(text: str) -> str:
    """Return a number as it may stand in an address."""
    return base64.urlsafe_b64encode(seal(squeeze(text), purpose=PURPOSE)).decode("ascii").rstrip("=")


def opened(key: str) -> str:
    """Return the number that an address carries; one that was tampered with is nothing."""
    try:
        return unseal(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)), purpose=PURPOSE)
    except (Unsealable, binascii.Error, ValueError):
        return ""


def masked(text: str) -> str:
    """Return the number as a page may repeat it."""
    return mask(text, head=3, tail=4)
