"""Answers of TMDB in the shape it gives them, shortened; for tests."""

from __future__ import annotations

from typing import Any

CONFIGURATION: dict[str, Any] = {
    "change_keys": ["adult", "air_date"],
    "images": {
        "base_url": "{site}/t/p/",
        "secure_base_url": "{site}/t/p/",
        "poster_sizes": ["w92", "w154", "w185", "w342", "w500", "w780", "original"],
        "backdrop_sizes": ["w300", "w780", "w1280", "original"],
    },
}

METROPOLIS_FOUND: dict[str, Any] = {
    "adult": False,
    "backdrop_path": None,
    "genre_ids": [18, 878],
    "id": 19,
    "original_language": "de",
    "original_title": "Metropolis",
    "overview": "In a futuristic city …",
    "popularity": 13.5,
    "poster_path": "/metropolis.jpg",
    "release_date": "1927-02-06",
    "title": "Metropolis",
    "video": False,
    "vote_average": 8.1,
    "vote_count": 2900,
}

METROPOLIS: dict[str, Any] = {
    **{key: value for key, value in METROPOLIS_FOUND.items() if key != "genre_ids"},
    "belongs_to_collection": None,
    "budget": 1500000,
    "genres": [{"id": 18, "name": "Drama"}, {"id": 878, "name": "Science Fiction"}],
    "homepage": "",
    "imdb_id": "tt0017136",
    "origin_country": ["DE"],
    "overview": "In a futuristic city sharply divided between workers and planners …",
    "production_countries": [{"iso_3166_1": "DE", "name": "Germany"}],
    "revenue": 0,
    "runtime": 153,
    "release_dates": {
        "results": [
            {"iso_3166_1": "BR", "release_dates": [{"certification": "L", "type": 3}]},
            {"iso_3166_1": "DE", "release_dates": [{"certification": "6", "type": 3}]},
            {
                "iso_3166_1": "US",
                "release_dates": [
                    {"certification": "", "type": 1},
                    {"certification": "NR", "type": 3},
                ],
            },
        ]
    },
    "spoken_languages": [{"english_name": "No Language", "iso_639_1": "xx", "name": ""}],
    "status": "Released",
    "tagline": "",
    "credits": {
        "cast": [
            {
                "adult": False,
                "cast_id": 8,
                "character": "Maria / The Machine Man",
                "credit_id": "52fe420dc3a36847f800055d",
                "id": 78,
                "known_for_department": "Acting",
                "name": "Brigitte Helm",
                "order": 0,
            },
            {"character": "Freder", "id": 79, "name": "Gustav Fröhlich", "order": 1},
        ],
        "crew": [
            {"department": "Writing", "id": 69, "job": "Screenplay", "name": "Thea von Harbou"},
            {"department": "Directing", "id": 68, "job": "Director", "name": "Fritz Lang"},
            {"department": "Art", "id": 70, "job": "Art Direction", "name": "Otto Hunte"},
        ],
    },
    "external_ids": {
        "imdb_id": "tt0017136",
        "wikidata_id": "Q151599",
        "facebook_id": None,
        "instagram_id": None,
        "twitter_id": None,
    },
}

ZONE_FOUND: dict[str, Any] = {
    "adult": False,
    "first_air_date": "1959-10-02",
    "genre_ids": [10765, 9648],
    "id": 6357,
    "name": "The Twilight Zone",
    "origin_country": ["US"],
    "original_language": "en",
    "original_name": "The Twilight Zone",
    "overview": "A series of unrelated stories …",
    "popularity": 81.2,
    "poster_path": None,
    "vote_average": 8.4,
    "vote_count": 1400,
}

ZONE: dict[str, Any] = {
    **{key: value for key, value in ZONE_FOUND.items() if key != "genre_ids"},
    "content_ratings": {
        "results": [
            {"descriptors": [], "iso_3166_1": "DE", "rating": "12"},
            {"descriptors": [], "iso_3166_1": "US", "rating": "TV-PG"},
        ]
    },
    "created_by": [{"id": 62, "credit_id": "5257", "name": "Rod Serling", "gender": 2}],
    "episode_run_time": [25, 51],
    "genres": [{"id": 9648, "name": "Mystery"}],
    "languages": ["en"],
    "last_air_date": "1964-06-19",
    "number_of_seasons": 5,
    "seasons": [{"episode_count": 36, "id": 19234, "name": "Season 1", "season_number": 1}],
    "credits": {"cast": [], "crew": []},
    "external_ids": {"imdb_id": "tt0052520", "tvdb_id": 73587, "tvrage_id": None},
}

REFUSED: dict[str, Any] = {
    "status_code": 7,
    "status_message": "Invalid API key: You must be granted a valid key.",
    "success": False,
}
ABSENT: dict[str, Any] = {
    "success": False,
    "status_code": 34,
    "status_message": "The resource you requested could not be found.",
}
BUSY: dict[str, Any] = {
    "status_code": 25,
    "status_message": "Your request count is over the limit.",
}


def searched(*found: dict[str, Any]) -> dict[str, Any]:
    return {
        "page": 1,
        "results": list(found),
        "total_pages": 1,
        "total_results": len(found),
    }
