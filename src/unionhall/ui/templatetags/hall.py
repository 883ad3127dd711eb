"""`{% load hall %}`: icons, state badges, ways of writing, bars, form fields, pagers. See ui/README.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
    Textarea,
)
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from unionhall.ui import pieces, writing
from unionhall.ui.looks import look_of
from unionhall.ui.paging import AFTER, BEFORE, NUMBER, PER_PAGE, PLACE, SIZES, KeysetPage, NumberedPage

register = template.Library()

register.filter("yuan", writing.write_yuan)
register.filter("thousands", writing.write_count)
register.filter("day", writing.write_day)
register.filter("letter_day", writing.write_letter_day)
register.filter("moment", writing.write_moment)
register.filter("spaced", writing.write_phone)
register.filter("span", writing.write_span)
register.filter("percent", writing.write_percent)
register.filter("device", writing.write_device)

register.inclusion_tag("partials/stat.html")(pieces.stat)
register.inclusion_tag("partials/empty.html")(pieces.empty)
register.inclusion_tag("partials/notice.html")(pieces.notice)
register.inclusion_tag("partials/section_head.html")(pieces.section_head)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw an icon of `ui/icons.py`; it is decoration, so a word must stand beside it."""
    return format_html(
        '<svg class="icon {}" width="20" height="20" aria-hidden="true" focusable="false">'
        '<use href="{}#tabler-{}"></use></svg>',
        extra,
        static("made/icons.svg"),
        name,
    )


@register.simple_tag
def state_badge(value: object, label: object, of: str = "") -> SafeString:
    """Show a state as icon and word; `of` names the family (see `ui/looks.py`)."""
    look = look_of(value, of)
    return format_html('<span class="state state-{}">{}{}</span>', look.tone, icon(look.icon), label)


@register.simple_tag
def tone_icon(value: object, of: str = "") -> SafeString:
    """Draw just the icon of a state in its tone, for lists that carry the word elsewhere."""
    look = look_of(value, of)
    return format_html('<span class="tone-{}">{}</span>', look.tone, icon(look.icon))


@register.filter
def tone(value: object, of: str = "") -> str:
    """Return the tone of a state, for class names."""
    return look_of(value, of).tone


@register.simple_tag
def percent_bar(done: int, total: int, label: str = "完成率") -> SafeString:
    """Show a share as a bar with its numbers beside it."""
    return format_html(
        '<span class="share"><progress class="share-bar" value="{}" max="{}" aria-label="{}"></progress>'
        '<span class="share-rate">{}</span><span class="share-count">{} / {}</span></span>',
        min(done, total) if total > 0 else 0,
        max(total, 1),
        label,
        writing.write_percent(done, total),
        writing.write_count(done),
        writing.write_count(total),
    )


@register.inclusion_tag("partials/stack_bar.html")
def stack_bar(parts: Sequence[Any]) -> dict[str, Any]:
    """Show parts of a whole (`label`, `count`, `tone`, `url`) as one bar with a legend of linked numbers."""
    whole = sum(part.count for part in parts)
    drawn, start = [], 0.0
    for part in parts:
        width = part.count * 100 / whole if whole else 0.0
        drawn.append({"start": f"{start:.3f}", "width": f"{width:.3f}", "tone": part.tone})
        start += width
    return {"parts": parts, "drawn": drawn, "whole": whole}


@register.inclusion_tag("partials/field.html")
def field(bound: BoundField, hint: str = "", width: str = "", quiet: bool = False) -> dict[str, Any]:
    """Render a form field: label, control, help, errors, tied together for screen readers.

    `hint` takes the place of the field's help; `quiet` leaves help away.
    """
    widget = bound.field.widget
    if quiet or hint:
        bound.help_text = hint  # Django names help and errors to screen readers by what the field says here.
    marks = (_control_class(widget), "is-invalid" if bound.errors else "", widget.attrs.get("class", ""))
    classes = " ".join(filter(None, marks))
    return {
        "bound": bound,
        "control": bound.as_widget(attrs={"class": classes} if classes else None),
        "width": width,
        "is_check": isinstance(widget, CheckboxInput),
        "is_choices": isinstance(widget, (RadioSelect, CheckboxSelectMultiple)),
        "counts": getattr(bound.field, "max_length", None) if isinstance(widget, Textarea) else None,
    }


def _control_class(widget: Any) -> str:
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return ""  # Django would put it on the group as well as on each choice.
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select) else "form-control"


@register.inclusion_tag("partials/form_errors.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Show above a form what is wrong with it, each fault linked to its field."""
    faults = [
        {
            "anchor": form[name].id_for_label or form[name].auto_id,
            "label": form[name].label,
            "messages": errors,
        }
        for name, errors in form.errors.items()
        if name in form.fields
    ]
    return {
        "faults": faults,
        "general": form.non_field_errors(),
        "count": len(faults) + len(form.non_field_errors()),
    }


@register.inclusion_tag("partials/pager.html", takes_context=True)
def pager(context: Context, page: KeysetPage[Any] | NumberedPage[Any]) -> dict[str, Any]:
    """Show how many there are, the ways to other pages, and the choice of the page size."""
    link = _Links(context)
    answer: dict[str, Any] = {
        "page": page,
        "sizes": [(size, link.to(**{PER_PAGE: size})) for size in SIZES],
    }
    if isinstance(page, KeysetPage):
        answer["previous"] = link.to(**{BEFORE: page.previous_cursor}) if page.previous_cursor else ""
        answer["next"] = link.to(**{AFTER: page.next_cursor}) if page.next_cursor else ""
        answer["first"] = link.to() if page.previous_cursor else ""
    else:
        answer["previous"] = link.to(**{NUMBER: page.number - 1}) if page.number > 1 else ""
        answer["next"] = link.to(**{NUMBER: page.number + 1}) if page.number < page.pages else ""
        answer["place"] = f"第 {page.number} / {page.pages} 页"
    return answer


class _Links:
    """The present address with another place in the list."""

    def __init__(self, context: Context) -> None:
        self._query = context["request"].GET

    def to(self, **place: object) -> str:
        query = self._query.copy()
        for name in PLACE:
            query.pop(name, None)
        for name, value in place.items():
            query[name] = str(value)
        return f"?{query.urlencode()}"
