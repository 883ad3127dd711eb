"""Pieces of pages made of a few values only: a number, an empty state, a notice, a heading."""

from __future__ import annotations


def stat(
    label: str,
    value: object,
    *,
    url: str = "",
    unit: str = "",
    hint: str = "",
    icon: str = "",
    tone: str = "",
) -> dict[str, object]:
    """Show one number on a card; with `url` the whole card leads to the rows it counts."""
    return {
        "label": label,
        "value": value,
        "url": url,
        "unit": unit,
        "hint": hint,
        "icon_name": icon,
        "tone": tone,
    }


def empty(
    title: str,
    text: str = "",
    *,
    url: str = "",
    action: str = "",
    second_url: str = "",
    second_action: str = "",
    icon: str = "inbox",
) -> dict[str, object]:
    """Say that there is nothing here, and what to do next."""
    return {
        "title": title,
        "text": text,
        "url": url,
        "action": action,
        "second_url": second_url,
        "second_action": second_action,
        "icon_name": icon,
    }


def notice(level: str, text: str, *, title: str = "", url: str = "", link: str = "查看") -> dict[str, object]:
    """Show a standing message in the page: `info`, `success`, `warning` or `error`."""
    return {"level": level, "text": text, "title": title, "url": url, "link": link}


def section_head(title: str, text: str = "", *, url: str = "", link: str = "查看全部") -> dict[str, object]:
    """Head a section or a card, with a way to the whole."""
    return {"title": title, "text": text, "url": url, "link": link}
