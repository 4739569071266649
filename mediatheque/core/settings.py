"""Settings, from the environment (``MEDIATHEQUE_…``) and nowhere else.

Each can also stand in a file that ``MEDIATHEQUE_…_FILE`` names (Docker's and Kubernetes' secrets);
the variable itself goes first.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

PREFIX = "MEDIATHEQUE_"
SHORTEST_JOURNAL_DAYS = 30


class FilesSource(PydanticBaseSettingsSource):
    """Settings whose values stand in files; the line's end at the end of a file does not count."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """What the file of a field holds, None if none is named. ValueError if it is unreadable."""
        aliases = getattr(field.validation_alias, "choices", None)
        for name in aliases or [f"{PREFIX}{field_name.upper()}"]:
            path = os.environ.get(f"{name}_FILE")
            if path:
                try:
                    return Path(path).read_text().rstrip("\r\n"), str(name), False
                except (OSError, UnicodeDecodeError) as error:
                    raise ValueError(f"{name}_FILE names {path}: {error}") from error
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """All that is found. A field of its own, as ``master_key_file`` is, is no such file."""
        fields = self.settings_cls.model_fields
        found: dict[str, Any] = {}
        for name, field in fields.items():
            if f"{name}_file" in fields:
                continue
            value, alias, _ = self.get_field_value(field, name)
            if value is not None:
                found[alias if field.validation_alias else name] = value
        return found


