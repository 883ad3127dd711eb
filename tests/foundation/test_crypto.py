"""Sealed values open only with their key and purpose; the index finds a number and nothing else."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unionhall.foundation.crypto import (
    Unsealable,
    blind_index,
    blind_indexes,
    seal,
    seal_bytes,
    unseal,
    unseal_bytes,
)
from unionhall.foundation.crypto import keyring as keyrings
from unionhall.foundation.crypto.keyring import Keyring

CIPHERS = ("aes-256-gcm", "sm4-gcm")


@pytest.fixture(scope="module", params=CIPHERS)
def ring(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    path = tmp_path_factory.mktemp("keys") / "keyring.json"
    keyrings.create(path, cipher=request.param)
    return keyrings.read(path)


@settings(max_examples=30)
@given(text=st.text(max_size=60))
def test_what_was_sealed_opens_to_the_same_text(ring: Keyring, text: str) -> None:
    assert unseal(seal(text, purpose="identity", ring=ring), purpose="identity", ring=ring) == text


def test_the_same_text_is_sealed_differently_each_time(ring: Keyring) -> None:
    first, second = (seal("460199199001010010", purpose="identity", ring=ring) for _ in range(2))

    assert first != second
    assert b"460199199001010010" not in first


def test_a_value_moved_to_another_column_does_not_open(ring: Keyring) -> None:
    sealed = seal("460199199001010010", purpose="identity", ring=ring)

    with pytest.raises(Unsealable):
        unseal(sealed, purpose="phone", ring=ring)


def test_a_value_changed_in_any_byte_does_not_open(ring: Keyring) -> None:
    sealed = seal("460199199001010010", purpose="identity", ring=ring)

    for place in range(len(sealed)):
        changed = bytes(byte ^ (place == at) for at, byte in enumerate(sealed))
        with pytest.raises(Unsealable):
            unseal(changed, purpose="identity", ring=ring)


def test_an_empty_or_cut_value_does_not_open(ring: Keyring) -> None:
    sealed = seal("1", purpose="identity", ring=ring)

    for size in range(len(sealed)):
        with pytest.raises(Unsealable):
            unseal(sealed[:size], purpose="identity", ring=ring)


def test_values_of_an_old_key_open_after_a_new_one_came(ring: Keyring, tmp_path: Path) -> None:
    old = seal("460199199001010010", purpose="identity", ring=ring)
    newer = keyrings.Key("k2", "aes-256-gcm", bytes(range(32)))
    both = Keyring(newer, {**ring.keys, "k2": newer}, ring.index_secret, ring.audit_secret)

    assert unseal(old, purpose="identity", ring=both) == "460199199001010010"
    assert seal("1", purpose="identity", ring=both)[1:3] == b"k2"


def test_a_file_opens_to_the_same_bytes() -> None:
    content = bytes(range(256)) * 40

    assert unseal_bytes(seal_bytes(content, purpose="source"), purpose="source") == content


def test_the_index_is_the_hmac_of_the_number() -> None:
    secret = hashlib.sha256(keyrings.ours().index_secret + b"\x00identity").digest()

    assert blind_index("460199199001010010", purpose="identity") == hmac.digest(
        secret, b"460199199001010010", "sha256"
    )


def test_a_column_of_numbers_has_the_indexes_of_each() -> None:
    numbers = [f"4601991990010100{serial:02d}" for serial in range(20)]

    assert blind_indexes(numbers, purpose="identity") == [
        blind_index(text, purpose="identity") for text in numbers
    ]
    assert blind_index("1", purpose="identity") != blind_index("1", purpose="phone")


def test_a_keyring_is_private_and_made_once(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "keyring.json"
    keyrings.create(path, cipher="aes-256-gcm")
    first = path.read_text(encoding="ascii")
    keyrings.create(path, cipher="aes-256-gcm")

    assert path.read_text(encoding="ascii") == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_key_of_the_wrong_length_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    keyrings.create(path, cipher="aes-256-gcm")
    path.write_text(path.read_text(encoding="ascii").replace("aes-256-gcm", "sm4-gcm"), encoding="ascii")

    with pytest.raises(ValueError, match="does not fit its cipher"):
        keyrings.read(path)
