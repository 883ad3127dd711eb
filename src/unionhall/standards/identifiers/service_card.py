"""Service cards of the army (军官证, 114) and the armed police (警官证, 115): a word, 字第, digits, 号.

Serving officers do not join unions; the civilian staff who do may still carry such a card.
"""

import re

from unionhall.standards.identifiers.paper import PaperKind

_PATTERN = re.compile(r"([\u4e00-\u9fffA-Z]{0,12}?)(字)?(第)?([0-9]{4,12})(号)?")
_ADVICE = "应如“某字第12345678号”"

ARMY = PaperKind("service_card", "军官证", "114", _PATTERN, _ADVICE)
ARMED_POLICE = PaperKind("service_card", "警官证", "115", _PATTERN, _ADVICE)
