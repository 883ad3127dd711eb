"""PostgreSQL as UnionHall uses it: a server of our own by default, two roles always.

`addresses` says where the database is and as whom it is entered, without touching it; `embedded` starts and
stops the server from the wheel in the data directory; `roles` makes the owner and the application's role and
grants what the application may do. The owner migrates; the application's role owns nothing and cannot bypass
row-level security.
"""

from unionhall.foundation.postgres.addresses import (
    APP_ROLE,
    OWNER_ROLE,
    conninfo,
    database_settings,
    is_embedded,
)
from unionhall.foundation.postgres.embedded import admin_conninfo, ensure_running, let_go
from unionhall.foundation.postgres.refusals import DatabaseUnfit
from unionhall.foundation.postgres.roles import grant_application, prepare_roles, refuse_unfit_roles

__all__ = [
    "APP_ROLE",
    "OWNER_ROLE",
    "DatabaseUnfit",
    "admin_conninfo",
    "conninfo",
    "database_settings",
    "ensure_running",
    "grant_application",
    "is_embedded",
    "let_go",
    "prepare_roles",
    "refuse_unfit_roles",
]
