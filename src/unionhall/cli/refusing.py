"""How commands say no: every sentence on the error stream, and one exit code for all refusals."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from unionhall.foundation.actor import NotPermitted
from unionhall.standards.refusal import Refused

REFUSED = 2


@contextmanager
def refusing() -> Iterator[None]:
    """Turn a refusal inside into its sentences and exit code 2."""
    try:
        yield
    except Refused as refused:
        for refusal in refused.refusals:
            click.echo(refusal.message, err=True)
            if refusal.suggestion:
                click.echo(f"　　是否应为：{refusal.suggestion}", err=True)
        sys.exit(REFUSED)
    except NotPermitted:
        click.echo("该账号没有办理此事的权限，请换一个账号，或请安全管理员授权。", err=True)
        sys.exit(REFUSED)
