"""The drop-down lists of the province's two collection sheets, in the form's order and wording.

Keyed by the table each label resolves in. The form's own codes contradict the national ones (就业状况 5 to 8,
政治面貌): labels travel, codes never do.

Source: 海南省工会组织信息采集表, 海南省工会会员信息采集表. 傈僳族 is spelled as GB/T 3304 has it; the form's
僳僳族 is understood when read. 洋浦 has no code in GB/T 2260: the house gives it the local code 460490,
inside the range of 儋州 where it lies, so that counts by prefix put it in the right city; no identity number
bears it.
"""

from functools import cache

from unionhall.standards.codes import table
from unionhall.standards.codes.printed import PRINTED

_ETHNIC_GROUPS_OF_THE_FORM = 56
_PRINTED_AS_THEY_ARE = (
    "unit_nature",
    "economic_type_hainan",
    "industry_hainan",
    "education_hainan",
    "membership_change_type",
    "membership_change_reason",
)

FORM_LABELS: dict[str, tuple[str, ...]] = {
    **PRINTED,
    **{name: table(name).labels for name in _PRINTED_AS_THEY_ARE},
    "ethnic_group": table("ethnic_group").labels[:_ETHNIC_GROUPS_OF_THE_FORM],
}


def form_label(table_name: str, code: str) -> str | None:
    """Return how the province's form prints a code, None if the form has no label for it.

    None is an answer: the form knows no 离休 and no 居民户口, and such a record is incomplete there.
    """
    return _by_code(table_name).get(code)


@cache
def _by_code(table_name: str) -> dict[str, str]:
    codes = table(table_name)
    return {codes.parse(label).code: label for label in FORM_LABELS[table_name]}
