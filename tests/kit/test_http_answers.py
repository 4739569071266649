import asyncio
import datetime as dt
import gzip
import ssl
import time
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mediatheque.kit.http import Fetcher, FetchError, Request
from tests.kit.web import LOCAL, answer, names, refused, saying, server


@pytest.mark.parametrize("announced", [True, False])
async def test_what_is_too_large_is_not_read_to_its_end(
    fetcher: Fetcher, *, announced: bool
) -> None:
    sent = 0

    async def handle(head: bytes, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        length = "Content-Length: 1000000000\r\n" if announced else ""
        writer.write(f"HTTP/1.1 200 OK\r\n{length}Connection: close\r\n\r\n".encode())
        for _ in range(1_000):
            writer.write(b"x" * 1_000_000)
            sent += 1_000_000
            await writer.drain()

    async with server(handle) as port:
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(Request(f"http://127.0.0.1:{port}/", limit=2_000_000))
    assert caught.value.code == "too_large"
    assert sent < 100_000_000


async def test_a_body_exactly_at_the_limit_is_taken(fetcher: Fetcher) -> None:
    async with server(saying(answer(b"x" * 1000))) as port:
        url = f"http://127.0.0.1:{port}/"
        assert len((await fetcher.fetch(Request(url, limit=1000))).body) == 1000
        with pytest.raises(FetchError):
            await fetcher.fetch(Request(url, limit=999))


async def test_gzip_is_decoded_and_a_bomb_does_not_go_off(fetcher: Fetcher) -> None:
    text = b"once upon a time " * 10_000
    async with server(saying(answer(gzip.compress(text), "Content-Encoding: gzip"))) as port:
        assert (await fetcher.fetch(f"http://127.0.0.1:{port}/")).body == text
    bomb = gzip.compress(b"\0" * 200_000_000, 9)
    async with server(saying(answer(bomb, "Content-Encoding: gzip"))) as port:
        started = time.perf_counter()
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(Request(f"http://127.0.0.1:{port}/", limit=1_000_000))
        assert caught.value.code == "too_large"
        assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("body", "encoding", "code"),
    [
        (b"not gzip at all", "gzip", "bad_encoding"),
        (gzip.compress(b"text" * 1000, mtime=0)[:-9], "gzip", "broken_answer"),
        (b"x", "br", "bad_encoding"),
        (b"x", "gzip, gzip", "bad_encoding"),
    ],
)
async def test_encodings_we_did_not_ask_for(
    fetcher: Fetcher, body: bytes, encoding: str, code: str
) -> None:
    async with server(saying(answer(body, f"Content-Encoding: {encoding}"))) as port:
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(f"http://127.0.0.1:{port}/")
    assert caught.value.code == code


async def test_an_answer_to_head_has_no_body(fetcher: Fetcher) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\nContent-Encoding: gzip\r\n\r\n"
    async with server(saying(head)) as port:
        got = await fetcher.fetch(Request(f"http://127.0.0.1:{port}/", method="HEAD"))
    assert (got.status, got.body) == (200, b"")


@pytest.mark.parametrize(
    ("header", "types", "taken"),
    [
        ("image/jpeg", ["image/"], True),
        ("IMAGE/JPEG; x=y", ["image/jpeg"], True),
        ("text/html", ["image/"], False),
        ("imagex/jpeg", ["image/"], False),
        ("", ["image/"], False),
        ("text/html", [], True),
    ],
)
async def test_types(fetcher: Fetcher, header: str, types: list[str], *, taken: bool) -> None:
    async with server(saying(answer(b"x", f"Content-Type: {header}"))) as port:
        request = Request(f"http://127.0.0.1:{port}/", types=types)
        if taken:
            assert (await fetcher.fetch(request)).body == b"x"
            return
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(request)
        assert caught.value.code == "wrong_type"


