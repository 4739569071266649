import asyncio
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
import pyvips

from mediatheque.kit import images
from mediatheque.kit.images import ImageError, Picture, Variant

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "images" / "pillow"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files are not here")
RED, GREEN, BLUE, WHITE = [220, 20, 30], [20, 200, 40], [30, 40, 220], [255, 255, 255]


def plain(width: int, height: int, colour: list[int]) -> pyvips.Image:
    """Make a picture of one colour."""
    black = pyvips.Image.black(width, height, bands=3)
    return (black + colour).cast("uchar").copy(interpretation="srgb")


def quarters(width: int, height: int) -> pyvips.Image:
    """Draw red, green / blue, white, so that every turn and mirror shows."""
    red, green, blue, white = (
        plain(width // 2, height // 2, colour) for colour in (RED, GREEN, BLUE, WHITE)
    )
    return red.join(green, "horizontal").join(blue.join(white, "horizontal"), "vertical")


def save(image: pyvips.Image, kind: str, **options: object) -> bytes:
    return bytes(image.write_to_buffer(f".{kind}", **options))


def decode(variant: Variant) -> pyvips.Image:
    return pyvips.Image.new_from_buffer(variant.data, "")


def corners(variant: Variant) -> list[list[float]]:
    image = decode(variant)
    right, low = image.width * 3 // 4, image.height * 3 // 4
    left, high = image.width // 4, image.height // 4
    places = ((left, high), (right, high), (left, low), (right, low))
    return [image(x, y)[:3] for x, y in places]


def near(found: list[list[float]], expected: list[list[int]], tolerance: float = 12) -> bool:
    return all(
        abs(a - b) <= tolerance
        for one, other in zip(found, expected, strict=True)
        for a, b in zip(one, other, strict=True)
    )


def named(picture: Picture, media_type: str = "image/webp") -> dict[str, Variant]:
    return {v.name: v for v in picture.variants if v.media_type == media_type}


async def refusal(data: bytes | Path) -> str:
    with pytest.raises(ImageError) as caught:
        await images.process(data)
    assert "vips" not in caught.value.message.lower()
    return caught.value.code


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "avif", "gif", "tif"])
async def test_every_kind_becomes_the_same_variants(kind: str) -> None:
    data = save(quarters(2000, 3000), kind)
    picture = await images.process(data)
    expected = {"jpg": "jpeg", "tif": "tiff"}.get(kind, kind)
    assert picture.facts.media_type == f"image/{expected}"
    assert (picture.facts.width, picture.facts.height) == (2000, 3000)
    for media_type in ("image/webp", "image/avif"):
        made = named(picture, media_type)
        assert {name: (v.width, v.height) for name, v in made.items()} == {
            "small": (150, 225),
            "medium": (600, 900),
            "large": (1200, 1800),
        }
        for variant in made.values():
            assert images.media_type(variant.data) == media_type
            shown = decode(variant)
            assert (shown.width, shown.height) == (variant.width, variant.height)
            assert near(corners(variant), [RED, GREEN, BLUE, WHITE])


async def test_nothing_is_enlarged_nor_made_twice() -> None:
    tiny = await images.process(save(quarters(100, 60), "png"))
    assert {n: (v.width, v.height) for n, v in named(tiny).items()} == {"small": (100, 60)}
    middle = await images.process(save(quarters(700, 70), "png"))
    assert {n: v.width for n, v in named(middle).items()} == {
        "small": 150,
        "medium": 600,
        "large": 700,
    }


async def test_sizes_and_formats_are_the_callers_choice() -> None:
    half = quarters(400, 400).bandjoin(128).copy(interpretation="srgb")
    picture = await images.process(
        save(half, "png"), sizes={"full": 4096, "icon": 64}, formats=("jpeg", "png")
    )
    found = [(v.name, v.media_type, v.width) for v in picture.variants]
    assert found == [
        ("icon", "image/jpeg", 64),
        ("icon", "image/png", 64),
        ("full", "image/jpeg", 400),
        ("full", "image/png", 400),
    ]
    assert picture.facts.has_alpha
    jpeg, png = (decode(v) for v in picture.variants[2:])
    assert (jpeg.bands, png.bands) == (3, 4)
    assert near([jpeg(300, 300), jpeg(100, 100)], [WHITE, [237, 138, 143]])


