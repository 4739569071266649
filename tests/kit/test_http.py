import asyncio
from ipaddress import ip_address

import pytest

from mediatheque.kit.http import Fetched, Fetcher, FetchError, Guard, Request, is_public
from tests.kit.web import LOCAL, answer, names, refused, saying, server


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
