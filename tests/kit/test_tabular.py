"""Every trap a table of text can hold, at the level of records."""

from __future__ import annotations

import csv
import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediatheque.kit.tabular import (
    Table,
    count_records,
    detect_encoding,
    parse_head,
    require,
    sniff_dialect,
    unwrap,
)
from mediatheque.kit.unreadable import UnreadableError

GERMAN = "Titel;Jahr;Regie\r\nDie Bücher;1999;Jörg Müßig\r\n„Größe“;2001;Käthe\r\n"


class Dribble(io.BytesIO):
    """A stream that gives few bytes at a time, as a network does."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size, 7) if size and size > 0 else 7)


def records(data: bytes, **options: object) -> list[tuple[int, list[str], list[str]]]:
    table = Table(io.BytesIO(data), **options)  # type: ignore[arg-type]  # options of every type
    return [(line, cells, [flaw.code for flaw in flaws]) for line, cells, flaws in table]


def test_plain() -> None:
    assert records(b"a,b\n1,2\n3,4\n") == [(2, ["1", "2"], []), (3, ["3", "4"], [])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends(end: str, last: bool) -> None:
    text = end.join(["a,b", "1,2", '"x' + end + 'y",4']) + (end if last else "")
    assert records(text.encode()) == [(2, ["1", "2"], []), (3, ["x\ny", "4"], [])]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings(encoding: str) -> None:
    found = records(GERMAN.encode(encoding))
    assert found[0][1] == ["Die Bücher", "1999", "Jörg Müßig"]
    assert found[1][1] == ["„Größe“", "2001", "Käthe"]
    assert all(not flaws for _, _, flaws in found)


def test_latin_1_is_windows_1252() -> None:
    assert records("a;b\nAmélie;Ça\n".encode("latin-1"))[0][1] == ["Amélie", "Ça"]


def test_cyrillic_code_page() -> None:
    text = "Название;Год\n" + "Солярис;1972\nСталкер;1979\nЗеркало;1975\n" * 5
    table = Table(io.BytesIO(text.encode("cp1251")))
    assert table.header.names == ("Название", "Год")


def test_few_bytes_at_a_time_are_the_same() -> None:
    table = Table(Dribble(GERMAN.encode("utf-16")))
    assert [cells for _, cells, _ in table][1] == ["„Größe“", "2001", "Käthe"]


def test_latin_1_far_behind_ascii_spoils_only_its_own_rows() -> None:
    data = b"a,b\n" + b"plain,row\n" * 20_000 + "é,Ö\n".encode("latin-1") + "ü,x\n".encode()
    found = records(data)
    assert found[19_999] == (20_001, ["plain", "row"], [])
    assert found[20_000] == (20_002, ["é", "Ö"], ["bad_encoding"])
    assert found[20_001] == (20_003, ["ü", "x"], [])


def test_one_bad_byte_leaves_the_other_letters_of_its_row() -> None:
    data = b"a,b\n" + "José,naïve ".encode() + b"\xe9\n" + "Zoë,ça\n".encode()
    assert records(data)[0] == (2, ["José", "naïve é"], ["bad_encoding"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    rows = [["Title", "Year", "Note"], ["Alien", "1979", "a, b; c"], ["Ran", "1985", "d | e"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    table = Table(io.BytesIO(text.getvalue().encode()))
    assert table.dialect.delimiter == delimiter
    assert [cells for _, cells, _ in table] == rows[1:]


def test_commas_inside_cells_do_not_win_over_semicolons() -> None:
    text = "Title; Artist, first;Year\nA, b, c;d, e;1\nf, g, h;i;2\n"
    assert sniff_dialect(text).delimiter == ";"


def test_delimiter_is_found_by_a_known_header() -> None:
    text = "Name;Year\nOne, two, three, four;1999\n"
    assert sniff_dialect(text, require(["Name", "Year"])).delimiter == ";"


def test_excel_delimiter_line() -> None:
    table = Table(io.BytesIO(b"sep=;\r\na;b,c\r\n1;2\r\n"))
    assert table.header.names == ("a", "b,c")
    assert list(table) == [(3, ["1", "2"], ())]


def test_blanks_behind_delimiters() -> None:
    assert records(b'a, "b"\n1, "x, y"\n2, "z"\n')[0][1] == ["1", "x, y"]


def test_one_column() -> None:
    assert records(b"title\nAlien\n\nRan\n") == [(2, ["Alien"], []), (4, ["Ran"], [])]


def test_a_heading_above_the_table_is_no_header() -> None:
    table = Table(io.BytesIO(b"My films\n\nTitle,Year\nAlien,1979\nRan,1985\n"))
    assert table.header.names == ("Title", "Year")
    assert table.header.line == 3
    assert table.before == [["My films"]]
    assert parse_head("My films\nTitle,Year\nAlien,1979\n")[0] == ["Title", "Year"]


def test_header_below_a_block_of_others() -> None:
    text = b"Export v7\nDate,Name\n2020,List\n\nPosition,Name,Year\n1,Alien,1979\n"
    table = Table(io.BytesIO(text), is_header=require(["position", "NAME"]))
    assert table.header.line == 5
    assert list(table) == [(6, ["1", "Alien", "1979"], ())]


def test_ragged_rows() -> None:
    data = b"a,b,c\n1\n1,2,3,,\n1,2,3,4\n,,\n5,6,7\n"
    assert records(data) == [
        (2, ["1", "", ""], []),
        (3, ["1", "2", "3"], []),
        (4, ["1", "2", "3", "4"], ["too_many_cells"]),
        (6, ["5", "6", "7"], []),
    ]


def test_new_lines_in_cells_keep_lines_right() -> None:
    data = b'a,b\n"one\ntwo\nthree",x\nlast,y\n'
    assert records(data) == [(2, ["one\ntwo\nthree", "x"], []), (5, ["last", "y"], [])]


def test_nul_bytes_go_and_are_told() -> None:
    assert records(b"a,b\n1,\x002\x00\n3,4\n") == [
        (2, ["1", "2"], ["nul_byte"]),
        (3, ["3", "4"], []),
    ]


def test_open_quote_at_the_end_loses_one_row() -> None:
    data = b'a,b\n1,2\n3,"open\n5,6\n7,8'
    assert records(data) == [
        (2, ["1", "2"], []),
        (3, [], ["unbalanced_quote"]),
        (4, ["5", "6"], []),
        (5, ["7", "8"], []),
    ]


def test_open_quote_that_a_later_cell_closes_loses_one_row() -> None:
    data = b'a,b,c\n1,"open,2\n3,"good, yes",5\n6,7,8\n'
    assert records(data) == [
        (2, [], ["unbalanced_quote"]),
        (3, ["3", "good, yes", "5"], []),
        (4, ["6", "7", "8"], []),
    ]


def test_marks_that_were_not_doubled_keep_their_row() -> None:
    data = b'a,b\n"first\nsecond ""so"" and "so" on",5\n6,7\n'
    assert records(data) == [(2, ['first\nsecond "so" and so" on"', "5"], []), (4, ["6", "7"], [])]


def test_open_quote_does_not_swallow_a_large_file() -> None:
    rows = 1_500_000
    data = b'a,b\n1,"open\n' + b"x,y\n" * rows
    table = Table(io.BytesIO(data))
    seen = 0
    codes = []
    for _, cells, flaws in table:
        seen += bool(cells)
        codes += [flaw.code for flaw in flaws]
    assert codes == ["record_too_long"]
    assert seen == rows


def test_many_open_quotes_take_linear_time() -> None:
    data = b"a,b\n" + b'q,"open\nr,2\n' * 30_000
    found = records(data)
    assert sum(1 for _, cells, _ in found if cells == ["r", "2"]) == 30_000
    assert sum(1 for _, _, flaws in found if flaws) == 30_000


def test_endless_line_is_one_failure() -> None:
    data = b"a,b\n1," + b"x" * 9_000_000 + b"\n3,4\n"
    assert records(data) == [(2, [], ["line_too_long"]), (3, ["3", "4"], [])]


def test_a_thousand_columns() -> None:
    names = ",".join(f"c{number}" for number in range(1000))
    found = records(f"{names}\n{','.join('7' * 1000)}\n".encode())
    assert found == [(2, ["7"] * 1000, [])]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\n \r\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (",".join(["c"] * 2001).encode() + b"\n", "too_many_columns"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02\x03\x04\x05\x06", "not_this_format"),
    ],
)  # fmt: skip
def test_files_that_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        records(data)
    assert refused.value.code == code


def test_header_only_has_no_records() -> None:
    assert records(b"a,b\n") == []


def test_no_header_found_names_the_place() -> None:
    with pytest.raises(UnreadableError) as refused:
        Table(io.BytesIO(b"x,y\n1,2\n"), is_header=require(["Title"]))
    assert (refused.value.code, refused.value.line) == ("not_this_format", 1)


def test_unwrapping() -> None:
    assert unwrap(' ="0756404738" ') == "0756404738"
    assert unwrap('=""') == ""
    assert unwrap('="a ""b"""') == 'a "b"'
    assert unwrap("=SUM(A1)") == "=SUM(A1)"


