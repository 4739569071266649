from __future__ import annotations

import gzip
import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from mediatheque.kit.archives import Archive, ArchiveLimits, open_content, single_member
from mediatheque.kit.unreadable import UnreadableError

if TYPE_CHECKING:
    from pathlib import Path


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return path


def unpack(path: Path, limits: ArchiveLimits) -> None:
    with Archive(path, limits) as archive:
        for name in archive.names:
            with archive.open(name) as stream:
                while stream.read(1 << 16):
                    pass


def read(path: Path) -> bytes:
    with open_content(path) as stream:
        return b"".join(iter(lambda: stream.read(1 << 20), b""))


def refusal(path: Path, limits: ArchiveLimits | None = None) -> str:
    with pytest.raises(UnreadableError) as refused:
        unpack(path, limits or ArchiveLimits())
    assert refused.value.message
    return refused.value.code


def test_reads_members_and_leaves_litter_out(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packing:
        for name in ("a.csv", "__MACOSX/a.csv", "x/.DS_Store", "Thumbs.db", "x/"):
            packing.writestr(name, "x,y" if name == "a.csv" else "")
    with Archive(path) as archive:
        assert archive.names == ("a.csv",)
        with archive.open("a.csv") as stream:
            assert stream.read() == b"x,y"


@pytest.mark.parametrize(
    "name", ["../evil.csv", "a/../../evil.csv", "/etc/passwd", "C:\\evil.csv", "..\\evil.csv"]
)
def test_names_that_leave_the_folder(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("good.csv", "x")
        archive.writestr(zipfile.ZipInfo(name), "x")
    assert refusal(path) == "archive_path_escape"


def test_links_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    info = zipfile.ZipInfo("link.csv")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert refusal(path) == "archive_path_escape"


def test_bomb_by_proportion(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"\0" * (40 << 20))
    assert refusal(path) == "archive_bomb"


def test_bomb_of_overlapping_members(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"x" * 1000)
        archive.writestr("b.csv", b"x" * 1000)
    data = bytearray(path.read_bytes())
    second = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 0)
    path.write_bytes(bytes(data))
    assert refusal(path) == "archive_bomb"


def test_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"\0" * (40 << 20))
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 24, 100)
    path.write_bytes(bytes(data))
    assert refusal(path) == "archive_damaged"


def test_too_many_members(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a=b"1", b=b"2", c=b"3")
    assert refusal(path, ArchiveLimits(members=2)) == "archive_bomb"


def test_too_large(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a=b"1" * 100)
    assert refusal(path, ArchiveLimits(total_bytes=99)) == "too_large"


def test_password(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a=b"1" * 100)
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 8] |= 1
    path.write_bytes(bytes(data))
    assert refusal(path) == "archive_encrypted"


def test_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 no zip at all")
    assert refusal(path) == "archive_damaged"
    zipped(path, a=b"hello " * 1000)
    data = bytearray(path.read_bytes())
    data[40:50] = b"\xff" * 10
    path.write_bytes(bytes(data))
    assert refusal(path) == "archive_damaged"


def test_content_is_unpacked_on_the_way(tmp_path: Path) -> None:
    plain = tmp_path / "a.csv"
    plain.write_bytes(b"x,y")
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(b"x,y"))
    several = zipped(tmp_path / "a.zip", readme_dot_txt=b"-", data_dot_csv=b"x,y")
    for path in (plain, packed, several):
        with open_content(path) as stream:
            assert stream.read() == b"x,y"


def test_gzip_bomb_and_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"\0" * (40 << 20)))
    with pytest.raises(UnreadableError) as refused:
        read(path)
    assert refused.value.code == "archive_bomb"
    path.write_bytes(gzip.compress(b"hello" * 1000)[:30])
    with pytest.raises(UnreadableError) as refused:
        read(path)
    assert refused.value.code == "archive_damaged"


def test_what_a_zip_is_about() -> None:
    assert single_member(("x/a.csv", "cover.jpg", "notes.txt")) == "x/a.csv"
    for names, code in (
        ((), "empty_file"),
        (("a.csv", "b.csv", "c.xml"), "archive_content"),
        (("xl/workbook.xml", "[Content_Types].xml"), "spreadsheet"),
        (("content.xml", "mimetype"), "spreadsheet"),
    ):
        with pytest.raises(UnreadableError) as refused:
            single_member(names)
        assert refused.value.code == code


def test_nothing_is_written_beside_it(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a_dot_csv=b"x" * 100_000)
    with open_content(path) as stream:
        assert isinstance(stream, io.BufferedIOBase)
        assert len(stream.read()) == 100_000
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.zip"]
