"""The facts of the demonstration world are well-formed, and as many as were promised."""

from collections import Counter

import pytest
from stdnum import isbn

from mediatheque.demo.facts import Work, works

_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv "
    "cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr "
    "ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw "
    "ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv "
    "ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr "
    "ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi "
    "yo za zh zu"
)
LANGUAGES = set(_ISO_639_1.split())
_SOME_OF_ISO_3166_1 = (
    "AR AT AU BE BG BR CA CH CL CN CZ DE DK EE EG ES FI FR GB GR HK HR HU IE IL IN IS IT JP KR "
    "LT LV MX NL NO NZ PL PT RO RS RU SE SI SK TR TW UA US ZA"
)
COUNTRIES = set(_SOME_OF_ISO_3166_1.split())
JOBS = {
    "director", "writer", "actor", "author", "artist", "composer", "performer", "developer",
    "publisher", "illustrator", "creator", "producer", "editor", "translator", "narrator",
    "conductor", "cinematographer", "other",
}  # fmt: skip
ALL = list(works().values())


def test_there_are_as_many_works_of_each_kind_as_promised() -> None:
    count = Counter(work.kind for work in ALL)
    promised = {"movie": 75, "series": 6, "book": 45, "album": 25, "game": 15, "comic": 12}
    assert all(count[kind] >= least for kind, least in promised.items())  # type: ignore[index]  # the kinds are literals
    assert len(ALL) >= 170


@pytest.mark.parametrize("work", ALL, ids=lambda work: work.key)
def test_a_work_is_complete_and_uses_the_standard_codes(work: Work) -> None:
    assert set(work.languages) <= LANGUAGES
    assert set(work.countries) <= COUNTRIES
    assert {credit.job for credit in work.credits} <= JOBS
    assert work.genres
    assert 40 <= len(work.synopsis) <= 260
    assert work.synopsis[-1] in ".?!"
    assert work.year is None or 1000 <= work.year <= 2000
    assert work.released_on is None or work.released_on.year == work.year
    assert work.original_title != work.title
    assert all(credit.character is None or credit.job == "actor" for credit in work.credits)
    people = [(credit.name, credit.job) for credit in work.credits]
    assert len(people) == len(set(people))


def test_synopses_titles_and_ids_are_not_used_twice() -> None:
    assert len({work.synopsis for work in ALL}) == len(ALL)
    assert len({(work.kind, work.title, work.year) for work in ALL}) == len(ALL)
    ids = [pair for work in ALL for pair in work.external_ids.items()]
    assert len(ids) == len(set(ids))
    isbns = [work.details["isbn13"] for work in ALL if "isbn13" in work.details]
    assert len(isbns) == len(set(isbns))


def test_isbns_have_right_check_digits_and_imdb_ids_their_form() -> None:
    for work in ALL:
        if "isbn13" in work.details:
            assert isbn.is_valid(work.details["isbn13"]), work.title
            assert len(work.details["isbn13"]) == 13
        imdb = work.external_ids.get("imdb", "tt0000000")
        assert imdb.startswith("tt")
        assert len(imdb) == 9
        assert imdb[2:].isdigit()


def test_details_hold_what_their_kind_has() -> None:
    allowed = {
        "movie": set(),
        "series": set(),
        "book": {"isbn13", "pages", "publisher", "series_name", "series_position"},
        "album": {"label", "catalog_number", "tracks"},
        "game": {"platforms", "developer", "publisher", "players_min", "players_max"},
        "comic": {"issue", "series_name", "publisher", "pages"},
        "other": set(),
    }
    for work in ALL:
        assert set(work.details) <= allowed[work.kind], work.title
    for album in (work for work in ALL if work.kind == "album"):
        positions = [track["position"] for track in album.details["tracks"]]
        assert positions == [str(place) for place in range(1, len(positions) + 1)]


def test_series_have_seasons_with_episodes_in_order_and_one_season_has_a_gap() -> None:
    series = [work for work in ALL if work.kind == "series"]
    assert all(work.seasons for work in series)
    incomplete = 0
    for season in (season for work in series for season in work.seasons):
        numbers = [episode.number for episode in season.episodes]
        assert numbers == sorted(set(numbers))
        assert len(numbers) <= (season.expected_episodes or 0)
        incomplete += len(numbers) < (season.expected_episodes or 0)
        dates = [episode.aired_on for episode in season.episodes if episode.aired_on]
        assert dates == sorted(dates)
    assert incomplete == 1
    vampires = works()["les-vampires"].seasons[0].episodes
    assert len(vampires) == 10
