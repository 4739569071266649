"""Text as people mean it: one folded form for matching, search, sorting, slugs and highlights.

Everything here is pure. `fold` is the authority for "the same text": whatever compares, indexes or
looks up titles and names stores and asks for its result.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LETTERS: Final = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "\u0131": "i",  # dotless
    "ŋ": "n",
    "ŧ": "t",
    "ƒ": "f",
    "ĸ": "k",
    "ȷ": "j",
    "ɐ": "a",
    "&": " and ",
}
# Apostrophes, primes used as apostrophes, the okina and the ayn: part of a word, never its end.
_APOSTROPHES: Final = "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u2018\u2019\u201b\u2032\u2035"
# They carry no sound, and NFKC would turn them into letters glued to the word before.
_TRADE_MARKS: Final = "\u2122\u2120\u00ae\u00a9"
_BEFORE_NFKC: Final = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "") | dict.fromkeys(_TRADE_MARKS, " ")
)
# Marks that may go: diacritics, Hebrew points, Arabic vowels. Kana voicing marks and the vowel
# signs of Indic and South-East Asian scripts are no accents: without them words fall together.
_ACCENTS: Final = (
    range(0x0300, 0x0370),
    range(0x0483, 0x0488),
    range(0x0591, 0x05C8),
    range(0x0610, 0x061B),
    range(0x064B, 0x0660),
    range(0x0670, 0x0671),
    range(0x1AB0, 0x1B00),
    range(0x1DC0, 0x1E00),
    range(0x20D0, 0x2100),
    range(0xFE00, 0xFE10),
    range(0xFE20, 0xFE30),
    range(0xE0100, 0xE01F0),
)
_CJK: Final = (
    "\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_CJK_RUN: Final = re.compile(f"[{_CJK}]+")
_TABLE_LIMIT: Final = 20_000


def _fold_char(char: str) -> str:
    """Give what one character of NFKD, casefolded text becomes."""
    if char in _LETTERS:
        return _LETTERS[char]
    if char in _APOSTROPHES or any(ord(char) in marks for marks in _ACCENTS):
        return ""
    category = unicodedata.category(char)
    if category[0] in "LMN":
        return char
    return "" if category == "Cf" else " "  # joiners, soft hyphens and direction marks vanish


class _Table(dict[int, str]):
    """A translation table that learns characters as they come, bounded."""

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        if len(self) < _TABLE_LIMIT:
            self[code] = folded
        return folded


_ASCII: Final = {code: _fold_char(chr(code)) for code in range(128)}
_ANY: Final = _Table(_ASCII)


def _fold_raw(text: str) -> str:
    """Fold without tidying the spaces and without the fallback for signs alone."""
    if text.isascii():
        return text.lower().translate(_ASCII)
    text = unicodedata.normalize("NFKC", text.translate(_BEFORE_NFKC)).casefold()
    text = unicodedata.normalize("NFKD", text).translate(_ANY)
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Fold `text` for matching and search; folding twice changes nothing.

    NFKC, case folding, accents off ("É" → "e", "ß" → "ss", "æ" → "ae", "ø" → "o", "ł" → "l"),
    apostrophes vanish ("Rosemary's" → "rosemarys"), "&" becomes "and" (so "Tom & Jerry" meets
    "Tom and Jerry"), every other run of punctuation and space becomes one space. Letters and
    vowel signs of other scripts stay. A text of signs alone ("!!!", "+") stays as it is, so that
    two such titles are not the same; only blank text folds to "".
    """
    folded = " ".join(_fold_raw(text).split())
    return folded or _signs(text.translate(_BEFORE_NFKC)) or _signs(text)


