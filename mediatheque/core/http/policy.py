"""The security headers of every answer (ASVS 5.0 V3.4).

Pages get a content policy with a nonce of their own, which ``webapp`` puts into the document. No
inline script and no inline style element runs without it; ``eval`` never does. React sets styles by
the object model, which the policy does not touch, so ``style`` attributes in markup are refused
too. Everything else is data: its policy allows nothing at all.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings

HSTS: Final = "max-age=63072000; includeSubDomains"
DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"
PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "media-src 'self' blob:; worker-src 'self' blob:; manifest-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
FEATURES: Final = ", ".join(
    [
        "camera=(self)",  # barcodes
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
        "fullscreen=(self)",
        "picture-in-picture=(self)",
        "autoplay=(self)",
        *(
            f"{one}=()"
            for one in (
                "accelerometer",
                "browsing-topics",
                "display-capture",
                "geolocation",
                "gyroscope",
                "hid",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "serial",
                "usb",
                "xr-spatial-tracking",
            )
        ),
    ]
)
ALWAYS: Final = {
    "content-security-policy": DATA_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": FEATURES,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-permitted-cross-domain-policies": "none",
}


def new_nonce() -> str:
    """128 random bits, for one answer."""
    return secrets.token_urlsafe(16)


def page_policy(nonce: str) -> str:
    """The policy of one page of the web application."""
    return PAGE_POLICY.format(nonce=nonce)


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


class Policy:
    """The headers that an answer carries unless its route has set them itself."""

    def __init__(self, settings: Settings) -> None:
        self._is_public_tls = settings.public_url.lower().startswith("https://")
        self._plain = _raw(ALWAYS)
        self._tls = _raw(ALWAYS | {"strict-transport-security": HSTS})

    def headers(self, scheme: str) -> list[tuple[bytes, bytes]]:
        """The headers of an answer over ``http`` or ``https``, as ASGI takes them."""
        return self._tls if scheme == "https" or self._is_public_tls else self._plain
