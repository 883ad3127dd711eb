"""Authenticated encryption of single values (AES-256-GCM, or SM4-GCM by GB/T 32907).

A sealed value is: one byte length of the key id, the key id, 12 bytes nonce, ciphertext with its 16-byte tag.
The associated data names the purpose ("identity", "phone"), so that a value cannot be moved to another column.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from unionhall.foundation.crypto import keyring
from unionhall.foundation.crypto.keyring import Key, Keyring

NONCE = 12
TAG = 16
Coder = Callable[[bytes, bytes, bytes], bytes]


class Unsealable(Exception):
    """A sealed value was changed, moved to another purpose, or its key is not in the keyring."""


def seal(text: str, *, purpose: str, ring: Keyring | None = None) -> bytes:
    """Seal one text with the current key."""
    return seal_many([text], purpose=purpose, ring=ring)[0]


def seal_many(texts: Iterable[str], *, purpose: str, ring: Keyring | None = None) -> list[bytes]:
    """Seal many texts with the current key; each gets a nonce of its own."""
    return _seal((text.encode("utf-8") for text in texts), purpose, ring)


def seal_bytes(content: bytes, *, purpose: str) -> bytes:
    """Seal a whole file with the current key."""
    return _seal([content], purpose, None)[0]


def unseal_bytes(value: bytes | memoryview, *, purpose: str) -> bytes:
    """Open a sealed file.

    :raises Unsealable: if it was changed, sealed for another purpose, or its key is missing
    """
    return _open(bytes(value), purpose.encode("ascii"), keyring.ours())


def _seal(contents: Iterable[bytes], purpose: str, ring: Keyring | None) -> list[bytes]:
    key = (ring or keyring.ours()).current
    encrypt, _ = _coders(key)
    head = bytes([len(key.key_id)]) + key.key_id.encode("ascii")
    bound = purpose.encode("ascii")
    sealed = []
    for content in contents:
        nonce = os.urandom(NONCE)
        sealed.append(head + nonce + encrypt(nonce, content, bound))
    return sealed


def unseal(value: bytes | memoryview, *, purpose: str, ring: Keyring | None = None) -> str:
    """Open one sealed value.

    :raises Unsealable: if it was changed, sealed for another purpose, or its key is missing
    """
    return unseal_many([value], purpose=purpose, ring=ring)[0]


def unseal_many(
    values: Iterable[bytes | memoryview], *, purpose: str, ring: Keyring | None = None
) -> list[str]:
    """Open many sealed values, in order.

    :raises Unsealable: at the first that cannot be opened
    """
    ring = ring or keyring.ours()
    bound = purpose.encode("ascii")
    return [_open(bytes(value), bound, ring).decode("utf-8") for value in values]


def _open(value: bytes, bound: bytes, ring: Keyring) -> bytes:
    body = 1 + (value[0] if value else 0)
    key = ring.keys.get(value[1:body].decode("ascii", "replace"))
    if key is None or len(value) < body + NONCE + TAG:
        raise Unsealable("the key of a sealed value is not in the keyring")
    _, decrypt = _coders(key)
    try:
        return decrypt(value[body : body + NONCE], value[body + NONCE :], bound)
    except InvalidTag as error:
        raise Unsealable("a sealed value was changed or moved") from error


@cache
def _coders(key: Key) -> tuple[Coder, Coder]:
    if key.cipher == "aes-256-gcm":
        aes = AESGCM(key.secret)
        return aes.encrypt, aes.decrypt
    return _sm4_coders(algorithms.SM4(key.secret))


def _sm4_coders(algorithm: algorithms.SM4) -> tuple[Coder, Coder]:
    def encrypt(nonce: bytes, data: bytes, bound: bytes) -> bytes:
        context = Cipher(algorithm, modes.GCM(nonce)).encryptor()
        context.authenticate_additional_data(bound)
        return context.update(data) + context.finalize() + context.tag

    def decrypt(nonce: bytes, data: bytes, bound: bytes) -> bytes:
        context = Cipher(algorithm, modes.GCM(nonce, data[-TAG:])).decryptor()
        context.authenticate_additional_data(bound)
        return context.update(data[:-TAG]) + context.finalize()

    return encrypt, decrypt