class Settings(BaseSettings):
    """Every setting with its default; ``docs/settings.md`` lists them all."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    database_url: str = Field(
        "",
        validation_alias=AliasChoices("DATABASE_URL", "MEDIATHEQUE_DATABASE_URL"),
        description="PostgreSQL 18; empty: the embedded one under `data`.",
    )
    data: Path = Field(Path("var"), description="Folder of everything that is kept.")
    port: int = Field(8000, description="Where web and API listen.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    public_url: str = Field("", description="Address people use, for links; empty: host and port.")
    environment: Literal["development", "production"] = Field(
        "development", description="`production`: `doctor` insists on what the open net needs."
    )
    demo: bool = Field(default=True, description="Create the demonstration world on first start.")
    redis_url: str = Field("", description="Shared rate limits; empty: process memory.")
    storage_url: str = Field("", description="`s3://bucket/prefix`; empty: `data`/files.")
    log_level: str = Field("INFO", description="`DEBUG`, `INFO`, `WARNING` or `ERROR`.")
    log_json: bool = Field(default=False, description="Log lines as JSON, for collectors.")
    secure_cookies: bool = Field(
        default=False, description="Set behind TLS: `__Host-` cookies that travel encrypted only."
    )
    session_days: int = Field(30, description="A session ends after so many days unused.")
    session_at_most_days: int = Field(
        90, gt=0, description="A session ends after so many days in any case."
    )
    sessions_per_user: int = Field(
        20, description="Sessions of one person; one more ends the one unused for longest."
    )
    device_days: int = Field(90, description="A device has to sign in anew after so many unused.")
    admin_idle_minutes: int = Field(15, description="An admin session ends after so many unused.")
    admin_hours: int = Field(24, description="An admin session ends after so many in any case.")
    admin_networks: str = Field(
        "", description="Who reaches the administration: `10.0.0.0/8, ::1`. Empty: everybody."
    )
    admin_second_factor: bool = Field(
        default=False, description="Administrators need a second factor to sign in as such."
    )
    sign_in_per_minute: int = Field(
        5, description="Attempts with a password, for one address and account."
    )
    second_factor_per_minute: int = Field(5, description="Attempts with a code, for one account.")
    password_resets_per_hour: int = Field(3, description="Letters with a link, for one address.")
    pins_per_minute: int = Field(5, description="Attempts with PINs, for one account.")
    sign_outs_per_minute: int = Field(30, description="Sign-outs of one person.")
    sign_outs_everywhere_per_minute: int = Field(10, description="The same, of all sessions.")
    session_lists_per_minute: int = Field(30, description="Looks at one's sessions.")
    requests_per_minute: int = Field(100, description="For one anonymous address. 0: no limit.")
    reads_per_minute: int = Field(6000, description="For one person. 0: no limit.")
    writes_per_minute: int = Field(1200, description="For one person. 0: no limit.")
    searches_per_minute: int = Field(600, description="For one person. 0: no limit.")
    uploads_per_minute: int = Field(120, description="Files of one person. 0: no limit.")
    exports_per_minute: int = Field(30, description="Exports of one person. 0: no limit.")
    streams_per_minute: int = Field(
        6000, description="Pieces of streams for one address. 0: no limit."
    )
    streams_per_user: int = Field(4, description="Played at once by one person. 0: no limit.")
    stream_gateway: Literal["proxy", "redirect"] = Field(
        "proxy", description="Pass streams through, or lead players to where they come from."
    )
    body_limit_mb: int = Field(8, description="Largest body of a request that is no file.")
    body_timeout_seconds: int = Field(60, description="Longest pause inside a request's body.")
    trusted_proxies: str = Field(
        "",
        description="Networks of proxies whose `X-Forwarded-…` headers count: `10.0.0.0/8, ::1`.",
    )
    allowed_hosts: str = Field(
        "", description="Names besides that of `public_url`: `example.org, *.example.org`."
    )
    cors_origins: str = Field(
        "", description="Origins whose pages may use the API with a key: `https://example.org`."
    )
    smtp_url: str = Field(
        "", description="`smtp://user:password@host:port` or `smtps://…`; empty: an outbox."
    )
    mail_from: str = Field(
        "", description="Sender of letters, `Name <address>`; empty: `mediatheque@` the house."
    )
    issuers: str = Field(
        "", description="Who else may vouch for people (OpenID Connect, GitHub), as JSON."
    )
    master_key: str = Field(
        "",
        description="32 bytes in hex or base64 that secrets are encrypted under. Needed in "
        "production; in development one is made in `data`.",
    )
    master_key_file: Path | None = Field(
        None, description="A file with it: the present key first, older ones in further lines."
    )
    previous_master_keys: str = Field(
        "", description="Older keys, separated by commas, that may still be read with."
    )
    audit_mode: Literal["off", "failures", "mutations", "all"] = Field(
        "failures", description="Which requests the audit trail notes besides what was done."
    )
    audit_keep_days: int = Field(
        0, description="Days that the house's own journal is kept, 30 or more; 0 is always."
    )
    audit_notes_per_minute: int = Field(60, description="Noted failures of one address.")
    audit_notes_per_hour: int = Field(3600, description="Noted failures of all together.")
    import_folder: str = Field(
        "", description="Folder of guides and playlists that sources name by path; empty: none."
    )
    upload_limit_mb: int = Field(2048, description="Largest import file.")
    image_limit_mb: int = Field(25, description="Largest image.")
    statement_timeout_ms: int = Field(15_000, description="For statements of web requests.")
    tmdb_token: str = Field("", description="API read token of TMDB, for enrichment.")
    tmdb_url: str = Field("https://api.themoviedb.org/3", description="Where TMDB's API is.")
    allow_private_fetch: bool = Field(
        default=False, description="Let the fetcher reach private addresses (home servers)."
    )
    web_dist: Path = Field(
        Path(__file__).resolve().parents[2] / "web" / "dist", description="The built web app."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is said in the program, then the environment, then files that it names."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, FilesSource(settings_cls)

    @field_validator("audit_keep_days")
    @classmethod
    def _keep_a_month(cls, days: int) -> int:
        """The database refuses to cut the journal of the last thirty days."""
        if days and days < SHORTEST_JOURNAL_DAYS:
            raise ValueError("Keep the journal for 30 days at least, or 0 for always.")
        return days

    @property
    def base_url(self) -> str:
        """The address in links, without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
