import html
import re
import timeit
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediatheque.kit import text


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        ("Spider-Man", "spider man"),
        ("Rosemary's Baby", "rosemarys baby"),
        ("Rosemary\u2019s Baby", "rosemarys baby"),
        ("Rosemary\u00b4s Baby", "rosemarys baby"),
        ("Rosemary\uff07s Baby", "rosemarys baby"),
        ("  AMÉLIE\t(2001)\n", "amelie 2001"),
        ("Ame\u0301lie", "amelie"),
        ("Straße STRASSE", "strasse strasse"),
        ("Æon Flux, Œuvre, Smørrebrød, Łódź, Đặng", "aeon flux oeuvre smorrebrod lodz dang"),
        ("Tom & Jerry", "tom and jerry"),
        ("Tom\uff06Jerry", "tom and jerry"),
        ("İstanbul ılık", "istanbul ilik"),
        ("ﬁlm ＡＢＣ　１２", "film abc 12"),
        ("Spider-Man\u2122 2", "spider man 2"),
        ("Οδύσσεια ΟΔΥΣΣΕΙΑΣ", "οδυσσεια οδυσσειασ"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("七人の侍", "七人の侍"),
        ("ガンダム ｶﾞﾝﾀﾞﾑ", "ガンダム ガンダム"),
        ("기생충", "기생충"),
        ("नमस्ते", "नमस्ते"),
        ("مُحَمَّد", "محمد"),
        ("snake_case\x00nul", "snake case nul"),
        ("!!!", "!!!"),
        ("+", "+"),
        ("\u00f7", "\u00f7"),
        ("…", "..."),
        ("\u22b8\u2122", "\u22b8"),
        (" \t ", ""),
        ("", ""),
    ],
)
def test_folding(given: str, folded: str) -> None:
    assert text.fold(given) == unicodedata.normalize("NFC", folded)


@given(st.text())
def test_folding_twice_changes_nothing(value: str) -> None:
    once = text.fold(value)
    assert text.fold(once) == once
    assert once == once.strip()
    assert "  " not in once


@given(st.text(st.characters(max_codepoint=127)))
def test_the_fast_path_and_the_long_way_agree(value: str) -> None:
    assert text.fold(value + "\u2003").rstrip() == text.fold(value)


def test_folding_a_million_titles_takes_seconds() -> None:
    assert timeit.timeit(lambda: text.fold("The Good, the Bad & the Ugly"), number=10_000) < 0.2


def test_compact_runs_words_together() -> None:
    assert text.compact("Spider-Man") == text.compact("Spiderman") == "spiderman"
    assert text.compact("S.H.I.E.L.D.") == "shield"


@pytest.mark.parametrize(
    ("title", "languages", "sorted_as"),
    [
        ("The Matrix", ["en"], "Matrix"),
        ("The Matrix", [], "Matrix"),
        ("A Silent Voice", ["ja"], "Silent Voice"),
        ("THE  THING", ["eng"], "THING"),
        ("The", ["en"], "The"),
        ("A", ["en"], "A"),
        ("The ...", ["en"], "The ..."),
        ("A.I. Artificial Intelligence", ["en"], "A.I. Artificial Intelligence"),
        ("A-Team", ["en"], "A-Team"),
        ("Theatre", ["en"], "Theatre"),
        ("Die Hard", ["en", "de"], "Die Hard"),
        ("Die Blechtrommel", ["de"], "Blechtrommel"),
        ("Das Boot", ["ger"], "Boot"),
        ("Le Mépris", ["fr-FR"], "Mépris"),
        ("Le Mans", ["en"], "Le Mans"),
        ("L'Avventura", ["it"], "Avventura"),
        ("L\u2019Étranger", ["fra"], "Étranger"),
        ("L.A. Confidential", ["fr"], "L.A. Confidential"),
        ("À bout de souffle", ["fr"], "À bout de souffle"),
        ("Un'altra vita", ["it"], "altra vita"),
        ("El laberinto del fauno", ["es"], "laberinto del fauno"),
        ("O Pagador de Promessas", ["pt"], "Pagador de Promessas"),
        ("O Brother, Where Art Thou?", ["en"], "O Brother, Where Art Thou?"),
        ("'t Schaep", ["nl"], "Schaep"),
        ("De Aanslag", ["nl"], "Aanslag"),
        ("Det sjunde inseglet", ["sv"], "sjunde inseglet"),
        ("Den skaldede frisør", ["da"], "skaldede frisør"),
        ("En folkefiende", ["nb"], "folkefiende"),
        ("\u201cThe Godfather\u201d", ["en"], "Godfather\u201d"),
        ("The Rules of the Game", ["fr"], "Rules of the Game"),
        ("Rock 'n' Roll", ["nl"], "Rock 'n' Roll"),
        ("", [], ""),
    ],
)
def test_sort_titles(title: str, languages: list[str], sorted_as: str) -> None:
    assert text.sort_title(title, languages) == sorted_as


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        ("Rosemary's Baby (1968)", "rosemarys-baby-1968"),
        ("Amélie", "amelie"),
        ("七人の侍", "七人の侍"),
        ("2001年宇宙の旅", "2001年宇宙の旅"),
        ("Akira アキラ", "akira"),
        ("Война и мир", "воина-и-мир"),
        ("नमस्ते", "नमस्ते"),
        ("1984", "1984"),
        ("!!!", "untitled"),
        ("", "untitled"),
        ("../../etc/passwd", "etc-passwd"),
        ("<script>", "script"),
    ],
)
def test_slugs(given: str, slug: str) -> None:
    assert text.slugify(given) == slug


