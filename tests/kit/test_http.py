import asyncio
import datetime as dt
import gzip
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mediatheque.kit.http import Fetched, Fetcher, FetchError, Guard, Request, is_public

LOCAL = ("127.0.0.0/8",)
Handler = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve on a free port of 127.0.0.1; the handler gets the request's head."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await handler(head, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    running = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield running.sockets[0].getsockname()[1]
    finally:
        running.close()


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def saying(*answers: bytes) -> Handler:
    waiting = list(answers)

    async def handle(head: bytes, writer: asyncio.StreamWriter) -> None:
        del head
        writer.write(waiting.pop(0) if len(waiting) > 1 else waiting[0])

    return handle


def names(**known: str | list[str]) -> Callable[[str, int], Awaitable[list[str]]]:
    async def resolve(host: str, port: int) -> list[str]:
        del port
        found = known.get(host.partition(".")[0])
        if found is None:
            raise OSError(-2, "Name or service not known")
        return [found] if isinstance(found, str) else found

    return resolve


async def refused(fetcher: Fetcher, request: Request | str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(request)
    await fetcher.close()
    return caught.value


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    made = Fetcher(allow=LOCAL)
    yield made
    await made.close()


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254",  # noqa: S104  an address to refuse
        "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
        "2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1",
        "ff02::1", "fe80::1%eth0",
    ],
)  # fmt: skip
async def test_addresses_that_are_none_of_our_business(address: str) -> None:
    assert not is_public(ip_address(address))
    with pytest.raises(FetchError) as caught:
        await Guard().addresses(address, 80)
    assert caught.value.code == "forbidden_address"


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "8.8.8.8", "100.128.0.1", "172.32.0.1", "192.167.255.255", "223.255.255.255",
     "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)  # fmt: skip
async def test_addresses_of_the_public(address: str) -> None:
    assert is_public(ip_address(address))
    assert await Guard().addresses(address, 80) == [str(ip_address(address))]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/",
        "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://169.254.169.254/latest",
        "https://10.0.0.1/", "http://user:pass@127.0.0.1/", "http://127.0.0.1.:80/",
        "http://①②⑦.0.0.1/",
    ],
)  # fmt: skip
async def test_no_spelling_of_a_private_address_gets_through(url: str) -> None:
    error = await refused(Fetcher(), url)
    assert error.code in {"forbidden_address", "bad_url", "dns_failed"}
    assert "pass" not in str(error)


async def test_the_guard_stands_before_the_connection() -> None:
    called = asyncio.Event()

    async def handle(head: bytes, writer: asyncio.StreamWriter) -> None:
        called.set()
        writer.write(answer(b"secret"))

    async with server(handle) as port:
        error = await refused(Fetcher(), f"http://127.0.0.1:{port}/")
        assert error.code == "forbidden_address"
        assert not error.is_passing
        error = await refused(
            Fetcher(resolver=names(rebind="127.0.0.1")), f"http://rebind.example:{port}/"
        )
        assert error.code == "forbidden_address"
    assert not called.is_set()


async def test_one_private_address_among_public_ones_forbids_the_host() -> None:
    fetcher = Fetcher(resolver=names(mixed=["93.184.216.34", "10.0.0.1"]))
    assert (await refused(fetcher, "http://mixed.example/")).code == "forbidden_address"


async def test_the_connection_goes_to_the_address_that_was_vetted() -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(f"{host}:{port}")
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    async with server(saying(answer(b"here"))) as port:
        fetcher = Fetcher(allow=LOCAL, resolver=resolve)
        # The system knows no such name: only the vetted answer leads anywhere.
        got = await fetcher.fetch(f"http://rebinding.invalid:{port}/")
        assert got.body == b"here"
        assert asked == [f"rebinding.invalid:{port}"]
        await fetcher.close()


async def test_allowed_hosts_by_name_and_network() -> None:
    async with server(saying(answer(b"here"))) as port:
        resolver = names(plex="127.0.0.1", other="127.0.0.1")
        fetcher = Fetcher(allow=["Plex.lan"], resolver=resolver)
        assert (await fetcher.fetch(f"http://plex.lan:{port}/")).body == b"here"
        assert (await refused(fetcher, f"http://other.lan:{port}/")).code == "forbidden_address"
        assert (
            await refused(Fetcher(allow=["127.0.0.2"]), f"http://127.0.0.1:{port}/")
        ).code == "forbidden_address"
        mapped = Fetcher(allow=LOCAL)
        await mapped.fetch(f"http://[::ffff:127.0.0.1]:{port}/")
        await mapped.close()


