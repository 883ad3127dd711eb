"""The keys, kept outside the database in one file that only the service may read.

The file is JSON: `{"current": "k1", "keys": {"k1": {"cipher": "aes-256-gcm", "secret": "<base64>"}},
"index": "<base64>", "audit": "<base64>"}`. Keys are never removed while a value names them.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from unionhall.foundation.private_file import write_once

KEY_BYTES = {"aes-256-gcm": 32, "sm4-gcm": 16}


@dataclass(frozen=True, slots=True)
class Key:
    """One encryption key: its id (at most 8 ASCII characters), cipher and secret."""

    key_id: str
    cipher: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """All keys of a site: those for sealing, and the separate secrets of the index and of audit."""

    current: Key
    keys: dict[str, Key]
    index_secret: bytes
    audit_secret: bytes


def create(path: Path, *, cipher: str) -> None:
    """Write a new keyring with random keys, readable by its owner only; an existing file stays."""
    content = {
        "current": "k1",
        "keys": {"k1": {"cipher": cipher, "secret": _random(KEY_BYTES[cipher])}},
        "index": _random(32),
        "audit": _random(32),
    }
    write_once(path, json.dumps(content, indent=2))


def read(path: Path) -> Keyring:
    """Read a keyring.

    :raises ValueError: if a key has the wrong length for its cipher
    """
    content = json.loads(path.read_text(encoding="ascii"))
    keys = {name: _key(name, entry) for name, entry in content["keys"].items()}
    return Keyring(
        current=keys[content["current"]],
        keys=keys,
        index_secret=base64.b64decode(content["index"]),
        audit_secret=base64.b64decode(content["audit"]),
    )


@cache
def ours() -> Keyring:
    """Return the site's keyring, made on first use in the data directory."""
    path = Path(settings.KEYRING_FILE)
    if not path.exists():
        create(path, cipher=settings.CIPHER)
    return read(path)


def _key(name: str, entry: dict[str, str]) -> Key:
    secret = base64.b64decode(entry["secret"])
    if len(secret) != KEY_BYTES[entry["cipher"]] or not (name.isascii() and 0 < len(name) <= 8):
        raise ValueError(f"key {name!r} does not fit its cipher")
    return Key(name, entry["cipher"], secret)


def _random(size: int) -> str:
    return base64.b64encode(secrets.token_bytes(size)).decode("ascii")
