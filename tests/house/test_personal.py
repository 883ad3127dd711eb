"""Every personal field is declared, what is protected is sealed, and no page shows it."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.builders import Cast, coverage_of, make_member, number
from unionhall.accounts.models import User
from unionhall.foundation import scoping
from unionhall.foundation.records import Record, Shown
from unionhall.members.models import Person

MODELS = [model for model in apps.get_models() if model.__module__.startswith("unionhall.")]

# What a field of a person's data is called, wherever it stands.
TELLING = re.compile(
    r"(^|_)(name|chair|phone|mobile|email|identity|document|birth|sex|ethnic|political|education|skill"
    r"|household|native|employment|migrant|joined|person|label|cells|facts|note|sealed)(_|$)"
)
# Named alike and yet nobody's data, each with the reason.
NOBODYS = {
    "unions.Union.name": "the name of a union",
    "unions.Union.name_key": "the name of a union",
    "unions.Employer.name": "the name of an employer",
    "unions.Employer.name_key": "the name of an employer",
    "subsidies.Policy.name": "the name of a rate",
    "collection.Source.file_name": "the name of a file",
    "audit.Event.branch_name": "the name of a union",
    "reviews.Step.union_name": "the name of a union",
    "reviews.Decision.union_name": "the name of a union",
    # Officers in office: who handled a thing is part of the thing.
    "collection.Batch.received_by_name": "an officer in office",
    "reviews.Case.submitted_by_name": "an officer in office",
    "reviews.Decision.decided_by_name": "an officer in office",
    "reviews.Decision.note": "an officer's opinion, written for whoever sent the rows",
    # Foreign keys: the person's own record says how it may be shown.
    "members.Membership.person": "points at the person",
    "members.MembershipEvent.person": "points at the person",
}


def fields() -> dict[str, models.Field[object, object]]:
    return {
        f"{model._meta.app_label}.{model.__name__}.{field.name}": field
        for model in MODELS
        for field in model._meta.concrete_fields
    }


def declared() -> dict[str, Shown]:
    return {
        f"{model._meta.app_label}.{model.__name__}.{name}": shown
        for model in MODELS
        for name, shown in getattr(model, "personal", {}).items()
    }


def test_every_kept_thing_is_a_record() -> None:
    assert [model.__name__ for model in MODELS if not issubclass(model, Record)] == [User.__name__]


def test_every_field_with_a_telling_name_is_declared_or_explained() -> None:
    telling = {name for name in fields() if TELLING.search(name.rpartition(".")[2])}

    assert sorted(telling - declared().keys() - NOBODYS.keys()) == []


def test_every_explanation_is_needed() -> None:
    telling = {name for name in fields() if TELLING.search(name.rpartition(".")[2])}

    assert sorted(NOBODYS.keys() - (telling - declared().keys())) == []


def test_every_declared_field_exists() -> None:
    assert sorted(declared().keys() - fields().keys()) == []


def test_a_record_about_a_person_declares_what_it_keeps_of_the_person() -> None:
    about = [
        model
        for model in MODELS
        if any(field.related_model is Person for field in model._meta.concrete_fields)
        or any(field.name.endswith(("sealed", "_index")) for field in model._meta.concrete_fields)
    ]

    assert len(about) >= 6
    assert [model.__name__ for model in about if not getattr(model, "personal", {})] == []


def test_what_is_sealed_is_protected_and_what_is_protected_in_bytes_is_sealed() -> None:
    sealed = {
        name
        for name, field in fields().items()
        if isinstance(field, models.BinaryField) and name.endswith(("sealed", "_index"))
    }
    protected = {
        name
        for name, shown in declared().items()
        if shown == Shown.PROTECT and isinstance(fields()[name], models.BinaryField)
    }

    assert sealed == protected


def test_numbers_and_phones_are_kept_in_no_readable_column() -> None:
    readable = {
        name
        for name, field in fields().items()
        if re.search(r"(^|_)(identity|phone|mobile)(_|$)", name.rpartition(".")[2])
        and not isinstance(field, models.BinaryField)
    }

    assert readable == set()


@pytest.mark.django_db
@pytest.mark.parametrize("account", ["factory_clerk", "longhua_reviewer", "city_reviewer"])
def test_no_page_of_the_roll_shows_what_is_protected(cast: Cast, client: Client, account: str) -> None:
    with scoping.whole_registry():
        member = make_member(coverage_of(cast.factory), 1, name="符不漏", mobile="13800138000")
    User.objects.update(password_changed_at=timezone.now())
    client.force_login(cast.user(account))
    addresses = [
        reverse("member-roll"),
        reverse("member-page", args=[member.person_id]),
        reverse("union-page", args=[cast.factory.pk]),
    ]

    # Numbers may be written in groups: they are looked for without blanks.
    shown = [client.get(address).content.decode().replace(" ", "") for address in addresses]

    assert [("符不漏" in text, number(1) in text, "13800138000" in text) for text in shown] == [
        (True, False, False),
        (True, False, False),
        (False, False, False),
    ]
    assert "460199********001" in shown[1]
    assert "138****8000" in shown[1]
