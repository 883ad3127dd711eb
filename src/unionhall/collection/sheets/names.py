"""Names of unions and employers as they are compared: width of brackets, blanks and case do not count."""

from unionhall.standards.text import squeeze


def name_key(text: str) -> str:
    """Return what two spellings of one name have in common.

    >>> name_key("海口（示范） 机械有限公司") == name_key("海口(示范)机械有限公司")
    True
    """
    return squeeze(text).casefold()
