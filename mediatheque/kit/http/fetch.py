"""Fetching from outside: addresses checked at every step, sizes and times bounded."""

import asyncio
import re
import zlib
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ssl import SSLContext, SSLError
from typing import Any, Final

import httpcore
import httpx
import orjson

from mediatheque.kit.http.errors import FetchError
from mediatheque.kit.http.guard import Guard, GuardedBackend, Resolver

DEFAULT_LIMIT: Final = 10 * 1024 * 1024
_CHUNK: Final = 64 * 1024
_HOST: Final = re.compile(rb"[A-Za-z0-9._:-]+")
_PORTS: Final = 65_536
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_BECOMES_GET: Final = frozenset({301, 302, 303})
_KEPT_ACROSS: Final = frozenset({"accept", "accept-language", "user-agent", "range"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose body is still to be read: `chunks`, decoded, never more than the limit."""

    url: str
    status: int
    headers: httpx.Headers
    content_type: str  # lower case, without parameters; "" if there was none
    chunks: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer; `url` is where the redirects ended."""

    url: str
    status: int
    headers: httpx.Headers
    content_type: str
    body: bytes

    def json(self) -> Any:  # noqa: ANN401  JSON is any shape
        """Read the body as JSON; FetchError `not_json`."""
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError as error:
            raise FetchError("not_json", f"{self.url} did not answer with JSON.") from error


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask for. `types` are accepted content types, exact or as a prefix ("image/").

    `limit` is in bytes after decoding, `seconds` for all of it. `expect_ok` makes a status of 400
    and above the FetchError `bad_status`; with `redirects` 0 a redirect is an answer like others.
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] | None = None
    params: Mapping[str, str | int] | None = None
    content: bytes | None = None
    types: Collection[str] = ()
    limit: int = DEFAULT_LIMIT
    seconds: float = 30.0
    expect_ok: bool = True
    redirects: int = 5


class _GuardedTransport(httpx.AsyncHTTPTransport):
    """The library's transport on connections that the guard opens."""

    def __init__(self, guard: Guard, context: SSLContext) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=50,
            max_keepalive_connections=10,
            keepalive_expiry=15.0,
            network_backend=GuardedBackend(guard),
        )


class Fetcher:
    """Fetches. One for the process: it keeps connections, and no cookies.

    `allow` names what may be reached besides public addresses, as networks and host names.
    """

    def __init__(
        self,
        *,
        allow: Iterable[str] = (),
        user_agent: str = "Mediatheque",
        resolver: Resolver | None = None,
        tls: SSLContext | None = None,
    ) -> None:
        self._guard = Guard(allow, resolver=resolver)
        self._user_agent = user_agent
        self._tls = tls
        self._client: httpx.AsyncClient | None = None

    async def fetch(self, request: Request | str) -> Fetched:
        """Fetch into memory; FetchError."""
        asked = Request(request) if isinstance(request, str) else request
        async with self.open(asked) as answer:
            body = b"".join([chunk async for chunk in answer.chunks])
            return Fetched(answer.url, answer.status, answer.headers, answer.content_type, body)

    @asynccontextmanager
    async def open(self, request: Request) -> AsyncIterator[Answer]:
        """Fetch as a stream, to be read inside the block; FetchError, also while reading."""
        host = _host(request.url)
        deadline = asyncio.timeout(request.seconds)
        try:
            async with deadline:
                response = await self._follow(request)
                try:
                    yield _checked(request, response)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            if not deadline.expired():
                raise
            raise FetchError("timed_out", f"{host} took too long.", host=host) from error
        except httpx.TimeoutException as error:
            raise FetchError("timed_out", f"{host} took too long.", host=host) from error
        except httpx.ConnectError as error:
            raise _connect_error(error, host) from error
        except httpx.InvalidURL as error:
            raise FetchError("bad_url", "This is not an address of the web.") from error
        except httpx.TransportError as error:
            raise FetchError("broken_answer", f"{host} broke off.", host=host) from error

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _open_client(self) -> httpx.AsyncClient:
        if self._client is None:
            context = self._tls or httpx.create_ssl_context()
            self._client = httpx.AsyncClient(
                transport=_GuardedTransport(self._guard, context),
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
                # What decodes more is bounded here, not in the library.
                headers={"User-Agent": self._user_agent, "Accept-Encoding": "gzip, identity"},
                timeout=httpx.Timeout(10.0, connect=5.0),
                trust_env=False,  # a proxy would resolve names itself
                follow_redirects=False,
            )
        return self._client

    async def _follow(self, request: Request) -> httpx.Response:
        """Send, and go where the redirects lead, each checked like the first address."""
        client = self._open_client()
        step = client.build_request(
            request.method,
            _checked_url(httpx.URL(request.url)),
            params=request.params or None,
            headers=request.headers,
            content=request.content,
        )
        for _ in range(request.redirects + 1):
            response = await client.send(step, stream=True)
            target = response.headers.get("location")
            if response.status_code not in _REDIRECTS or not target or not request.redirects:
                return response
            await response.aclose()
            step = _redirected(client, step, response.status_code, target)
        host = step.url.host
        raise FetchError("too_many_redirects", f"{host} sends from one to the next.", host=host)


