from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
import pytest_asyncio

from mediatheque.areas.catalog.actions import set_poster
from mediatheque.core.stores import storage
from mediatheque.main import create_app
from tests.catalog.test_statements import MOST, counted
from tests.files import pictures
from tests.files.sites import as_owner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from httpx import AsyncClient

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

AVIF = {"accept": "image/avif,image/webp,*/*"}


@pytest_asyncio.fixture
async def owner(house: House) -> Member:
    return await house.member()


async def stored_keys(settings: Settings, member: Member) -> list[str]:
    folder = f"images/{member.space.id.hex}"
    return [info.key async for info in storage(settings).walk(folder)]


async def test_a_poster_is_on_the_page_in_lists_and_behind_its_addresses(owner: Member) -> None:
    title = await pictures.new_title(owner)
    path = f"titles/{title['id']}/poster"
    answer = await pictures.send(owner, path, pictures.png(800, 1200), "Max Schreck.png")
    assert answer.status_code == 200, answer.text
    poster = answer.json()["poster"]
    assert (poster["width"], poster["height"]) == (800, 1200)
    assert poster["dominant_color"] == "#dc1e1e"
    assert poster["blurhash"]

    page = (await owner.client.get(f"/api/v1/titles/{title['id']}")).json()
    (card,) = (await owner.client.get("/api/v1/titles")).json()["items"]
    assert page["poster"] == card["poster"] == poster

    for size, width in (("small", 150), ("medium", 600), ("large", 800)):
        shown = await owner.client.get(poster["sources"][size])
        assert shown.status_code == 200
        assert shown.headers["content-type"] == "image/webp"
        assert pictures.decoded(shown.content).width == width
    assert shown.headers["content-length"] == str(len(shown.content))
    assert shown.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["content-disposition"] == 'inline; filename="max-schreck-large.webp"'
    assert "accept" in shown.headers["vary"].lower()
    assert "sandbox" in shown.headers["content-security-policy"]


async def test_who_accepts_avif_gets_it_and_a_known_picture_is_not_sent_again(
    owner: Member,
) -> None:
    title = await pictures.new_title(owner)
    answer = await pictures.send(owner, f"titles/{title['id']}/poster", pictures.png())
    url = answer.json()["poster"]["sources"]["medium"]
    webp = await owner.client.get(url)
    avif = await owner.client.get(url, headers=AVIF)
    assert avif.headers["content-type"] == "image/avif"
    assert avif.headers["etag"] != webp.headers["etag"]
    again = await owner.client.get(url, headers={"if-none-match": webp.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await owner.client.get(url, headers={"if-none-match": avif.headers["etag"]})
    assert other.status_code == 200


async def test_a_small_picture_answers_for_the_sizes_it_does_not_have(owner: Member) -> None:
    title = await pictures.new_title(owner)
    answer = await pictures.send(owner, f"titles/{title['id']}/poster", pictures.png(100, 150))
    sources = answer.json()["poster"]["sources"]
    for size in ("small", "medium", "large"):
        shown = await owner.client.get(sources[size])
        assert pictures.decoded(shown.content).width == 100


async def test_orientation_is_applied_and_nothing_personal_kept(
    owner: Member, settings: Settings
) -> None:
    title = await pictures.new_title(owner)
    sent = pictures.lying_jpeg()
    assert b"Somebody" in sent
    answer = await pictures.send(owner, f"titles/{title['id']}/poster", sent)
    poster = answer.json()["poster"]
    assert (poster["width"], poster["height"]) == (400, 600)
    shown = pictures.decoded((await owner.client.get(poster["sources"]["large"])).content)
    assert (shown.width, shown.height) == (400, 600)
    top, bottom = shown(200, 50), shown(200, 550)
    assert top[0] > 180 > top[2]
    assert bottom[2] > 180 > bottom[0]
    for key in await stored_keys(settings, owner):
        assert b"Somebody" not in await storage(settings).read(key, limit=10**6)


async def test_an_svg_is_drawn_not_passed_on(owner: Member) -> None:
    title = await pictures.new_title(owner)
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="30">'
        b'<script>alert(1)</script><rect width="20" height="30" fill="#1e1edc"/></svg>'
    )
    answer = await pictures.send(owner, f"titles/{title['id']}/poster", svg, "x.svg")
    assert answer.status_code == 200, answer.text
    shown = await owner.client.get(answer.json()["poster"]["sources"]["medium"])
    assert shown.headers["content-type"] == "image/webp"
    assert b"script" not in shown.content


ENTITY_SVG = b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", (415, "not_an_image")),
        (b"<html><script>1</script></html>", (415, "not_an_image")),
        (b"%PDF-1.7 not a picture", (415, "not_an_image")),
        (pictures.png()[:400], (400, "broken_image")),
        (pictures.BROKEN, (400, "broken_image")),
        (pictures.bomb(), (413, "image_too_large")),
        (ENTITY_SVG, (400, "unsafe_image")),
    ],
    ids=["empty", "html", "pdf", "cut", "header", "bomb", "entities"],
)
async def test_what_is_no_good_picture_is_refused_with_its_field(
    house: House, owner: Member, settings: Settings, data: bytes, expected: tuple[int, str]
) -> None:
    title = await pictures.new_title(owner)
    answer = await pictures.send(owner, f"titles/{title['id']}/poster", data, "photo.jpg")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (*expected, "file")
    assert await house.count("files_files", owner.space) == 0
    assert await stored_keys(settings, owner) == []


