"""A document number of whatever kind: the kind says which rules read it.

Kinds are the codes of the table id_document_type (GA/T 517-2004, with the house's X81 and X83). Which kinds the
unions admit is a question of policy, not of this module.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Protocol

from unionhall.standards.identifiers import (
    passport,
    permanent_residence,
    residence_permit,
    resident_id,
    service_card,
    travel_permit,
)
from unionhall.standards.identifiers.paper import PaperKind
from unionhall.standards.identifiers.residence_permit import ResidencePermit
from unionhall.standards.refusal import Refusal, Refused

OTHER = PaperKind("document", "证件", "990", re.compile(r"([^\s]{2,40})"), "应为2至40个字符")


class Document(Protocol):
    """What every kind of number offers; cards that tell birth date and sex have these besides."""

    @property
    def number(self) -> str:
        """Return the number in its one written form."""

    @property
    def masked(self) -> str:
        """Return the number as lists show it."""


def parse_document(document_type: str, number: str, *, on: date | None = None) -> Document:
    """Read a document number of a kind; `on` is the day after which nobody can be born yet.

    The temporary identity card (112) and the household register (113) carry the resident id.

    :raises Refused: what the parser of the kind refuses; residence_permit.area where the permit is of the other
        kind
    :raises KeyError: if the kind is not in the table; kinds are parsed before numbers, so that is a bug
    """
    if document_type in _CARDS:
        return _CARDS[document_type](number, on)
    return _PAPERS[document_type].parse(number)


def _resident_id(text: str, on: date | None) -> Document:
    return resident_id.parse(text, on=on)


def _permanent_residence(text: str, on: date | None) -> Document:
    return permanent_residence.parse(text, on=on)


def _hong_kong_macao_permit(text: str, on: date | None) -> Document:
    return _permit(residence_permit.parse(text, on=on), residence_permit.HONG_KONG_MACAO)


def _taiwan_permit(text: str, on: date | None) -> Document:
    return _permit(residence_permit.parse(text, on=on), residence_permit.TAIWAN)


def _permit(permit: ResidencePermit, document_type: str) -> Document:
    if permit.document_type != document_type:
        message = (
            f"居住证号码“{permit.masked}”与所选的有效证件类别不符，请核对是港澳居民居住证还是台湾居民居住证。"
        )
        raise Refused(Refusal("residence_permit.area", message))
    return permit


_CARDS: dict[str, Callable[[str, date | None], Document]] = {
    "111": _resident_id,
    "112": _resident_id,
    "113": _resident_id,
    "553": _permanent_residence,
    "X81": _hong_kong_macao_permit,
    "X83": _taiwan_permit,
}

_PAPERS: dict[str, PaperKind] = {
    kind.document_type: kind
    for kind in (
        service_card.ARMY,
        service_card.ARMED_POLICE,
        passport.ORDINARY,
        passport.HONG_KONG,
        passport.MACAO,
        travel_permit.TAIWAN,
        travel_permit.HONG_KONG_MACAO,
        OTHER,
    )
}
