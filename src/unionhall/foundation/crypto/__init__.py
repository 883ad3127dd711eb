"""Sealing of personal data at rest, behind one provider.

A site with a certified module plugs in its own `Cipher`; the format of a sealed value stays.
"""

from unionhall.foundation.crypto.index import blind_index, blind_indexes
from unionhall.foundation.crypto.sealing import (
    Unsealable,
    seal,
    seal_bytes,
    seal_many,
    unseal,
    unseal_bytes,
    unseal_many,
)

__all__ = [
    "Unsealable",
    "blind_index",
    "blind_indexes",
    "seal",
    "seal_bytes",
    "seal_many",
    "unseal",
    "unseal_bytes",
    "unseal_many",
]
