"""Look through a zip archive (.xlsx, .ods, OOXML .et) before any reader unpacks it.

Every XML part is inflated here as a stream, in pieces, by its real length and not by what the archive
declares, so a bomb is seen after `Limits.unpacked` bytes. What is looked for in the stream needs no XML
parser: a document type declaration, and cells with content in columns no form has.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from unionhall.collection.sheets.parsing.limits import MIB, Limits
from unionhall.collection.sheets.parsing.sentences import refused

PIECE = MIB
OVERLAP = 256
LOCAL_HEADER = 30

DOCTYPES = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
# A cell beyond column ZZ that is not closed at once, so it holds something; or one beyond XFD, Excel's last.
# Both begin with a literal, which the search skips to; odder spellings are left to the child's limits.
WIDE_CELLS = (
    re.compile(rb'r="(?:[A-Z]{4,}\d|[A-Z]{3}\d+"[^<>]*[^/<>]>)'),
    re.compile(rb"r='(?:[A-Z]{4,}\d|[A-Z]{3}\d+'[^<>]*[^/<>]>)"),
)
WIDE_DIMENSION = re.compile(rb"""<(?:\w+:)?dimension\s[^>]*ref\s*=\s*["'][^"']*[A-Z]{4,}\d""")
WIDE_REPEATS = (
    re.compile(rb'columns-repeated="\d{4,}"[^<>]*office:value-type'),
    re.compile(rb'office:value-type="[^<>]*columns-repeated="\d{4,}"'),
)

FOREIGN = {
    "word/": "Word 文档",
    "ppt/": "PPT 演示文稿",
    "META-INF/MANIFEST.MF": "程序包",
    "visio/": "Visio 图",
}
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def recognize_archive(data: bytes, *, limits: Limits) -> str:
    """Return "xlsx" or "ods" for a harmless workbook, or refuse with the reason."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    # NotImplementedError is what zipfile raises for an archive of a version or kind that it cannot read.
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise refused("damaged") from None
    with archive:
        names = archive.namelist()
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            raise refused("encrypted")
        form = _form(data, archive, names)
        _refuse_macros(names)
        for entry in archive.infolist():
            if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                _refuse_declared(entry, data, limits)
        _look_through(data, archive, limits)
    return form


def _form(data: bytes, archive: zipfile.ZipFile, names: list[str]) -> str:
    if "xl/workbook.bin" in names:
        raise refused("binary_excel")
    if any(name.lower() == "xl/workbook.xml" for name in names):
        return "xlsx"
    if "mimetype" in names and _first_bytes(data, archive.getinfo("mimetype")).strip() == ODS:
        if "META-INF/manifest.xml" in names and b"encryption-data" in _first_bytes(
            data, archive.getinfo("META-INF/manifest.xml")
        ):
            raise refused("encrypted")
        return "ods"
    for prefix, what in FOREIGN.items():
        if any(name.startswith(prefix) for name in names):
            raise refused("not_workbook", what=what)
    raise refused("not_workbook", what="压缩包")


def _refuse_macros(names: list[str]) -> None:
    lowered = [name.lower() for name in names]
    if any("vbaproject" in name or "/macrosheets/" in name for name in lowered):
        raise refused("macros")
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in lowered):
        raise refused("macros")


def _refuse_declared(entry: zipfile.ZipInfo, data: bytes, limits: Limits) -> None:
    """Refuse by what the archive itself declares, before a byte is inflated."""
    grown = entry.file_size > limits.suspicious and entry.file_size > limits.ratio * len(data)
    if entry.file_size > limits.unpacked or grown:
        raise refused("zip_bomb", limit=limits.unpacked // MIB)


def _look_through(data: bytes, archive: zipfile.ZipFile, limits: Limits) -> None:
    unpacked = 0
    tags = 0
    for entry in archive.infolist():
        name = entry.filename.lower()
        if not name.endswith((".xml", ".rels", ".vml")) and name != "mimetype":
            continue
        tail = b""
        for piece in _inflate(data, entry):
            unpacked += len(piece)
            tags += piece.count(b"<")
            if unpacked > limits.unpacked or (
                unpacked > limits.suspicious and unpacked > limits.ratio * len(data)
            ):
                raise refused("zip_bomb", limit=limits.unpacked // MIB)
            if tags > limits.tags:
                raise refused("too_complex")
            _refuse_content(tail + piece, limits)
            tail = piece[-OVERLAP:]


def _refuse_content(piece: bytes, limits: Limits) -> None:
    if any(mark in piece for mark in DOCTYPES):
        raise refused("external_entities")
    wide = any(cell.search(piece) for cell in WIDE_CELLS)
    wide = wide or (b"dimension" in piece and bool(WIDE_DIMENSION.search(piece)))
    if wide or (b"columns-repeated" in piece and any(repeat.search(piece) for repeat in WIDE_REPEATS)):
        raise refused("too_wide", limit=limits.columns)


def _first_bytes(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    return next(_inflate(data, entry), b"")


def _inflate(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the real content of an entry; the declared length is not believed."""
    at = entry.header_offset
    header = data[at : at + LOCAL_HEADER]
    if len(header) < LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise refused("damaged")
    start = (
        at + LOCAL_HEADER + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    )
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + PIECE]) for at in range(0, len(packed), PIECE))
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise refused("damaged")
    yield from _inflate_pieces(packed)


def _inflate_pieces(packed: memoryview) -> Iterator[bytes]:
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), PIECE):
            piece = machine.decompress(packed[at : at + PIECE], PIECE)
            while piece:
                yield piece
                piece = machine.decompress(machine.unconsumed_tail, PIECE)
    except zlib.error:
        raise refused("damaged") from None
