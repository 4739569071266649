"""Settings, storage and the built web application."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from mediatheque.areas.accounts.adapters.letters.post import Post
from mediatheque.cli.checks.finding import Finding, failure, fine, warning
from mediatheque.core.keys import MasterKeyError, key_file, keyring
from mediatheque.core.settings import Settings
from mediatheque.kit.storage import StorageError, open_storage

if TYPE_CHECKING:
    from collections.abc import Iterator

LITTLE_SPACE = 1_000_000_000


def check_settings() -> tuple[Settings | None, list[Finding]]:
    """Read all settings; None if one of them cannot be used."""
    try:
        found = Settings()
    except ValidationError as error:
        return None, [
            failure(
                "settings",
                f"{'.'.join(map(str, wrong['loc'])).upper()}: {wrong['msg']}",
                "Correct the environment variable; README.md lists the settings.",
            )
            for wrong in error.errors()
        ]
    if found.environment == "production" and not found.secure_cookies:
        return found, [
            warning(
                "settings",
                "production without secure cookies",
                "Set MEDIATHEQUE_SECURE_COOKIES=1 once the product is behind TLS.",
            )
        ]
    return found, [fine("settings", "readable")]


def check_keys(settings: Settings) -> Finding:
    """Look for the master key, without making one."""
    path = key_file(settings)
    is_made = path is not None and settings.master_key_file is None
    if is_made and path is not None and not path.exists():
        if settings.environment != "production":
            return fine("keys", f"a master key will be made in {path}")
        return failure(
            "keys",
            "there is no master key",
            "Set MEDIATHEQUE_MASTER_KEY (`openssl rand -hex 32`) or MEDIATHEQUE_MASTER_KEY_FILE.",
        )
    try:
        ring = keyring(settings)
    except MasterKeyError as error:
        return failure("keys", str(error), "Correct the key; docs/audit.md says how it looks.")
    where = "the environment" if path is None else str(path)
    if is_made and settings.environment == "production":
        return warning(
            "keys",
            f"the master key {ring.current} lies beside the data, in {where}",
            "Keep it elsewhere: whoever copies the folder has the secrets and their key.",
        )
    return fine("keys", f"the master key {ring.current} is in {where}")


def check_storage(settings: Settings) -> Iterator[Finding]:
    """Write, read and delete an object where files are kept; look at the free space."""
    where = settings.storage_url or f"the folder {settings.data / 'files'}"
    try:
        asyncio.run(open_storage(settings.storage_url or str(settings.data / "files")).check())
    except (StorageError, OSError, ValueError) as error:
        yield failure(
            "storage",
            f"{where} cannot be used: {error}",
            "Check MEDIATHEQUE_STORAGE_URL and its credentials, or the rights of MEDIATHEQUE_DATA.",
        )
        return
    yield fine("storage", f"{where} can be read and written")
    free = shutil.disk_usage(_existing(settings.data)).free
    text = f"{free / 1e9:.1f} GB free in {settings.data}"
    if free < LITTLE_SPACE:
        yield warning("disk", text, "Make room, or move MEDIATHEQUE_DATA to a larger disk.")
    else:
        yield fine("disk", text)


def check_redis(settings: Settings) -> Iterator[Finding]:
    """Ask the Redis or Valkey that is named, if one is."""
    if not settings.redis_url:
        return
    import redis  # noqa: PLC0415 - most houses have none

    try:
        client = redis.Redis.from_url(settings.redis_url, socket_timeout=3)
        client.ping()
        client.close()
    except (redis.RedisError, ValueError) as error:
        yield failure("redis", f"it does not answer: {error}", "Check MEDIATHEQUE_REDIS_URL.")
    else:
        yield fine("redis", "answers")


def check_post(settings: Settings) -> Iterator[Finding]:
    """Look whether letters leave the house, and whether their links lead to it."""
    try:
        post = Post.of(settings)
    except ValueError as error:
        yield failure("post", str(error), "Correct the setting, or leave it out.")
        return
    if post.mailer is None:
        yield warning(
            "post",
            "letters stay in the outbox: there is no mail server",
            "Set MEDIATHEQUE_SMTP_URL, or pass the letters on by hand.",
        )
    elif not settings.public_url:
        yield warning(
            "post",
            f"links in letters lead to {settings.base_url}",
            "Set MEDIATHEQUE_PUBLIC_URL to the address that people use.",
        )
    else:
        yield fine("post", f"letters go out by {post.mailer.server.host}")


def check_web(settings: Settings) -> Finding:
    """Look for the built web application."""
    if (settings.web_dist / "index.html").is_file():
        return fine("web", "the web application is built")
    return warning(
        "web",
        f"the web application is not built ({settings.web_dist} has no index.html)",
        "Run `make build`; the API works without it.",
    )


def _existing(path: Path) -> Path:
    return next(folder for folder in (path, *path.absolute().parents) if folder.exists())
