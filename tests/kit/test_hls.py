from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mediatheque.kit import hls

BASE = "https://cdn.example/live/one/index.m3u8?key=1"


def test_every_address_goes_through_ours_and_nothing_else_changes() -> None:
    made = hls.rewrite(
        '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="../k",IV=0x9c\n#EXTINF:4,a, "b"\n\n'
        'seg/1.ts?x=1\n# seg/2.ts\n#EXT-X-MAP:URI="data:,x"\n//other.example/3.ts\n',
        BASE,
        lambda uri: f"<{uri}>",
    )
    assert made.splitlines() == [
        "#EXTM3U",
        '#EXT-X-KEY:METHOD=AES-128,URI="<https://cdn.example/live/k>",IV=0x9c',
        '#EXTINF:4,a, "b"',
        "",
        "<https://cdn.example/live/one/seg/1.ts?x=1>",
        "# seg/2.ts",
        '#EXT-X-MAP:URI="data:,x"',
        "<https://other.example/3.ts>",
    ]


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=40)))
def test_no_address_gets_past(lines: list[str]) -> None:
    marked = [f"host{place}.example/{line.strip()}" for place, line in enumerate(lines)]
    made = hls.rewrite("\n".join(["#EXTM3U", *marked]), BASE, lambda _: "hidden")
    assert made.splitlines() == ["#EXTM3U", *("hidden" for _ in marked)]


def test_a_playlist_is_known_by_its_first_line() -> None:
    assert hls.is_playlist(b"\xef\xbb\xbf\r\n#EXTM3U\n")
    assert not hls.is_playlist(b"G@\x00\x10#EXTM3U")
