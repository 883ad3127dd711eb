"""How much a file may cost: its size, what it unpacks to, its rows and columns, time and memory."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes, times in seconds of processor time.

    `unpacked` counts the XML parts of an archive only (pictures are never unpacked); above `suspicious` an
    archive may not grow by more than `ratio`. `columns` is far beyond both forms. `tags` bounds the cells a
    part can hold, because the reader keeps each in memory.
    """

    file_size: int = 50 * MIB
    unpacked: int = 256 * MIB
    suspicious: int = 80 * MIB
    ratio: int = 200
    tags: int = 40_000_000
    columns: int = 702
    rows: int = 200_000
    header_rows: int = 15
    memory: int = 480 * MIB
    seconds: int = 8


USUAL = Limits()
