"""Files that are no sheets, or hostile ones: one clear sentence, within seconds and little memory."""

import io
import resource
import struct
import time
import zipfile

import pytest

from tests.collection.sheets import sheets
from tests.collection.sheets.sheets import lines_of, member_row
from unionhall.collection.sheets.columns import SheetKind
from unionhall.collection.sheets.parsing.sentences import SENTENCES
from unionhall.collection.sheets.reading import Limits, read_workbook
from unionhall.standards.refusal import Refused

LINES = lines_of(SheetKind.MEMBERS, [member_row()])
GOOD = sheets.xlsx({"Sheet1": LINES})
GOOD_XLS = sheets.xls(LINES)
SHEET = "xl/worksheets/sheet1.xml"
ALLOWED_SECONDS, ALLOWED_BYTES = 10, 512 * 1024 * 1024


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """Return an archive with parts added or replaced."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return output.getvalue()


def archive(**parts: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as new:
        for name, content in parts.items():
            new.writestr(name.replace("__", "/"), content)
    return output.getvalue()


def sheet_part(data: bytes = GOOD) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read(SHEET)


def with_row(row: bytes) -> bytes:
    """Return the good sheet with one more row of raw XML."""
    return with_parts(GOOD, {SHEET: sheet_part().replace(b"</sheetData>", row + b"</sheetData>")})


def with_entry(data: bytes, name: str, *, instead_of: str = "") -> bytes:
    """Return a compound file with a directory entry renamed, or a free one named."""
    mark = instead_of.encode("utf-16-le").ljust(64, b"\x00")
    directory = (struct.unpack_from("<I", data, 48)[0] + 1) * 512
    place = next(at for at in range(directory, len(data), 128) if data[at : at + 64] == mark)
    written = name.encode("utf-16-le")
    entry = written.ljust(64, b"\x00") + struct.pack("<H", len(written) + 2)
    return data[:place] + entry + data[place + len(entry) :]


def with_record(data: bytes, old: int, new: int) -> bytes:
    """Return a workbook stream with the number of its first such record changed."""
    at = 512
    while struct.unpack_from("<H", data, at)[0] != old:
        at += 4 + int(struct.unpack_from("<H", data, at + 2)[0])
    return data[:at] + struct.pack("<H", new) + data[at + 2 :]


def lying_bomb() -> bytes:
    """Return an archive whose sheet declares a hundred bytes and unpacks to 400 MiB."""
    data = bytearray(with_parts(GOOD, {SHEET: bytes(400 * 1024 * 1024)}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(SHEET.encode(), data.rindex(mark) if mark == b"PK\x01\x02" else 0)
        start = data.rindex(mark, 0, at)
        struct.pack_into("<I", data, start + offset, 100)
    return bytes(data)


def odf(content: bytes, **parts: bytes) -> bytes:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return archive(mimetype=kind, **{"content.xml": content}, **parts)


def repeated_ods() -> bytes:
    text = sheets.ods(LINES)
    with zipfile.ZipFile(io.BytesIO(text)) as parts:
        content = parts.read("content.xml")
    cell = b'<table:table-cell table:number-columns-repeated="1000000" office:value-type="string">'
    return with_parts(
        text, {"content.xml": content.replace(b'<table:table-cell office:value-type="string">', cell, 1)}
    )


XML_2003 = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'
DOCTYPE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'

HOSTILE = {
    "empty": (b"", "empty"),
    "only blanks": (b"\xef\xbb\xbf \r\n", "empty"),
    "pdf": (b"%PDF-1.7\n" + bytes(100), "not_workbook"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "not_workbook"),
    "bytes": (bytes(range(256)) * 10, "not_workbook"),
    "other archive": (archive(readme=b"x"), "not_workbook"),
    "word": (archive(word__document=b"x"), "not_workbook"),
    "old word": (with_entry(GOOD_XLS, "WordDocument", instead_of="Workbook"), "not_workbook"),
    "xml data": (b"<?xml version='1.0'?><data/>", "not_workbook"),
    "html": (b"\xef\xbb\xbf<html><table><tr><td>1", "html"),
    "html after a comment": (b"<!-- made by a system --><html><table>", "html"),
    "web archive": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "html"),
    "xml spreadsheet": (XML_2003, "xml_spreadsheet"),
    "excel 5": (with_entry(GOOD_XLS, "Book", instead_of="Workbook"), "old_excel"),
    "excel 4": (b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(100), "old_excel"),
    "xlsb": (with_parts(GOOD, {"xl/workbook.bin": b""}), "binary_excel"),
    "encrypted xlsx": (with_entry(GOOD_XLS, "EncryptedPackage", instead_of="Workbook"), "encrypted"),
    "xls with password": (with_record(GOOD_XLS, 0xE1, 0x2F), "encrypted"),
    "encrypted ods": (odf(b"<x/>", **{"META-INF__manifest.xml": b"<encryption-data/>"}), "encrypted"),
    "cut off": (GOOD[: len(GOOD) // 2], "damaged"),
    "cut off xls": (GOOD_XLS[:600], "damaged"),
    "no sheets inside": (with_parts(GOOD, {"xl/workbook.xml": b"<workbook/>"}), "no_table"),
    "broken xml": (with_parts(GOOD, {SHEET: b"<worksheet><sheetData><row"}), "damaged"),
    "macros": (with_parts(GOOD, {"xl/vbaProject.bin": b"x"}), "macros"),
    "macro sheet": (with_parts(GOOD, {"xl/macrosheets/sheet1.xml": b"<x/>"}), "macros"),
    "xls macros": (with_entry(GOOD_XLS, "_VBA_PROJECT_CUR"), "macros"),
    "ods macros": (odf(b"<x/>", Basic__Standard=b"x"), "macros"),
    "external entity": (with_parts(GOOD, {SHEET: DOCTYPE + sheet_part()}), "external_entities"),
    "entity in a drawing": (with_parts(GOOD, {"xl/styles.xml": DOCTYPE + b"<x/>"}), "external_entities"),
    "zip bomb": (with_parts(GOOD, {SHEET: bytes(310 * 1024 * 1024)}), "zip_bomb"),
    "lying zip bomb": (lying_bomb(), "zip_bomb"),
    "column beyond Excel": (with_row(b'<row r="9"><c r="BDWGN9"><v>1</v></c></row>'), "too_wide"),
    "last column of Excel": (with_row(b'<row r="9"><c r="XFD9"><v>1</v></c></row>'), "too_wide"),
    "columns without names": (with_row(b"<row>" + b"<c><v>1</v></c>" * 1_000_000 + b"</row>"), "too_wide"),
    "dimension beyond Excel": (
        with_parts(GOOD, {SHEET: sheet_part().replace(b"<dimension", b'<dimension ref="A1:BDWGN9"/><x')}),
        "too_wide",
    ),
    "far corner": (with_row(b'<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>'), "too_complex"),
    "wide text": (b"a," * 1_000_000, "too_wide"),
    "wide ods": (repeated_ods(), "too_wide"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_with_its_own_sentence_in_time(name: str) -> None:
    data, code = HOSTILE[name]
    started = time.monotonic()
    with pytest.raises(Refused) as refused:
        read_workbook(data, file_name="会员表.xlsx")
    assert refused.value.codes == (f"sheets.file.{code}",)
    assert time.monotonic() - started < ALLOWED_SECONDS
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert peak < ALLOWED_BYTES


def test_file_over_the_limit_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(Refused) as refused:
        read_workbook(GOOD, limits=Limits(file_size=100))
    assert refused.value.codes == ("sheets.file.too_large",)


def test_external_links_and_wide_formats_are_harmless() -> None:
    link = b'<externalLink><externalBook r:id="rId1"/></externalLink>'
    row = b'<row r="9"><c r="XFD9" s="1"/></row>'
    data = with_parts(
        with_row(row), {"xl/externalLinks/externalLink1.xml": link, "xl/externalLinks/_rels/a.rels": b"<x/>"}
    )
    assert read_workbook(data).tables[0].rows == [3]


def test_stale_dimension_and_text_that_looks_like_a_program_are_read() -> None:
    stale = sheet_part().replace(b"<dimension", b'<dimension ref="A1:XFD1048576"/><x')
    assert read_workbook(with_parts(GOOD, {SHEET: stale})).tables[0].rows == [3]
    mz = sheets.text_file([["MZ", "BM"], *LINES])
    assert read_workbook(mz).tables[0].rows == [4]


def test_every_sentence_says_how_to_mend() -> None:
    for code, sentence in SENTENCES.items():
        assert sentence.endswith("。"), code
        assert "请" in sentence, code
