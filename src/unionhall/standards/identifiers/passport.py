"""Passports: ordinary (414), Hong Kong SAR (420), Macao SAR (421).

Letters and digits, five to seventeen of them, at least one digit; every country numbers its own way (ICAO 9303
leaves nine places in the machine-readable zone, some countries print more).
"""

import re

from unionhall.standards.identifiers.paper import PaperKind

_PATTERN = re.compile(r"(?=.*[0-9])([A-Z0-9]{5,17})")
_ADVICE = "应为5至17位字母和数字"

ORDINARY = PaperKind("passport", "护照", "414", _PATTERN, _ADVICE)
HONG_KONG = PaperKind("passport", "香港特别行政区护照", "420", _PATTERN, _ADVICE)
MACAO = PaperKind("passport", "澳门特别行政区护照", "421", _PATTERN, _ADVICE)
