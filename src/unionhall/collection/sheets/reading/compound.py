"""Look through an OLE compound file (.xls, BIFF .et, encrypted .xlsx, .doc) without believing it.

The file is a small file system: sectors chained by a table, a directory of 128-byte entries, named
streams ([MS-CFB]). Only the directory and the first records of the workbook stream ([MS-XLS]) are read.
"""

import struct
from dataclasses import dataclass

from unionhall.collection.sheets.parsing.sentences import refused

ENTRY = 128
END_OF_CHAIN = 0xFFFFFFFA
FILE_PASSWORD = 0x2F
END_OF_FILE = 0x0A
BEGIN_OF_FILE = 0x0809
BOUND_SHEET = 0x85
MACRO_SHEET = 1
MAX_DIRECTORY_SECTORS = 4096
MAX_RECORDS = 20_000
FOREIGN = {"WordDocument": "Word 文档", "PowerPoint Document": "PPT 演示文稿", "VisioDocument": "Visio 图"}
MACRO_NAMES = {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros"}


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    start: int
    size: int


def recognize_compound(data: bytes) -> str:
    """Return "xls" for a harmless workbook, or refuse with the reason."""
    try:
        sectors = _sectors(data)
        entries = _directory(sectors)
        names = {entry.name for entry in entries}
        _refuse_others(names)
        stream = next((entry for entry in entries if entry.name.lower() == "workbook"), None)
        if stream is None:
            raise refused("old_excel" if "Book" in names else "damaged")
        _refuse_records(_beginning(sectors, stream))
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        raise refused("damaged") from None
    return "xls"


def _refuse_others(names: set[str]) -> None:
    if names & {"EncryptedPackage", "EncryptionInfo", "\x06DataSpaces"}:
        raise refused("encrypted")
    for name, what in FOREIGN.items():
        if name in names:
            raise refused("not_workbook", what=what)
    if names & MACRO_NAMES:
        raise refused("macros")


def _refuse_records(stream: bytes) -> None:
    """Walk the workbook's first records: a password, or a sheet that is a macro."""
    at = 0
    for _ in range(MAX_RECORDS):
        if at + 4 > len(stream):
            return
        number, length = struct.unpack_from("<HH", stream, at)
        if number == FILE_PASSWORD:
            raise refused("encrypted")
        if number == BOUND_SHEET and length >= 6 and stream[at + 9] == MACRO_SHEET:
            raise refused("macros")
        if number == END_OF_FILE:
            return
        at += 4 + length


@dataclass(frozen=True, slots=True)
class Sectors:
    """The sectors of a file and the list of those that hold its allocation table."""

    data: bytes
    size: int
    tables: tuple[int, ...]

    def read(self, number: int) -> bytes:
        """Return one sector, empty beyond the end of the file."""
        start = (number + 1) * self.size
        return self.data[start : start + self.size]

    def after(self, number: int) -> int:
        """Return the sector that follows in the chain."""
        place, index = divmod(number, self.size // 4)
        if place >= len(self.tables):
            return END_OF_CHAIN
        return int(struct.unpack_from("<I", self.read(self.tables[place]), 4 * index)[0])

    def chain(self, start: int, *, most: int) -> bytes:
        """Return a stream from its first sector on, `most` sectors at most (a chain may be a ring)."""
        pieces: list[bytes] = []
        number = start
        while number < END_OF_CHAIN and len(pieces) < most:
            piece = self.read(number)
            if not piece:
                break
            pieces.append(piece)
            number = self.after(number)
        return b"".join(pieces)


def _sectors(data: bytes) -> Sectors:
    shift = int(struct.unpack_from("<H", data, 30)[0])
    if shift not in (9, 12):
        raise ValueError("sector size")
    size = 1 << shift
    tables = list(struct.unpack_from("<109I", data, 76))
    following = int(struct.unpack_from("<I", data, 68)[0])
    while following < END_OF_CHAIN and len(tables) * size < len(data):
        start = (following + 1) * size
        listed = struct.unpack_from(f"<{size // 4}I", data, start)
        tables.extend(listed[:-1])
        following = listed[-1]
    return Sectors(data, size, tuple(table for table in tables if table < END_OF_CHAIN))


def _directory(sectors: Sectors) -> list[Entry]:
    start = struct.unpack_from("<I", sectors.data, 48)[0]
    raw = sectors.chain(start, most=MAX_DIRECTORY_SECTORS)
    entries = []
    for at in range(0, len(raw) - ENTRY + 1, ENTRY):
        length = struct.unpack_from("<H", raw, at + 64)[0]
        if 2 <= length <= 64:
            name = raw[at : at + length - 2].decode("utf-16-le")
            first, size = struct.unpack_from("<II", raw, at + 116)
            entries.append(Entry(name, first, size))
    return entries


def _beginning(sectors: Sectors, stream: Entry) -> bytes:
    """Return the first 256 KiB of a stream; the globals of a workbook that matter here stand first."""
    if stream.size < 4096:
        return b""  # in the mini stream: too small to hold a form
    return sectors.chain(stream.start, most=256 * 1024 // sectors.size)
