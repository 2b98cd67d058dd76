"""Settings, from the environment or a `.env` file; the README's table is checked against this class."""

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_database_url() -> str:
    return f"sqlite:///{user_data_path('attache') / 'attache.db'}"


class Settings(BaseSettings):
    """Every setting is read from a variable `ATTACHE_` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="ATTACHE_", env_file=Path(".env"), extra="ignore")

    token: SecretStr | None = Field(None, description="The bot's token from Discord's developer portal.")
    database_url: SecretStr = Field(
        default_factory=lambda: SecretStr(default_database_url()),
        description="Where the registry is: `sqlite:///file` or `postgresql://user:password@host/name`.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much is written to standard error."
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="Lines for people, or one JSON object a line for machines."
    )
    health_port: int | None = Field(
        None,
        ge=0,
        le=65535,
        description="Serves `/healthz` and `/metrics` on this port of 127.0.0.1; 0 or nothing for neither.",
    )
    language: Literal["en", "zh-TW"] = Field(
        "en", description="Language of the command line where `--language` is not given."
    )