async def test_too_many_bytes_are_refused_before_they_are_kept(
    settings: Settings, database: Database, owner: Member
) -> None:
    title = await pictures.new_title(owner)
    small = create_app(settings.model_copy(update={"image_limit_mb": 1}), database)
    url = f"/api/v1/titles/{title['id']}/poster"

    async def endless() -> AsyncIterator[bytes]:
        yield b'--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for sent in range(100):
            assert sent < 30, "read on after the limit"
            yield bytes(100_000)

    async with as_owner(small, owner) as client:
        declared = await client.put(url, files={"file": ("a.png", bytes(1_200_000))})
        streamed = await client.put(
            url, content=endless(), headers={"content-type": "multipart/form-data; boundary=x"}
        )
    for answer in (declared, streamed):
        assert answer.status_code == 413
        assert answer.json()["error"] | {"request_id": ""} == {
            "code": "too_large",
            "message": "The file is larger than 1 MB.",
            "field": "file",
            "details": {},
            "request_id": "",
        }


async def test_a_body_without_a_file(owner: Member) -> None:
    title = await pictures.new_title(owner)
    url = f"/api/v1/titles/{title['id']}/poster"
    for answer in (
        await owner.client.put(url, files={"picture": ("a.png", b"x")}),
        await owner.client.put(url, json={}),
        await owner.client.put(url, data={"file": "words"}),
    ):
        assert answer.status_code == 422
        assert answer.json()["error"]["field"] == "file"


async def test_removing_and_replacing(house: House, owner: Member) -> None:
    title = await pictures.new_title(owner)
    path = f"titles/{title['id']}/poster"
    first = (await pictures.send(owner, path, pictures.png())).json()
    second = (await pictures.send(owner, path, pictures.png(colour=pictures.BLUE))).json()
    assert first["poster"]["id"] != second["poster"]["id"]
    assert second["revision"] == first["revision"] + 1
    gone = await owner.client.delete(f"/api/v1/{path}")
    assert gone.json()["poster"] is None
    history = (await owner.client.get(f"/api/v1/titles/{title['id']}/history")).json()["items"]
    assert [entry["kind"] for entry in history][:3] == ["catalog.title_updated"] * 3
    assert await house.count("files_files", owner.space) == 2


async def test_a_member_gives_posters_to_their_own_works_only(
    house: House, owner: Member, settings: Settings
) -> None:
    title = await pictures.new_title(owner)
    member = await house.member(owner.space, "member")
    viewer = await house.member(owner.space, "viewer")
    mine = await pictures.new_title(member, "Mine")
    path = f"titles/{title['id']}/poster"
    assert (await pictures.send(member, path, pictures.png())).status_code == 403
    assert (await member.client.delete(f"/api/v1/{path}")).status_code == 403
    assert await stored_keys(settings, owner) == []
    assert (
        await pictures.send(member, f"titles/{mine['id']}/poster", pictures.png())
    ).status_code == 200
    refused = await pictures.send(viewer, path, pictures.png())
    assert refused.json()["error"]["details"] == {"permission": "files.file.create"}


async def test_a_request_of_another_site_is_refused_before_anything_is_done(
    owner: Member, settings: Settings
) -> None:
    title = await pictures.new_title(owner)
    owner.client.headers["x-csrf-token"] = "wrong"
    answer = await pictures.send(owner, f"titles/{title['id']}/poster", pictures.png())
    assert answer.json()["error"]["code"] == "bad_csrf_token"
    assert await stored_keys(settings, owner) == []


async def test_strangers_find_neither_the_picture_nor_the_work(
    house: House, owner: Member, anonymous: AsyncClient
) -> None:
    title = await pictures.new_title(owner)
    answer = await pictures.send(owner, f"titles/{title['id']}/poster", pictures.png())
    url = answer.json()["poster"]["sources"]["small"]
    stranger = await house.member()
    assert (await stranger.client.get(url)).status_code == 404
    del stranger.client.headers["x-space"]
    assert (await stranger.client.get(url)).status_code == 404
    assert (
        await stranger.client.get(url, headers={"x-space": owner.space.slug})
    ).status_code == 404
    assert (await anonymous.get(url)).status_code == 401
    path = f"titles/{title['id']}/poster"
    assert (await pictures.send(stranger, path, pictures.png())).status_code in {400, 404}
    unknown = await owner.client.get(f"/api/v1/files/{title['id']}/small")
    assert unknown.json()["error"]["code"] == "file_not_found"
    assert (await owner.client.get(url.replace("small", "huge"))).status_code == 422


