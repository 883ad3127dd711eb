"""The icons in use, as one small sprite made from the Tabler icons package when the site is set up.

The package's own sprite weighs two megabytes; ours holds the names below and nothing else. It is made, not
kept in the tree: third-party drawings stay a dependency.
"""

from __future__ import annotations

import re
from pathlib import Path

NAMES: tuple[str, ...] = (
    "adjustments-horizontal",
    "alert-circle",
    "alert-triangle",
    "archive",
    "arrow-back-up",
    "arrow-down",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "arrows-exchange",
    "ban",
    "bell",
    "building",
    "building-factory-2",
    "calendar",
    "chart-bar",
    "check",
    "checklist",
    "checks",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle-check",
    "circle-dashed",
    "circle-x",
    "clipboard-check",
    "clock",
    "coin",
    "copy",
    "device-laptop",
    "device-mobile",
    "devices",
    "dots",
    "download",
    "edit",
    "external-link",
    "eye",
    "eye-off",
    "file-spreadsheet",
    "file-text",
    "file-x",
    "filter",
    "filter-off",
    "flag",
    "help-circle",
    "history",
    "home",
    "hourglass",
    "id",
    "inbox",
    "info-circle",
    "key",
    "keyboard",
    "list",
    "loader-2",
    "lock",
    "login",
    "logout",
    "mail-off",
    "map-pin",
    "menu-2",
    "message",
    "minus",
    "pencil",
    "phone",
    "plus",
    "printer",
    "refresh",
    "report-money",
    "search",
    "send",
    "settings",
    "shield-check",
    "shield-lock",
    "shield-off",
    "sitemap",
    "snowflake",
    "switch-horizontal",
    "table",
    "text-size",
    "trash",
    "upload",
    "user",
    "user-check",
    "user-minus",
    "user-off",
    "user-plus",
    "user-shield",
    "user-x",
    "users",
    "wand",
    "x",
)

SYMBOL = re.compile(r'<symbol id="tabler-([a-z0-9-]+)".*?</symbol>', re.DOTALL)
FILE_NAME = "icons.svg"


def write_sprite(*, node_modules: Path, into: Path) -> Path:
    """Write the sprite of our icons into a directory of static files and return its path.

    :raises FileNotFoundError: if the icons package is not installed
    :raises KeyError: if the package no longer has one of the names
    """
    source = node_modules / "@tabler" / "icons-sprite" / "dist" / "tabler-sprite.svg"
    symbols = {found[1]: found[0] for found in SYMBOL.finditer(source.read_text("utf-8"))}
    drawn = "".join(symbols[name] for name in NAMES)
    target = into / FILE_NAME
    into.mkdir(parents=True, exist_ok=True)
    target.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><defs>{drawn}</defs></svg>\n', "utf-8")
    return target
