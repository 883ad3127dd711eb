"""Read an answer as a person does: its words without markup, and the files it hands out."""

from __future__ import annotations

import html
import re
from io import BytesIO
from typing import Protocol

import openpyxl

TAGS = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", re.DOTALL)


class Answer(Protocol):
    """What the test client brings back."""

    @property
    def content(self) -> bytes: ...


def main_words(response: Answer) -> str:
    """Return the words of the page itself, without the frame."""
    body = response.content.decode()
    start, end = body.index("<main"), body.index("</main>")
    return " ".join(html.unescape(TAGS.sub(" ", body[start:end])).split())


def row_heads(response: Answer) -> list[str]:
    """Return the heads of the rows of the tables, the sum left out."""
    body = re.sub(r"<tfoot.*?</tfoot>", "", response.content.decode(), flags=re.DOTALL)
    heads = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', body, re.DOTALL)
    return [" ".join(html.unescape(TAGS.sub(" ", head)).split()) for head in heads]


def linked(response: Answer, text: str) -> list[str]:
    """Return where the links with just this text lead."""
    links = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', response.content.decode(), re.DOTALL)
    return [html.unescape(url) for url, inner in links if " ".join(TAGS.sub(" ", inner).split()) == text]


def cells(response: Answer) -> list[list[object]]:
    """Return the rows of the workbook that was handed out."""
    sheet = openpyxl.load_workbook(BytesIO(response.content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]
