"""Every work has a picture of its own, drawn the same way each time."""

import pytest
import pyvips
from defusedxml.ElementTree import fromstring

from mediatheque.demo.artwork import Sleeve, draw, raster
from mediatheque.demo.artwork.lettering import can_set, fit, letterforms, width_of
from mediatheque.demo.artwork.poster import FAMILIES, MOTIFS
from mediatheque.demo.facts import cover_of, works


def test_all_pictures_are_well_formed_and_different() -> None:
    drawings = [draw(cover_of(work)) for work in works().values()]
    assert len(set(drawings)) == len(drawings)
    for drawing in drawings:
        assert fromstring(drawing).tag == "{http://www.w3.org/2000/svg}svg"


def test_all_titles_can_be_lettered() -> None:
    for work in works().values():
        assert can_set(work.title + work.byline), work.title


def test_the_same_work_gives_the_same_picture_and_another_year_another() -> None:
    first = draw(Sleeve("movie", "Metropolis", 1927))
    assert first == draw(Sleeve("movie", "Metropolis", 1927))
    assert first != draw(Sleeve("movie", "Metropolis", 1926))


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_motif_renders_something_to_look_at(motif: str) -> None:
    image = pyvips.Image.new_from_buffer(
        raster(draw(Sleeve("movie", "The Cat and the Canary", 1927, motif=motif, palette="night"))),
        "",
    )
    assert (image.width, image.height, image.bands) == (600, 900, 3)
    picture = image.crop(0, 0, 600, 560).colourspace("b-w")
    assert picture.deviate() > 5


@pytest.mark.parametrize("kind", FAMILIES)
def test_every_kind_has_its_own_shape_and_lettering(kind: str) -> None:
    sleeve = Sleeve(kind, "Häxan", 1922, byline="Benjamin Christensen")
    image = pyvips.Image.new_from_buffer(raster(draw(sleeve)), "")
    assert (image.width, image.height) == (600, 600 if kind == "album" else 900)
    assert letterforms().glyphs["ä"][1] in draw(sleeve)


def test_a_title_without_letters_of_ours_is_drawn_without_them() -> None:
    assert not can_set("狂った一頁")
    drawing = draw(Sleeve("movie", "狂った一頁", 1926, motif="iris", palette="night"))
    assert letterforms().glyphs["1"][1] not in drawing
    assert raster(drawing)


@pytest.mark.parametrize(
    "title",
    [
        "It",
        "The Hunchback of Notre Dame",
        "The Golem: How He Came into the World",
        "Rindfleischetikettierung",
    ],
)
def test_titles_fit_their_room_and_leave_no_article_alone(title: str) -> None:
    size, lines = fit(title, 516, (78, 68, 60, 52, 46, 40), 3)
    assert " ".join(lines) == title
    assert all(width_of(line, size) <= 516 for line in lines)
    assert lines[0] not in {"The", "Die", "A"}


def test_kerning_draws_letters_together() -> None:
    assert width_of("AV", 100) < width_of("A", 100) + width_of("V", 100)
