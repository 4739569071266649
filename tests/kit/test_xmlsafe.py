from __future__ import annotations

import io
import tracemalloc

import pytest

from mediatheque.kit.unreadable import UnreadableError
from mediatheque.kit.xmlsafe import root_tag, stream_elements, text_of

LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def read(document: str | bytes, path: str = "r/i") -> list[str]:
    data = document.encode() if isinstance(document, str) else document
    return [text_of(element) for element in stream_elements(io.BytesIO(data), path)]


def refusal(document: str | bytes) -> tuple[str, int | None]:
    with pytest.raises(UnreadableError) as refused:
        read(document)
    return refused.value.code, refused.value.line


def test_elements_at_a_path_only() -> None:
    document = "<r><i>1</i><x><i>2</i></x><i>3<i>4</i></i><j><i>5</i></j></r>"
    assert read(document) == ["1", "34"]
    assert read(document, "r/*/i") == ["2", "4", "5"]


@pytest.mark.parametrize(
    "document",
    [
        LAUGHS + "<r><i>&c;</i></r>",
        LAUGHS + '<r x="&c;"><i/></r>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><i>&x;</i></r>',
        '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://demo.example/x.dtd"> %x;]><r><i/></r>',
        '<?xml version="1.0"?>\n<!-- c -->\n<!DOCTYPE r [\n<!ENTITY x "y">\n]><r/>',
    ],
)
def test_entities_are_refused(document: str) -> None:
    assert refusal(document)[0] == "entity_bomb"


def test_the_line_of_an_entity_is_told() -> None:
    assert refusal('<?xml version="1.0"?>\n<!DOCTYPE r [\n<!ENTITY x "y">\n]><r/>')[1] == 3


def test_quadratic_blow_up_needs_entities_too() -> None:
    assert refusal(f'<!DOCTYPE r [<!ENTITY x "{"y" * 50_000}">]><r><i>&x;&x;</i></r>')[0] == (
        "entity_bomb"
    )


def test_a_document_type_that_only_names_itself_is_not_loaded() -> None:
    assert read('<!DOCTYPE r PUBLIC "-//X//" "http://demo.example/x.dtd"><r><i>1</i></r>') == ["1"]
    assert read('<!DOCTYPE r SYSTEM "file:///etc/passwd"><r><i>1</i></r>') == ["1"]


def test_endless_declarations_are_refused() -> None:
    assert refusal("<!DOCTYPE r [" + "<!ELEMENT x ANY>" * 100_000 + "]><r/>")[0] == "entity_bomb"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    document = f'<?xml version="1.0" encoding="{encoding}"?><r><i>Amélie</i></r>'
    assert read(document.encode(encoding)) == ["Amélie"]


def test_damage() -> None:
    assert refusal("<r><i>1</i>\n<i>2")[0] == "xml_damaged"
    assert refusal("<r>\n<i>1</b></r>") == ("xml_damaged", 2)
    assert refusal("no xml")[0] == "xml_damaged"
    assert refusal("")[0] == "empty_file"
    assert refusal('<?xml version="1.0" encoding="klingon"?><r/>')[0] == "encoding"


def test_what_stands_before_the_damage_is_read() -> None:
    found = []
    with pytest.raises(UnreadableError):
        found += [text_of(e) for e in stream_elements(io.BytesIO(b"<r><i>1</i><i>2</b>"), "r/i")]
    elements = stream_elements(io.BytesIO(b"<r><i>1</i>" + b" " * 100_000 + b"<i>2</b>"), "r/i")
    assert text_of(next(elements)) == "1"


def test_an_element_without_end_is_refused() -> None:
    assert refusal("<r><i>" + "<x/>" * 300_000 + "</i></r>")[0] == "too_large"
    assert refusal("<r><i>" + "y" * 11_000_000 + "</i></r>")[0] == "too_large"


def test_too_deep_is_refused() -> None:
    assert refusal("<r><i>" + "<x>" * 5000)[0] in {"xml_damaged", "too_large"}


class Endless:
    """A document of many elements that is never whole in memory."""

    def __init__(self, elements: int) -> None:
        self.left = elements
        self.state = "head"

    def read(self, size: int = -1, /) -> bytes:
        assert size
        if self.state == "head":
            self.state = "body"
            return b"<r>"
        if self.left:
            self.left -= 1000
            return b"<i><t>some text of it</t></i>\n<o>other</o>" * 1000
        if self.state == "body":
            self.state = "done"
            return b"</r>"
        return b""


def test_memory_stays_where_it_is() -> None:
    tracemalloc.start()
    try:
        assert sum(1 for _ in stream_elements(Endless(100_000), "r/i")) == 100_000
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_root_tag() -> None:
    assert root_tag(b'<?xml version="1.0"?><!-- x --><library><items>') == "library"
    assert root_tag(b'<n:a xmlns:n="x">') == "a"
    assert root_tag(b"title,year") is None
    assert root_tag(b"") is None