@pytest.mark.parametrize("kind", ["jpg", "webp", "tif", "png"])
@pytest.mark.parametrize("orientation", range(1, 9))
async def test_orientation_is_applied(kind: str, orientation: int) -> None:
    upright = quarters(300, 200)
    turned = {
        1: upright,
        2: upright.fliphor(),
        3: upright.rot180(),
        4: upright.flipver(),
        5: upright.rot90().fliphor(),
        6: upright.rot270(),
        7: upright.rot270().fliphor(),
        8: upright.rot90(),
    }[orientation].copy()
    turned.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    picture = await images.process(save(turned, kind), formats=("png",))
    assert (picture.facts.width, picture.facts.height) == (300, 200)
    large = named(picture, "image/png")["medium"]
    assert (large.width, large.height) == (300, 200)
    assert near(corners(large), [RED, GREEN, BLUE, WHITE], 30)


async def test_nothing_personal_stays() -> None:
    image = quarters(300, 200).copy()
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-Artist", "Person (Person, ASCII, 7 b)")
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd3-GPSLatitude", "48/1 51/1 0/1")
    image.set_type(pyvips.GValue.blob_type, "xmp-data", b"<x:xmpmeta>Person</x:xmpmeta>")
    data = save(image, "jpg")
    assert b"Person" in data
    picture = await images.process(data, formats=("avif", "webp", "jpeg", "png"))
    for variant in picture.variants:
        assert b"Person" not in variant.data
        assert b"Exif" not in variant.data
        fields = decode(variant).get_fields()
        assert not [f for f in fields if f.startswith(("exif", "xmp", "iptc", "icc"))]


async def test_cmyk_and_sixteen_bits_become_srgb() -> None:
    muted = plain(200, 200, [180, 110, 90])
    cmyk = muted.icc_export(output_profile="cmyk")
    picture = await images.process(save(cmyk, "jpg"), formats=("png",))
    shown = decode(picture.variants[-1])
    assert (shown.bands, shown.format, shown.interpretation) == (3, "uchar", "srgb")
    assert near([shown(50, 50)], [[180, 110, 90]])
    deep = (quarters(200, 200).cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16")
    for kind in ("png", "tif"):
        picture = await images.process(save(deep, kind), formats=("png",))
        assert decode(picture.variants[-1]).format == "uchar"
        assert near(corners(picture.variants[-1]), [RED, GREEN, BLUE, WHITE])
    grey = (pyvips.Image.black(50, 50) + 90).cast("uchar").copy(interpretation="b-w")
    picture = await images.process(save(grey, "png"), formats=("webp",))
    assert near([decode(picture.variants[0])(5, 5)], [[90, 90, 90]])
    assert picture.colour == "#5a5a5a"


@pytest.mark.parametrize("kind", ["gif", "webp"])
async def test_of_an_animation_the_first_frame(kind: str) -> None:
    second = pyvips.Image.black(80, 60, bands=3).copy(interpretation="srgb").cast("uchar")
    film = quarters(80, 60).join(second, "vertical").copy()
    film.set_type(pyvips.GValue.gint_type, "page-height", 60)
    picture = await images.process(save(film, kind), formats=("png",))
    assert (picture.facts.frames, picture.facts.width, picture.facts.height) == (2, 80, 60)
    assert near(corners(picture.variants[0]), [RED, GREEN, BLUE, WHITE], 20)


async def test_the_type_is_in_the_content_not_in_the_name(tmp_path: Path) -> None:
    file = tmp_path / "poster.jpg"
    file.write_bytes(save(quarters(64, 64), "png"))
    assert (await images.inspect(file)).media_type == "image/png"
    file.write_bytes(b"<html><body>not a picture</body></html>")
    assert await refusal(file) == "not_an_image"


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00", b"GIF", b"%PDF-1.7\n", b"PK\x03\x04", b"BM" + b"\0" * 60, b"P5 1 1 255 x",
     b"RIFF\x00\x00\x00\x00WAVE", b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42",
     b"<svgx>", b"<?xml version='1.0'?><html/>", b"text <svg>"],
)  # fmt: skip
async def test_what_is_no_picture(data: bytes) -> None:
    assert images.media_type(data) is None
    assert await refusal(data) == "not_an_image"


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "avif", "gif", "tif"])
@pytest.mark.parametrize("part", [0.01, 0.3, 0.6, 0.9])
async def test_files_that_break_off(kind: str, part: float) -> None:
    noise = pyvips.Image.gaussnoise(300, 300, mean=128, sigma=60, seed=1).cast("uchar")
    data = save(noise.bandjoin([noise, noise]).copy(interpretation="srgb"), kind)
    assert await refusal(data[: max(12, int(len(data) * part))]) in {"broken", "not_an_image"}


