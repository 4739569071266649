"""``mediatheque keys rotate``."""

from __future__ import annotations

import click

from mediatheque.cli.house import in_house
from mediatheque.core.keys import (
    REWRAP,
    MasterKeyError,
    Rewrapped,
    key_file,
    keyring,
    write_keys,
)
from mediatheque.core.module import EXTENSIONS
from mediatheque.core.settings import Settings
from mediatheque.core.work import Work
from mediatheque.kit.envelope import Keyring, new_key


@click.command()
@click.option(
    "--present", "is_present", is_flag=True, help="Make no new key: take the first one there is."
)
@click.option(
    "--forget", is_flag=True, help="Take the older keys out of the file; old backups need them."
)
def rotate(*, is_present: bool, forget: bool) -> None:
    """Put all encrypted secrets under a new master key.

    A key in a file: a new one is written before it, then every secret is wrapped anew; running
    processes read the file again by themselves. A key in the environment: set the new one as
    MEDIATHEQUE_MASTER_KEY, the old one as MEDIATHEQUE_PREVIOUS_MASTER_KEYS, restart, then call
    this.
    """
    try:
        settings = Settings()
        ring = keyring(settings) if is_present else _with_new_key(settings)
    except MasterKeyError as error:
        raise click.ClickException(str(error)) from error

    async def act(work: Work) -> Rewrapped:
        total = Rewrapped()
        for rewrap in EXTENSIONS.get(REWRAP, []):
            async with work.write(None, across=True) as ctx:
                total += await rewrap(ctx, ring)
        return total

    done = in_house(act)
    click.echo(f"{done.secrets} secrets are under the key {ring.current}.")
    for one in done.unreadable:
        click.echo(f"Cannot be read: {one}", err=True)
    if done.unreadable:
        raise click.ClickException(
            "Give the house the key that is missing and call this again, or have these secrets "
            "set anew. No key was forgotten."
        )
    path = key_file(settings)
    if forget and path is not None:
        write_keys(path, ring.keys[:1])
        click.echo(f"{path} holds this key only. Keep the older ones with the older backups.")


def _with_new_key(settings: Settings) -> Keyring:
    """The keys with a new one before them, in their file; those of the environment as they are."""
    ring = keyring(settings)
    path = key_file(settings)
    if path is None:
        return ring
    try:
        write_keys(path, [new_key(), *ring.keys])
    except OSError as error:
        raise MasterKeyError(
            f"{path} cannot be written ({error.strerror}). Put a new key into its first line "
            "yourself (`openssl rand -hex 32`), then call this with --present."
        ) from error
    return keyring(settings)