def _signs(text: str) -> str:
    """Give text without letters one form, its signs kept."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def compact(text: str) -> str:
    """Fold and leave out the spaces: "spiderman" for "Spider-Man", "shield" for "S.H.I.E.L.D."."""
    return fold(text).replace(" ", "")


def has_cjk(text: str) -> bool:
    """Tell whether `text` has Chinese, Japanese or Korean characters."""
    return not text.isascii() and _CJK_RUN.search(text) is not None


def bigrams(text: str, *, singles: bool = False) -> list[str]:
    """Give the overlapping pairs of each Chinese, Japanese or Korean run of the folded text.

    A run of one character gives that character. `singles` adds every single character: an index
    is built with it, so that a query of one character (built without it) finds its place.
    Text of other scripts gives nothing: words do for it. No token comes twice.
    """
    if text.isascii():
        return []
    tokens: dict[str, None] = {}
    for run in _CJK_RUN.findall(fold(text)):
        if singles or len(run) == 1:
            tokens.update(dict.fromkeys(run))
        tokens.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
    return list(tokens)


# Initial articles by ISO 639 codes, after the list of the Library of Congress (MARC 21,
# appendix F). Folded, as `fold` leaves them; a trailing apostrophe joins without a space.
_LISTS: Final = {
    "en eng": "the a an",
    "fr fre fra": "le la les un une l'",
    "de ger deu": "der die das dem den des ein eine einem einen einer eines",
    "es spa": "el la lo los las un una unos unas",
    "it ita": "il lo la i gli le un uno una l' un' gl'",
    "pt por": "o a os as um uma uns umas",
    "nl dut nld": "de het een 't 'n",
    "sv swe": "den det de en ett",
    "da dan": "den det de en et",
    "no nor": "den det de en et ei ein eit",
    "nb nob": "den det de en et ei",
    "nn nno": "den det dei ein ei eit",
    "ca cat": "el la els les un una uns unes l'",
    "gl glg": "o a os as un unha uns unhas",
    "af afr": "die 'n",
    "hu hun": "a az egy",
    "el gre ell": "ο η το οι τα ενας μια ενα",
    "ga gle": "an na",
    "eo epo": "la",
}
_ARTICLES: Final = {
    code: frozenset(words.split()) for codes, words in _LISTS.items() for code in codes.split()
}
_FIRST_WORD: Final = re.compile(r"([^\W\d_]+|['\u2019][^\W\d_]+)\s+(?=\S)")
_ELISION: Final = re.compile(r"([^\W\d_]+)['\u2019]\s*(?=\w)")


def _articles(languages: Sequence[str]) -> frozenset[str]:
    """Choose the articles: the first language's with "the", or English ones where it has none."""
    code = re.split(r"[-_]", languages[0].strip().lower())[0] if languages else ""
    # A film of any language may stand under its English title, and "the" is no other word.
    return _ARTICLES.get(code, _ARTICLES["en"]) | {"the"}


def sort_title(title: str, languages: Sequence[str] = ()) -> str:
    """Give the title without its leading article: "Matrix" for "The Matrix".

    `languages` are ISO 639 codes or BCP 47 tags, the title's own language first (only it counts:
    "Die Hard" is English, whatever else is spoken in it). Without one, or with one that has no
    articles (Japanese), English articles count. Case and accents stay; a title that is nothing but
    an article ("The", "A") stays whole. Sort by `fold` of the result.
    """
    title = " ".join(title.split())
    start = re.match(r"[^\w'\u2019]*", title)
    rest = title[start.end() :] if start else title
    articles = _articles(languages)
    for pattern, ending in ((_ELISION, "'"), (_FIRST_WORD, "")):
        found = pattern.match(rest)
        if found is None:
            continue
        word = found[1].replace("\u2019", "'")
        name = fold(word) + ending
        if word.startswith("'"):
            name = "'" + name
        if name in articles and re.search(r"\w", rest[found.end() :]):
            return rest[found.end() :]
    return title