async def test_the_next_address_is_tried_when_the_first_does_not_answer() -> None:
    async with server(saying(answer(b"second"))) as port:
        fetcher = Fetcher(allow=LOCAL, resolver=names(two=["127.0.0.9", "127.0.0.1"]))
        assert (await fetcher.fetch(f"http://two.example:{port}/")).body == b"second"
        await fetcher.close()


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "gopher://x/", "data:text/plain,x", "//x/y",
     "example.org", "", "http://", "http:///x", "javascript:alert(1)", "http://exa mple/",
     "http://x:99999/", "http://[::1"],
)  # fmt: skip
async def test_only_addresses_of_the_web(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(url)
    assert caught.value.code == "bad_url"


async def test_an_answer(fetcher: Fetcher) -> None:
    heads: list[bytes] = []

    async def handle(head: bytes, writer: asyncio.StreamWriter) -> None:
        heads.append(head)
        writer.write(answer(b'{"a": [1]}', "Content-Type: Application/JSON; charset=utf-8"))

    async with server(handle) as port:
        request = Request(
            f"http://127.0.0.1:{port}/x?a=1", headers={"X-Key": "k"}, types=["application/json"]
        )
        got = await fetcher.fetch(request)
    assert isinstance(got, Fetched)
    assert (got.status, got.content_type, got.json()) == (200, "application/json", {"a": [1]})
    assert heads[0].startswith(b"GET /x?a=1 HTTP/1.1\r\n")
    assert b"X-Key: k\r\n" in heads[0]
    assert b"User-Agent: Mediatheque\r\n" in heads[0]


async def test_redirects_are_followed_and_checked_each_time() -> None:
    async with server(saying(answer(b"end"))) as last:
        to_last = answer(b"", f"Location: http://end.example:{last}/", status="302 Found")
        async with server(saying(to_last)) as port:
            resolver = names(start="127.0.0.1", end="127.0.0.1")
            fetcher = Fetcher(allow=["start.example", "end.example"], resolver=resolver)
            got = await fetcher.fetch(f"http://start.example:{port}/")
            assert (got.body, got.url) == (b"end", f"http://end.example:{last}/")
            await fetcher.close()
            fetcher = Fetcher(allow=["start.example"], resolver=resolver)
            error = await refused(fetcher, f"http://start.example:{port}/")
            assert (error.code, error.host) == ("forbidden_address", "end.example")


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://169.254.169.254/latest/meta-data", "forbidden_address"),
        ("http://[::1]/", "forbidden_address"),
        ("file:///etc/passwd", "bad_url"),
        ("gopher://127.0.0.1/", "bad_url"),
        ("http://[broken", "bad_url"),
    ],
)
async def test_redirects_to_where_we_do_not_go(location: str, code: str) -> None:
    redirect = answer(b"", f"Location: {location}", status="301 Moved")
    async with server(saying(redirect)) as port:
        fetcher = Fetcher(allow=["127.0.0.1"])
        assert (await refused(fetcher, f"http://127.0.0.1:{port}/")).code == code


async def test_redirects_end_after_five(fetcher: Fetcher) -> None:
    redirect = answer(b"", "Location: /again", status="302 Found")
    async with server(saying(*[redirect] * 5, answer(b"end"))) as port:
        assert (await fetcher.fetch(f"http://127.0.0.1:{port}/")).body == b"end"
    async with server(saying(redirect)) as port:
        error = await refused(Fetcher(allow=LOCAL), f"http://127.0.0.1:{port}/")
        assert error.code == "too_many_redirects"
        request = Request(f"http://127.0.0.1:{port}/", redirects=0)
        assert (await fetcher.fetch(request)).status == 302


async def test_secrets_stay_with_the_host_they_were_meant_for() -> None:
    heads: list[bytes] = []

    async def collect(head: bytes, writer: asyncio.StreamWriter) -> None:
        heads.append(head)
        writer.write(answer(b"", "Set-Cookie: session=1; Path=/"))

    async with server(collect) as last:
        redirect = answer(b"", f"Location: http://b.example:{last}/", status="302 Found")
        async with server(saying(redirect)) as port:
            fetcher = Fetcher(allow=LOCAL, resolver=names(a="127.0.0.1", b="127.0.0.1"))
            secret = {"Authorization": "Bearer s3cret", "X-Api-Key": "s3cret", "Cookie": "c=s3cret"}
            for _ in range(2):
                await fetcher.fetch(Request(f"http://a.example:{port}/", headers=secret))
            await fetcher.close()
    assert len(heads) == 2
    assert not any(b"s3cret" in head or b"ookie" in head for head in heads)
    assert f"Host: b.example:{last}".encode() in heads[0]


async def test_a_body_is_not_carried_to_another_host() -> None:
    elsewhere = answer(b"", "Location: http://b.example/", status="307 Temporary Redirect")
    async with server(saying(elsewhere)) as port:
        fetcher = Fetcher(allow=LOCAL, resolver=names(a="127.0.0.1", b="127.0.0.1"))
        request = Request(f"http://a.example:{port}/", method="POST", content=b"secret")
        assert (await refused(fetcher, request)).code == "insecure_redirect"


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
        (gzip.compress(b"text" * 1000)[:-9], "gzip", "broken_answer"),
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
