"""What an installation may set, from the environment: each name begins with ``ASSESSMENT_``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import HttpUrl, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

LOCAL = Path(__file__).resolve().parents[1] / "data" / "local"


class Settings(BaseSettings):
    """The settings of this installation.

    Attributes:
        database_url: where answers are kept, as SQLAlchemy writes it; an SQLite file in
            ``data/local`` unless said otherwise.
        public_address: the address that people open the app at, for links and QR codes; taken
            from the browser's own request unless said otherwise.
        secret_file: the file of this installation's secret, without which no code that brings
            answers back opens anything. It is made at first; keep it out of backups of the
            database. Several machines that serve one database share it.
        backup_passphrase: under which backups are encrypted, for those that are made by
            themselves; asked for where there is none.
        sign_in_file: the file that names the organisation's own sign-in, an OpenID Connect
            provider, and who may do what (``docs/sign-in.yaml`` is an example); nobody signs in so
            unless it is set.
    """

    model_config = SettingsConfigDict(env_prefix="ASSESSMENT_", frozen=True)

    database_url: str = f"sqlite:///{(LOCAL / 'assessment.sqlite').as_posix()}"
    public_address: HttpUrl | None = None
    secret_file: Path = LOCAL / "secret"
    backup_passphrase: SecretStr | None = None
    sign_in_file: Path | None = None


@cache
def settings() -> Settings:
    """The settings, read once."""
    return Settings()