async def test_an_img_tag_needs_no_header_even_for_a_member_of_several_spaces(
    house: House, owner: Member
) -> None:
    title = await pictures.new_title(owner)
    answer = await pictures.send(owner, f"titles/{title['id']}/poster", pictures.png())
    url = answer.json()["poster"]["sources"]["small"]
    second = await house.space("Second")
    async with house.write(owner) as ctx:
        await ctx.db.execute("SET LOCAL ROLE mediatheque_across")
        await ctx.db.execute(
            "INSERT INTO spaces_memberships (space_id, user_id, role) VALUES (:s, :u, 'viewer')",
            {"s": second.id, "u": owner.user_id},
        )
    del owner.client.headers["x-space"], owner.client.headers["x-csrf-token"]
    assert (await owner.client.get(url)).status_code == 200
    elsewhere = await owner.client.get(url, headers={"x-space": second.slug})
    assert elsewhere.status_code == 404


async def test_who_leaves_a_space_loses_its_pictures_at_once(house: House, owner: Member) -> None:
    title = await pictures.new_title(owner)
    answer = await pictures.send(owner, f"titles/{title['id']}/poster", pictures.png())
    url = answer.json()["poster"]["sources"]["small"]
    viewer = await house.member(owner.space, "viewer")
    assert (await viewer.client.get(url)).status_code == 200
    async with house.write(owner) as ctx:
        await ctx.db.execute(
            "DELETE FROM spaces_memberships WHERE space_id = :s AND user_id = :u",
            {"s": owner.space.id, "u": viewer.user_id},
        )
    assert (await viewer.client.get(url)).status_code == 404


async def test_covers_of_editions(house: House, owner: Member) -> None:
    title = await pictures.new_title(owner)
    made = await owner.client.post(
        f"/api/v1/titles/{title['id']}/editions", json={"format": "bluray"}
    )
    path = f"editions/{made.json()['id']}/cover"
    answer = await pictures.send(owner, path, pictures.png(600, 600), "front.png")
    assert answer.status_code == 200, answer.text
    cover = answer.json()["cover"]
    shown = await owner.client.get(cover["sources"]["medium"])
    assert shown.status_code == 200
    page = (await owner.client.get(f"/api/v1/titles/{title['id']}")).json()
    assert page["editions"][0]["cover"] == cover
    member = await house.member(owner.space, "member")
    assert (await pictures.send(member, path, pictures.png())).status_code == 403
    stranger = await house.member()
    assert (await pictures.send(stranger, path, pictures.png())).status_code == 404
    gone = await owner.client.delete(f"/api/v1/{path}")
    assert gone.json()["cover"] is None


async def test_no_request_takes_more_than_six_statements(
    house: House, owner: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = await pictures.new_title(owner)
    made = await owner.client.post(f"/api/v1/titles/{title['id']}/editions", json={"format": "cd"})
    for path in (f"titles/{title['id']}/poster", f"editions/{made.json()['id']}/cover"):
        with counted(house, monkeypatch) as seen:
            answer = await pictures.send(owner, path, pictures.png())
        assert answer.status_code == 200
        assert len(own(seen)) <= MOST, seen
        found = answer.json().get("poster") or answer.json()["cover"]
        with counted(house, monkeypatch) as seen:
            await owner.client.get(found["sources"]["small"])
        assert len(seen) == 2, seen
        with counted(house, monkeypatch) as seen:
            await owner.client.delete(f"/api/v1/{path}")
        assert len(own(seen)) <= MOST, seen


def own(seen: list[str]) -> list[str]:
    """Statements but for the jobs of those who subscribed to the news."""
    return [one for one in seen if "procrastinate_defer" not in one]


async def test_the_same_poster_again_is_no_edit(house: House, owner: Member) -> None:
    title = await pictures.new_title(owner)
    path = f"titles/{title['id']}/poster"
    given = (await pictures.send(owner, path, pictures.png())).json()
    async with house.write(owner) as ctx:
        again = await set_poster(ctx, title["id"], UUID(given["poster"]["id"]))
        assert ctx.events == []
    assert again.revision == given["revision"]
    await owner.client.delete(f"/api/v1/{path}")
    gone = (await owner.client.delete(f"/api/v1/{path}")).json()
    assert gone["revision"] == given["revision"] + 1
