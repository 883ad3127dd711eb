"""Mainland travel permits of residents of Hong Kong and Macao (516) and of Taiwan (511).

Hong Kong and Macao: H or M and eight digits, older ones ten. Taiwan: eight digits; older ones ten and a version
in brackets.
"""

import re

from unionhall.standards.identifiers.paper import PaperKind

HONG_KONG_MACAO = PaperKind(
    prefix="travel_permit",
    noun="港澳居民来往内地通行证",
    document_type="516",
    pattern=re.compile(r"([HM](?:[0-9]{8}|[0-9]{10}))"),
    advice="应为字母H或M加8位数字",
)
TAIWAN = PaperKind(
    prefix="travel_permit",
    noun="台湾居民来往大陆通行证",
    document_type="511",
    pattern=re.compile(r"([0-9]{8}|[0-9]{10})(?:(?<=[0-9]{10})\(?([A-Z])\)?)?"),
    advice="应为8位数字",
)
