"""Tell by its content what a file is; its name is only a hint in the sentence."""

from unionhall.collection.sheets.parsing.limits import MIB, Limits
from unionhall.collection.sheets.parsing.sentences import refused
from unionhall.collection.sheets.reading.archives import recognize_archive
from unionhall.collection.sheets.reading.compound import recognize_compound

SIGNATURES = (
    (b"%PDF", "PDF 文档"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"RIFF", "图片或音视频"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
    (b"SQLite format 3", "数据库"),
)
TEXT_SIGNATURES = {b"BM", b"MZ"}
OLD_BIFF = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def recognize(data: bytes, *, limits: Limits) -> str:
    """Return "xlsx", "ods", "xls" or "csv", or refuse a file that is none or is dangerous."""
    if len(data) > limits.file_size:
        raise refused("too_large", limit=limits.file_size // MIB)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise refused("empty")
    if data.startswith(b"PK"):
        return recognize_archive(data, limits=limits)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return recognize_compound(data)
    _refuse_signatures(data)
    _refuse_markup(data)
    return "csv"


def _refuse_signatures(data: bytes) -> None:
    for signature, what in SIGNATURES:
        # Two letters alone may begin a line of text; then a zero byte soon follows in the real thing.
        if data.startswith(signature) and (signature not in TEXT_SIGNATURES or b"\x00" in data[:64]):
            raise refused("not_workbook", what=what)
    if data[:2] in OLD_BIFF and b"\x00" in data[:8]:
        raise refused("old_excel")
    if not data.startswith(BYTE_ORDER_MARKS) and b"\x00" in data[:65536]:
        raise refused("not_workbook", what="二进制数据")


def _refuse_markup(data: bytes) -> None:
    start = data[:8192].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(
        (b"mime-version", b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style")
    ):
        raise refused("html")
    if not start.startswith((b"<?xml", b"<!", b"<workbook", b"<ss:workbook")):
        return
    if b"<!doctype" in start or b"<!entity" in start:
        raise refused("html" if b"<html" in start else "external_entities")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start or b"mso-application" in start:
        raise refused("xml_spreadsheet")
    if b"<html" in start or b"<table" in start:
        raise refused("html")
    raise refused("not_workbook", what="XML 数据")
