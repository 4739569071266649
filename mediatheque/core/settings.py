"""Settings, from the environment (``MEDIATHEQUE_…``) and nowhere else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting with its default; ``docs/settings.md`` lists them all."""

    model_config = SettingsConfigDict(env_prefix="MEDIATHEQUE_", extra="ignore")

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
    sign_in_per_minute: int = Field(
        5, description="Attempts with a password, for one address and account."
    )
    requests_per_minute: int = Field(600, description="For one anonymous address.")
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

    @property
    def base_url(self) -> str:
        """The address in links, without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
