"""Measure the search on a running server: questions with a slip, plain ones, suggestions.

    python -m bench.searching http://127.0.0.1:8000 --space bench-100k --key mk_…

As :mod:`bench.reading`: a closed loop of clients on kept connections, each asking for something
else than before. The questions are made of the space's own titles, from all over the list: a
letter left out, doubled, changed or swapped with its neighbour; suggestions are asked for as
somebody types, from the first letter on.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bench.reading import Connection, headers, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4


async def some_titles(connection: Connection, count: int) -> list[str]:
    """Titles from all over the list, in no order."""
    titles: list[str] = []
    cursor = ""
    while len(titles) < count:
        path = f"/api/v1/titles?limit=200&fields=title&sort=-added{cursor}"
        body = json.loads(await connection.get(path))
        titles += [one["title"] for one in body["items"]]
        if body["next_cursor"] is None:
            break
        cursor = f"&cursor={body['next_cursor']}"
    random.Random(7).shuffle(titles)
    return titles[:count]


def slip(title: str, chance: random.Random) -> str:
    """The title with one slip of the finger in one of its longer words."""
    words = title.lower().split()
    long = [at for at, word in enumerate(words) if len(word) >= SHORTEST and word.isalpha()]
    if not long:
        return title
    at = chance.choice(long)
    word = words[at]
    place = chance.randrange(1, len(word) - 1)
    words[at] = chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + chance.choice(LETTERS) + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )
    return " ".join(words)


def asked(path: str, questions: Sequence[str]) -> Iterator[str]:
    """Addresses of the questions, again and again."""
    return itertools.cycle([f"{path}?{urlencode({'q': one})}" for one in questions])


def kinds_of_questions(titles: Sequence[str]) -> dict[str, Iterator[str]]:
    """Name → addresses: whole titles and parts of them, with and without a slip; beginnings."""
    chance = random.Random(7)
    plain = [title.rsplit(" ", 1)[0] if title[-1].isdigit() else title for title in titles]
    starts = [title[: chance.randrange(1, len(title) + 1)] for title in titles]
    words = [chance.choice(title.split()) for title in plain]
    return {
        "typo": asked("/api/v1/search", [slip(title, chance) for title in titles]),
        "typo, many findings": asked("/api/v1/search", [slip(title, chance) for title in plain]),
        "exact": asked("/api/v1/search", titles),
        "one word": asked("/api/v1/search", words),
        "suggestions": asked("/api/v1/search/suggestions", starts),
    }


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """All measurements of one space."""
    head = headers(given.base, given.space, given.key)
    connection = Connection(given.base, head)
    await connection.open()
    questions = kinds_of_questions(await some_titles(connection, given.distinct))
    answers: dict[str, Any] = {"space": given.space}
    for name, paths in questions.items():
        await measure(given.base, head, paths, given.clients, 100)
        answers[name] = await measure(given.base, head, paths, given.clients, given.requests)
    return answers


def main() -> None:
    """Print the figures of one space as a JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", help="http://host:port of the running server")
    parser.add_argument("--space", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--distinct", type=int, default=2000)
    given = parser.parse_args()
    print(json.dumps(asyncio.run(run(given))))


if __name__ == "__main__":
    main()
