"""Questions to issuers, past the guard of outgoing requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from authlib.oauth2.auth import ClientAuth

from mediatheque.areas.accounts.rules.links import IssuerError
from mediatheque.kit.http import Fetcher, FetchError, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mediatheque.areas.accounts.adapters.issuers.declared import Declared

_LIMIT = 512 * 1024
_SECONDS = 15.0


async def ask(fetcher: Fetcher, request: Request) -> Any:  # noqa: ANN401  (JSON)
    """The JSON of an answer; IssuerError. Redirects are not followed: secrets travel here."""
    try:
        return (await fetcher.fetch(request)).json()
    except FetchError as error:
        code = "unreachable" if error.is_passing else "not_trusted"
        raise IssuerError(code, error.message) from error


async def get(fetcher: Fetcher, url: str, token: str = "") -> Any:  # noqa: ANN401  (JSON)
    """Read a document, with a bearer token if there is one."""
    headers = {"Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    asked = Request(url, headers=headers, limit=_LIMIT, seconds=_SECONDS, redirects=0)
    return await ask(fetcher, asked)


async def redeem(
    fetcher: Fetcher, declared: Declared, url: str, method: str, form: Mapping[str, str]
) -> dict[str, Any]:
    """Exchange a code at the token endpoint (RFC 6749, section 4.1.3), as the client."""
    headers = {
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    client = ClientAuth(declared.client_id, declared.secret, method)
    where, headers, body = client.prepare("POST", url, headers, urlencode(form))
    asked = Request(
        where,
        method="POST",
        headers=headers,
        content=str(body).encode(),
        limit=_LIMIT,
        seconds=_SECONDS,
        redirects=0,
    )
    answer = await ask(fetcher, asked)
    if not isinstance(answer, dict) or not isinstance(answer.get("access_token"), str):
        said = answer.get("error") if isinstance(answer, dict) else answer
        raise IssuerError("not_trusted", f"the code was not taken: {str(said)[:80]}")
    return answer


def fields(query: str) -> dict[str, str]:
    """Parameters of an answer, each once: one that comes twice is none (RFC 6749, section 3.1)."""
    pairs = parse_qsl(query, keep_blank_values=True)
    names = [name for name, _ in pairs]
    return {name: value for name, value in pairs if names.count(name) == 1}