def slugify(text: str, *, limit: int = 80, fallback: str = "untitled") -> str:
    """Make a public address: lower-case words joined by "-", at most `limit` characters.

    ASCII where there is any: letters of other scripts are left out beside Latin ones, and kept
    when they are all there is ("七人の侍"), as RFC 3987 allows. Never empty: signs alone give
    `fallback`. Cut between words where one ends in the second half.
    """
    words = _fold_raw(text)
    plain = re.sub(r"[^a-z0-9 ]+", "", words)
    chosen = plain if re.search(r"[a-z]", plain) or not re.search(r"[^\W\d_]", words) else words
    slug = "-".join(chosen.split())
    if len(slug) > limit:
        cut = slug.rfind("-", limit // 2, limit + 1)
        slug = slug[: cut if cut > 0 else limit]
    return slug.strip("-") or fallback


@dataclass(frozen=True, slots=True)
class _Folded:
    """Folded text with the place in the original that each of its characters came from."""

    text: str
    spans: list[tuple[int, int]]


_CLUSTER_TAIL: Final = "\uff9e\uff9f"  # half-width voicing marks


def _joins_previous(char: str) -> bool:
    """Tell whether a character belongs to the letter before it."""
    return (
        unicodedata.category(char)[0] == "M"
        or char in _CLUSTER_TAIL
        or "\u1160" <= char <= "\u11ff"  # the vowels and finals of a Hangul syllable
    )


def _fold_with_spans(text: str) -> _Folded:
    """Fold `text` letter by letter, remembering where each folded character came from."""
    if text.isascii() and "&" not in text:
        plain = _fold_raw(text)
        if len(plain) == len(text) and plain[:1] != " " and "  " not in plain:
            return _Folded(plain, [(at, at + 1) for at in range(len(text))])
    folded: list[str] = []
    spans: list[tuple[int, int]] = []
    last = " "
    for at, end, letters in _letters(text):
        for char in letters:
            if char == last == " ":
                continue
            last = char
            folded.append(char)
            spans.append((at, end))
    return _Folded("".join(folded), spans)


def _letters(text: str) -> Iterator[tuple[int, int, str]]:
    """Give the letters of a text, with what belongs to them: from where, to where, and folded."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _joins_previous(text[end]):
            end += 1
        yield at, end, _fold_raw(text[at:end])
        at = end


def _places(folded: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Give the spans of folded text that match a term.

    A term stands at the start of a word, or is run together or apart where that ends with a
    word; Chinese, Japanese and Korean stand anywhere.
    """
    # Not by regular expressions: each new term would have to be compiled, which costs more.
    at = [place for place, char in enumerate(folded) if char != " "]
    letters = folded.replace(" ", "")
    found = []
    for words, joined in map(_forms, terms):
        start = letters.find(joined) if joined else -1
        anywhere = start >= 0 and has_cjk(joined[0])
        while start >= 0:
            first, end = at[start], at[start + len(joined) - 1] + 1
            is_whole = folded.startswith(words, first) or folded[end : end + 1] in {"", " "}
            if anywhere or (is_whole and _starts_word(folded, first)):
                found.append((first, end))
            start = letters.find(joined, start + 1)
    return sorted(found)


@lru_cache(maxsize=1_000)
def _forms(term: str) -> tuple[str, str]:
    """Give a term folded, and the same without its blanks: asked for each text of a list."""
    words = fold(term)
    return words, words.replace(" ", "")


def _starts_word(folded: str, at: int) -> bool:
    return at == 0 or folded[at - 1] == " " or has_cjk(folded[at - 1])


def _matches(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Give the places in `text` that match a term, in order, joined where they touch."""
    folded = _fold_with_spans(text)
    merged: list[tuple[int, int]] = []
    for first, last in _places(folded.text.rstrip(" "), terms):
        start, end = folded.spans[first][0], folded.spans[last - 1][1]
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _mark(text: str, places: Iterable[tuple[int, int]], start: int, end: int) -> str:
    """Escape text[start:end] and wrap the places inside it in <mark>."""
    pieces: list[str] = []
    at = start
    for found_start, found_end in places:
        if found_end <= at or found_start >= end:
            continue
        pieces.append(html.escape(text[at : max(found_start, at)]))
        stop = min(found_end, end)
        pieces.append(f"<mark>{html.escape(text[max(found_start, at) : stop])}</mark>")
        at = stop
    pieces.append(html.escape(text[at:end]))
    return "".join(pieces)


def highlight(text: str, terms: Iterable[str]) -> str:
    """Give `text` as safe HTML with <mark> around what matches a term.

    Matching is `fold`'s: accents, case and punctuation don't count, and "spiderman" marks
    "Spider-Man". A term matches from the start of a word; Chinese, Japanese and Korean anywhere.
    """
    return _mark(text, _matches(text, terms), 0, len(text))


def excerpt(text: str, terms: Iterable[str], *, length: int = 200) -> str:
    """Give about `length` characters of `text` around the most matches, as `highlight` does.

    Cut between words where possible, with "…" at a cut end. Without a match: the beginning.
    """
    places = _matches(text, terms)
    if len(text) <= length:
        return _mark(text, places, 0, len(text))
    best, most = 0, 0
    for start, _ in places:
        inside = sum(1 for place in places if start <= place[0] and place[1] <= start + length)
        if inside > most:
            best, most = start, inside
    start = max(0, min(best - length // 4, len(text) - length))
    end = min(len(text), start + length)
    start, end = _to_words(text, start, end)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{_mark(text, places, start, end)}{after}"


_NEAR: Final = 20  # how far a cut may move to find a space


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Move the ends of a cut inwards to the nearest space, if one is near."""
    if start:
        space = text.find(" ", start, start + _NEAR)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", max(start, end - _NEAR), end)
        end = space if space > start else end
    return start, end