async def test_statuses(fetcher: Fetcher) -> None:
    busy = answer(b"", "Retry-After: 17", status="429 Too Many Requests")
    gone = answer(b"gone", status="404 Not Found")
    later = answer(b"", "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT", status="503 Unavailable")
    async with server(saying(busy, later, gone)) as port:
        url = f"http://127.0.0.1:{port}/"
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(url)
        error = caught.value
        assert (error.code, error.status, error.retry_after) == ("bad_status", 429, 17)
        assert error.is_passing
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(url)
        assert caught.value.retry_after == 0
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(url)
        assert (caught.value.status, caught.value.is_passing) == (404, False)
        assert (await fetcher.fetch(Request(url, expect_ok=False))).body == b"gone"


async def test_an_answer_that_never_ends_is_ended(fetcher: Fetcher) -> None:
    async def drip(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for _ in range(600):
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with server(drip) as port:
        started = time.perf_counter()
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(Request(f"http://127.0.0.1:{port}/", seconds=0.4))
        assert caught.value.code == "timed_out"
        assert caught.value.is_passing
        assert time.perf_counter() - started < 2


async def test_answers_that_break_off(fetcher: Fetcher) -> None:
    async def half(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        writer.close()

    async def nonsense(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"\x00\x01\x02 this is not HTTP\r\n\r\n")
        writer.close()

    for handler in (half, nonsense):
        async with server(handler) as port:
            with pytest.raises(FetchError) as caught:
                await fetcher.fetch(f"http://127.0.0.1:{port}/")
            assert caught.value.code == "broken_answer"
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(f"http://127.0.0.1:{port}/")
    assert caught.value.code == "connect_failed"


async def test_unknown_hosts(fetcher: Fetcher) -> None:
    with pytest.raises(FetchError) as caught:
        await Fetcher(resolver=names()).fetch("http://nowhere.example/")
    assert caught.value.code == "dns_failed"
    with pytest.raises(FetchError) as caught:
        await Fetcher(resolver=names(empty=[])).fetch("http://empty.example/")
    assert caught.value.code == "dns_failed"


async def test_what_is_not_json(fetcher: Fetcher) -> None:
    async with server(saying(answer(b"<html>"))) as port:
        got = await fetcher.fetch(f"http://127.0.0.1:{port}/")
    with pytest.raises(FetchError) as caught:
        got.json()
    assert caught.value.code == "not_json"


async def test_a_stream_is_read_in_pieces_and_the_callers_errors_are_their_own(
    fetcher: Fetcher,
) -> None:
    async with server(saying(answer(b"x" * 500_000))) as port:
        request = Request(f"http://127.0.0.1:{port}/")
        async with fetcher.open(request) as got:
            sizes = [len(chunk) async for chunk in got.chunks]
        assert sum(sizes) == 500_000
        assert max(sizes) <= 65_536
        for mine in (TimeoutError, KeyError):
            with pytest.raises(mine):
                async with fetcher.open(request) as got:
                    raise mine
        assert (await fetcher.fetch(request)).status == 200


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a self-signed certificate; give the server's context and one that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(file)
    return serving, ssl.create_default_context(cafile=str(file))


async def test_certificates_are_checked_against_the_name_not_the_address(tmp_path: Path) -> None:
    serving, trusting = certificate(tmp_path, "covers.example")
    resolver = names(covers="127.0.0.1", other="127.0.0.1")
    to_plain = answer(b"", "Location: http://covers.example/", status="302 Found")
    async with server(saying(answer(b"over TLS"), to_plain), serving) as port:
        fetcher = Fetcher(allow=LOCAL, resolver=resolver, tls=trusting)
        got = await fetcher.fetch(f"https://covers.example:{port}/")
        assert got.body == b"over TLS"
        error = await refused(fetcher, f"https://other.example:{port}/")
        assert error.code == "tls_failed"
        error = await refused(fetcher, f"https://127.0.0.1:{port}/")
        assert error.code == "tls_failed"
        error = await refused(fetcher, f"https://covers.example:{port}/")
        assert error.code == "insecure_redirect"
        distrusting = Fetcher(allow=LOCAL, resolver=resolver)
        error = await refused(distrusting, f"https://covers.example:{port}/")
        assert error.code == "tls_failed"
