"""Loaded before everything else: tests keep their data apart from a developer's own.

Settings are read before any conftest, so that this is a plug-in named in pyproject.toml.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

os.environ["UNIONHALL_DATA"] = str(ROOT / "var" / "test")
for name in [name for name in os.environ if name.startswith("UNIONHALL_") and name != "UNIONHALL_DATA"]:
    del os.environ[name]