async def test_a_heic_is_named_as_such() -> None:
    head = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 100
    assert images.media_type(head) == "image/heif"
    assert await refusal(head) == "unsupported_type"


def png_claiming(width: int, height: int) -> bytes:
    """Make a small PNG of one colour with its real, huge size: a decompression bomb."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    rows = zlib.compressobj(9)
    data = b"".join(rows.compress(b"\0" * (width * 3 + 1)) for _ in range(height)) + rows.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


async def test_a_decompression_bomb_is_not_unpacked() -> None:
    bomb = png_claiming(20_000, 10_000)
    assert len(bomb) < 1_000_000
    started = time.perf_counter()
    assert await refusal(bomb) == "too_many_pixels"
    assert time.perf_counter() - started < 0.5
    with pytest.raises(ImageError) as caught:
        await images.inspect(save(quarters(100, 100), "png"), max_pixels=9_999)
    assert caught.value.code == "too_many_pixels"
    assert "100 × 100" in caught.value.message


async def test_too_many_bytes(tmp_path: Path) -> None:
    file = tmp_path / "huge"
    with file.open("wb") as huge:
        huge.truncate(images.MAX_BYTES + 1)
    assert await refusal(file) == "too_many_bytes"


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' width="{w}" height="{h}" viewBox="0 0 20 10">{body}</svg>'
)


async def test_an_svg_is_drawn_not_passed_on() -> None:
    body = (
        '<rect width="10" height="10" fill="rgb(220,20,30)"/><script>alert(1)</script>'
        '<rect x="10" width="10" height="10" fill="rgb(30,40,220)" onclick="alert(1)"/>'
    )
    picture = await images.process(SVG.format(w=20, h=10, body=body).encode())
    assert picture.facts.media_type == "image/svg+xml"
    large = named(picture)["large"]
    assert (large.width, large.height) == (1200, 600)
    assert near(corners(large), [RED, BLUE, RED, BLUE])
    assert not any(b"alert" in v.data or b"<svg" in v.data for v in picture.variants)


async def test_an_svg_of_any_size_is_drawn_at_ours() -> None:
    body = '<rect width="20" height="10" fill="rgb(30,40,220)"/>'
    picture = await images.process(SVG.format(w=2_000_000, h=1_000_000, body=body).encode())
    assert (picture.facts.width, picture.facts.height) == (1200, 600)


async def test_an_svg_reaches_nothing_outside_itself(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(save(quarters(20, 10), "png"))
    for address in (secret.as_uri(), str(secret), "secret.png", "http://127.0.0.1:9/x.png"):
        body = (
            '<rect width="20" height="10" fill="white"/>'
            f'<image xlink:href="{address}" href="{address}" width="20" height="10"/>'
        )
        picture = await images.process(SVG.format(w=20, h=10, body=body).encode())
        assert near(corners(named(picture)["large"]), [WHITE] * 4)


@pytest.mark.parametrize(
    "svg",
    [
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>',
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg width="1" height="1"/>',
        '<svg xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/></svg>',
    ],
)
async def test_an_svg_with_entities_is_refused(svg: str) -> None:
    assert await refusal(svg.encode()) == "unsafe_svg"


@pytest.mark.parametrize("svg", ["<svg", "<svg>", "<svg width='0' height='0'/>", "<svg/>"])
async def test_a_broken_svg(svg: str) -> None:
    assert await refusal(svg.encode()) in {"broken", "not_an_image"}
    assert await refusal(b"<svg>" + b" " * 3_000_000) == "too_many_bytes"


async def test_the_dominant_colour() -> None:
    image = plain(100, 100, [12, 34, 200]).insert(plain(20, 40, [250, 250, 0]), 0, 0)
    assert (await images.process(save(image, "png"))).colour == "#0c22c8"


async def test_a_tall_picture_has_a_tall_blurhash() -> None:
    tall = await images.process(save(quarters(60, 90), "png"))
    wide = await images.process(save(quarters(90, 60), "png"))
    assert (tall.blurhash[0], wide.blurhash[0]) == ("T", "L")


async def test_the_loop_stays_free() -> None:
    data = save(quarters(3000, 3000), "jpg")
    jobs = asyncio.gather(*(images.process(data) for _ in range(4)))
    turns = 0
    while not jobs.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert len({picture.blurhash for picture in await jobs}) == 1
    assert turns > 30


MEMORY = """
import asyncio, os, pyvips
from mediatheque.kit import images

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 1024**2