def _host(url: str) -> str:
    try:
        return httpx.URL(url).host or "The address"
    except (httpx.InvalidURL, TypeError):
        return "The address"


def _checked_url(url: httpx.URL) -> httpx.URL:
    if url.scheme not in {"http", "https"} or not _HOST.fullmatch(url.raw_host):
        raise FetchError("bad_url", "Only http and https addresses can be fetched.")
    if url.port is not None and not 0 < url.port < _PORTS:
        raise FetchError("bad_url", "The address has an impossible port.", host=url.host)
    return url


def _redirected(
    client: httpx.AsyncClient, step: httpx.Request, status: int, target: str
) -> httpx.Request:
    """Build the next request of a chain; what a caller sent with the first stays with its host."""
    url = _checked_url(step.url.join(target))
    same = (url.scheme, url.host, url.port) == (step.url.scheme, step.url.host, step.url.port)
    keeps = status not in _BECOMES_GET or step.method == "HEAD"
    content = step.content if keeps else b""
    if (step.url.scheme == "https" and url.scheme == "http") or (content and not same):
        host = step.url.host
        raise FetchError("insecure_redirect", f"{host} redirects to an unsafe place.", host=host)
    headers = {
        name: value
        for name, value in step.headers.items()
        if (same or name in _KEPT_ACROSS) and name not in {"host", "content-length"}
    }
    method = step.method if keeps else "GET"
    return client.build_request(method, url, headers=headers, content=content or None)


def _checked(request: Request, response: httpx.Response) -> Answer:
    host = response.url.host
    if request.expect_ok and response.is_error:
        raise FetchError(
            "bad_status",
            f"{host} answered with status {response.status_code}.",
            host=host,
            status=response.status_code,
            retry_after=_retry_after(response.headers.get("retry-after")),
        )
    content_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if request.types and not _is_accepted(content_type, request.types):
        named = content_type or "no type"
        raise FetchError("wrong_type", f"{host} answered with {named}.", host=host)
    length = response.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length) > request.limit:
        raise _too_large(host, request.limit)
    return Answer(
        str(response.url.copy_with(userinfo=b"")),
        response.status_code,
        response.headers,
        content_type,
        _bounded(response, request.limit),
    )


def _is_accepted(content_type: str, types: Collection[str]) -> bool:
    return any(
        content_type.startswith(kind) if kind.endswith("/") else content_type == kind
        for kind in types
    )


def _too_large(host: str, limit: int) -> FetchError:
    return FetchError("too_large", f"{host} sends more than {limit} bytes.", host=host)


async def _bounded(response: httpx.Response, limit: int) -> AsyncIterator[bytes]:
    """Give the decoded body, and stop it above the limit."""
    size = 0
    async for chunk in _decoded(response):
        size += len(chunk)
        if size > limit:
            raise _too_large(response.url.host, limit)
        yield chunk


async def _decoded(response: httpx.Response) -> AsyncIterator[bytes]:
    host = response.url.host
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        async for chunk in response.aiter_raw(_CHUNK):
            yield chunk
        return
    if encoding not in {"gzip", "x-gzip"}:
        raise FetchError("bad_encoding", f"{host} answers with {encoding} unasked.", host=host)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    begun = False
    try:
        async for chunk in response.aiter_raw(_CHUNK):
            packed, begun = chunk, True
            while packed and not unpack.eof:
                yield unpack.decompress(packed, _CHUNK)
                packed = unpack.unconsumed_tail
    except zlib.error as error:
        raise FetchError("bad_encoding", f"{host} sends broken gzip.", host=host) from error
    if begun and not unpack.eof:  # an answer to HEAD has the header and no body
        raise FetchError("broken_answer", f"{host} broke off.", host=host)


def _connect_error(error: httpx.ConnectError, host: str) -> FetchError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, SSLError):
            return FetchError("tls_failed", f"{host} has no valid certificate.", host=host)
        cause = cause.__cause__ or cause.__context__
    return FetchError("connect_failed", f"{host} cannot be reached.", host=host)


def _retry_after(value: str | None) -> float | None:
    """Read `Retry-After` (RFC 9110, section 10.2.3): seconds or a date; None if it is neither."""
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (at.astimezone(UTC) - datetime.now(UTC)).total_seconds())