def test_names_of_columns_are_found_whatever_their_case() -> None:
    header = Table(io.BytesIO("Éditeur ;ISBN-13;isbn 13\n1;2;3\n".encode())).header
    assert header.index() == {"editeur": 0, "isbn13": 1}


CELLS = st.text(
    st.characters(exclude_characters="\r\0\ufeff", exclude_categories=["Cs", "Cc"]) | st.just("\n"),
    max_size=12,
)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=20), st.sampled_from(",;\t|"))
def test_whatever_is_written_is_read(rows: list[list[str]], delimiter: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([["first name", "second name", "third name"], *rows])
    data = text.getvalue().encode()
    table = Table(io.BytesIO(data), is_header=require(["firstname"]))
    assert [cells for _, cells, _ in table] == [row for row in rows if any(row)]
    assert count_records(io.BytesIO(data)) == len(rows) + 1


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_crash(data: bytes) -> None:
    try:
        for _, cells, _ in Table(io.BytesIO(b"title,year\n" + data)):
            assert "\0" not in "".join(cells)
    except UnreadableError:
        pass


def test_random_damage_never_loses_rows_far_away() -> None:
    chance = random.Random(7)  # noqa: S311  (the same figures each time)
    lines = [f'{number},"cell, {number}",end' for number in range(3000)]
    for place in chance.sample(range(1000), 40):
        lines[place] = lines[place].replace('"', "", 1) + '"' * chance.randint(0, 1)
    found = records(("a,b,c\n" + "\n".join(lines) + "\n").encode())
    whole = {cells[0] for _, cells, flaws in found if cells and not flaws}
    assert {str(number) for number in range(1100, 3000)} <= whole


def test_counting() -> None:
    assert count_records(io.BytesIO(b"a,b\n1,2")) == 2
    assert count_records(io.BytesIO(b'a,b\n"x\ny\nz",2\n3,"q""\nr"\n')) == 3
    assert count_records(io.BytesIO(b"a\r1\r2\r")) == 3
    assert count_records(io.BytesIO('a\n"é\nü"\n'.encode("utf-16"))) == 2
    assert count_records(io.BytesIO(b"")) == 0


def test_encoding_of_nothing() -> None:
    assert detect_encoding(b"").name == "utf-8"