async def work():
    noise = pyvips.Image.gaussnoise(2000, 3000, mean=128, sigma=30).gaussblur(3).cast("uchar")
    data = noise.bandjoin([noise, noise]).copy(interpretation="srgb").jpegsave_buffer()
    del noise
    await asyncio.gather(*(images.process(data) for _ in range(6)))
    for _ in range(50):  # a busy machine takes its time
        await asyncio.sleep(0.2)
        if resident() < 110:
            break
    print(resident())

asyncio.run(work())
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no /proc to read memory from")
def test_the_memory_of_pictures_is_given_back() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", MEMORY], cwd=root, check=True, capture_output=True)
    assert float(done.stdout) < 110


def test_libvips_is_not_loaded_before_the_first_picture() -> None:
    code = "import sys, mediatheque.kit.images; sys.exit('pyvips' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


BROKEN = {
    "avif__hopper.heif": "unsupported_type",
    "broken.png": "broken",
    "broken_data_stream.png": "broken",
    "crash-0c7e0e8e11ce787078f00b5b0ca409a167f070e0.tif": "broken",
    "hopper_16bit.pgm": "not_an_image",
    "truncated_image.png": "broken",
    "truncated_jpeg.jpg": "broken",
    "zero_height.j2k": "not_an_image",
    "zero_width.gif": "broken",
}


@needs_samples
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*")))
async def test_files_of_the_world(name: str) -> None:
    if name in BROKEN:
        assert await refusal(SAMPLES / name) == BROKEN[name]
        return
    picture = await images.process(SAMPLES / name, formats=("webp",))
    assert picture.variants
    for variant in picture.variants:
        shown = decode(variant)
        assert (shown.width, shown.height) == (variant.width, variant.height)
        assert not [f for f in shown.get_fields() if f.startswith(("exif", "xmp", "iptc"))]


@needs_samples
@pytest.mark.parametrize("kind", ["jpg", "webp"])
async def test_eight_orientations_show_one_picture(kind: str) -> None:
    straight = await images.process(SAMPLES / f"hopper.{kind}", formats=("webp",))
    upright = decode(straight.variants[0])
    for orientation in range(2, 9):
        path = SAMPLES / f"hopper_orientation_{orientation}.{kind}"
        picture = await images.process(path, formats=("webp",))
        difference = (decode(picture.variants[0]) - upright).abs().avg()
        assert difference < 6, orientation