@given(st.text())
def test_a_slug_is_never_empty_nor_long_and_stays_itself(value: str) -> None:
    slug = text.slugify(value)
    assert 0 < len(slug) <= 80
    assert not re.search(r"[\s/?#%&\\<>\"']", slug)
    assert text.slugify(slug) == slug


def test_a_long_slug_ends_between_words() -> None:
    slug = text.slugify("night of the day of the dawn " * 10)
    assert len(slug) <= 80
    assert slug.endswith(("night", "of", "the", "day", "dawn"))
    assert len(text.slugify("x" * 500)) == 80


def test_bigrams_of_cjk_runs_only() -> None:
    assert text.bigrams("七人の侍 Seven Samurai") == ["七人", "人の", "の侍"]
    assert text.bigrams("侍") == ["侍"]
    assert text.bigrams("Seven Samurai") == []
    assert text.bigrams("Émile") == []
    index = text.bigrams("七人の侍", singles=True)
    assert {"侍", "七人", "の侍"} <= set(index)
    assert set(text.bigrams("人の")) <= set(index)
    assert text.has_cjk("기생충")
    assert not text.has_cjk("Éa")


@pytest.mark.parametrize(
    ("given", "terms", "marked"),
    [
        ("Les Éclats & plus", ["eclat"], "Les <mark>Éclat</mark>s &amp; plus"),
        ("L'E\u0301te\u0301 indien", ["lete"], "<mark>L&#x27;E\u0301te\u0301</mark> indien"),
        ("Große Straße", ["strasse"], "Große <mark>Straße</mark>"),
        ("Große Straße", ["gros"], "<mark>Groß</mark>e Straße"),
        ("黒澤明の七人の侍です", ["七人の侍"], "黒澤明の<mark>七人の侍</mark>です"),
        ("기생충", ["생충"], "기<mark>생충</mark>"),
        ("ｶﾞﾝﾀﾞﾑ", ["ガンダム"], "<mark>ｶﾞﾝﾀﾞﾑ</mark>"),
        ("Spider-Man: No Way", ["spiderman"], "<mark>Spider-Man</mark>: No Way"),
        ("Spider-Man: No Way", ["spider man"], "<mark>Spider-Man</mark>: No Way"),
        ("Spider-Man: No Way", ["SPIDER", "man"], "<mark>Spider</mark>-<mark>Man</mark>: No Way"),
        ("Batman", ["man"], "Batman"),
        ("an apple", ["ana"], "an apple"),
        ("<b>bold</b> \"x\" & 'y'", ["bold"], None),
        ("nothing here", [], "nothing here"),
        ("nothing here", ["", "  ", "!!!"], "nothing here"),
        ("a.b*c", ["b*"], "a.<mark>b</mark>*c"),
        ("mama mama", ["mama", "mam"], "<mark>mama</mark> <mark>mama</mark>"),
    ],
)
def test_highlights(given: str, terms: list[str], marked: str | None) -> None:
    got = text.highlight(given, terms)
    if marked is None:
        assert got == ("&lt;b&gt;<mark>bold</mark>&lt;/b&gt; &quot;x&quot; &amp; &#x27;y&#x27;")
    else:
        assert got == marked


@given(st.text(), st.lists(st.text(max_size=5), max_size=3))
def test_a_highlight_never_loses_nor_unescapes_a_character(value: str, terms: list[str]) -> None:
    got = text.highlight(value, terms)
    bare = got.replace("<mark>", "").replace("</mark>", "")
    assert html.unescape(bare) == html.unescape(html.escape(value))
    assert bare == html.escape(value)


@given(st.text(st.sampled_from("abÉßæ七の' -&e\u0301"), min_size=1, max_size=12))
def test_a_text_highlights_itself_whole(value: str) -> None:
    folded = text.fold(value)
    if not re.search(r"\w", folded):
        return
    got = text.highlight(value, [value])
    assert "<mark>" in got
    outside = re.sub(r"<mark>.*?</mark>", "", got)
    assert not re.search(r"\w", html.unescape(outside).replace("&", ""))


def test_an_excerpt_shows_the_matches_and_cuts_between_words() -> None:
    long = "word " * 100 + "the cinématographe & its <inventor> " + "tail " * 100
    got = text.excerpt(long, ["cinematographe", "inventor"], length=120)
    assert "<mark>cinématographe</mark> &amp; its &lt;<mark>inventor</mark>&gt;" in got
    assert got.startswith("…")
    assert got.endswith("…")
    assert len(html.unescape(re.sub("</?mark>", "", got))) <= 122
    assert re.fullmatch(r"…(word )+the .*(tail )*tail…", got)


def test_an_excerpt_of_short_text_or_without_a_match() -> None:
    assert text.excerpt("Short é", ["e"]) == "Short <mark>é</mark>"
    got = text.excerpt("abc " * 100, ["zzz"], length=50)
    assert got.startswith("abc")
    assert got.endswith("abc…")
