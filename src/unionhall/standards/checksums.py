"""Check characters by weighted sums: the one law for a single number and for a column of numbers.

Every scheme adds value x weight over the body and takes the check character from a table by the remainder.

What a scheme catches. A wrong character goes unnoticed only if weight x (difference of values) is divisible
by the modulus; a swap of neighbors only if (difference of weights) x (difference of values) is. Both moduli
are prime, no weight and no difference of neighboring weights is divisible by them, and the check character
counts with weight 1. So it all rests on the values:

RESIDENT (modulus 11, digits) and CREDIT (modulus 31, 31 characters): values differ by less than the
modulus, so every single wrong character and every swap of different neighbors is caught, the check
character included. ORGANIZATION (modulus 11, values up to 35): digits among themselves as above. Two
characters whose values differ by 11, 22 or 33 (0 B M X; 1 C N Y; 2 D O Z; 3 E P; 4 F Q; 5 G R; 6 H S; 7 I
T; 8 J U; 9 K V; A L W) are the same to it: replacing one by the other, or swapping such neighbors, is not
caught in the body. One more swap escapes at the end, that of "1" and "X" in the last two places, because X
is 33 in the body and 10 as check character.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NO_VALUE = -1


@dataclass(frozen=True, slots=True)
class CheckScheme:
    """Alphabet of the body, weight of each place, and the check character for each remainder."""

    alphabet: str
    weights: tuple[int, ...]
    characters: str

    @property
    def modulus(self) -> int:
        """Return what the sum is divided by."""
        return len(self.characters)

    def character(self, body: str) -> str:
        """Return the check character of a body of the right length and alphabet."""
        total = sum(
            self.alphabet.index(char) * weight for char, weight in zip(body, self.weights, strict=True)
        )
        return self.characters[total % self.modulus]

    def values(self, codes: NDArray[np.uint8]) -> NDArray[np.int8]:
        """Return the value of every character of a matrix of ASCII codes, -1 for one outside the alphabet."""
        table: NDArray[np.int8] = _value_table(self.alphabet)
        return table[codes]

    def check_codes(self, values: NDArray[np.int8]) -> NDArray[np.uint8]:
        """Return the ASCII code of the check character for every row of body values.

        Rows holding a -1 get some character; the caller knows those rows are wrong anyway.
        """
        # Sums stay far below 2**24, so that single floats are exact and the product runs on BLAS.
        total = values.astype(np.float32) @ np.array(self.weights, dtype=np.float32)
        return np.frombuffer(self.characters.encode(), dtype=np.uint8)[total.astype(np.int32) % self.modulus]


@cache
def _value_table(alphabet: str) -> NDArray[np.int8]:
    table = np.full(128, NO_VALUE, dtype=np.int8)
    for value, char in enumerate(alphabet):
        table[ord(char)] = value
    return table


#: GB 11643-1999, ISO 7064 MOD 11-2: 公民身份号码 and every card number shaped like it.
RESIDENT = CheckScheme(DIGITS, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432")

#: GB 11714-1997: 组织机构代码.
ORGANIZATION = CheckScheme(DIGITS + LETTERS, (3, 7, 9, 10, 5, 8, 4, 2), "0X987654321")

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

#: GB 32100-2015: 统一社会信用代码; 31 characters without I, O, S, V, Z, weights 3 ** place modulo 31.
CREDIT = CheckScheme(
    _CREDIT_ALPHABET,
    (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28),
    _CREDIT_ALPHABET[0] + _CREDIT_ALPHABET[:0:-1],
)
