"""One frozen settings model, read once and passed in.

Sources, the first that names a value wins: arguments, environment, ``.env``, ``.streamlit/secrets.toml``.
Names the ecosystem already has are used as they are: ``OPENAI_API_KEY``, ``OPENAI_BASE_URL``, ``DATABASE_URL``, ``HF_HOME``.
Others have a prefix: ``COACH_DATA_DIR``.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import quote

from pydantic import AliasChoices, AliasGenerator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from coach.errors import SettingsError


class Keep(StrEnum):
    """How long recordings are kept once their answer is rated, unless the person decides for one of them. The words always stay."""

    ALWAYS = "always"
    DAY = "day"  # long enough to listen to the places the feedback names
    NEVER = "never"


class Settings(BaseSettings):
    """Where things are kept, which Whisper and which judge to use. Nothing here is ever logged."""

    model_config = SettingsConfigDict(
        env_prefix="COACH_",  # of what is named by its field: an environment's SECRET is not ours
        alias_generator=AliasGenerator(validation_alias=lambda name: f"COACH_{name.upper()}"),
        env_file=".env",
        toml_file=".streamlit/secrets.toml",
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    data_dir: Path = Field(default=Path("data"), description="folder for the database and the recordings")
    database_url: str = Field(
        default="",
        validation_alias=AliasChoices("DATABASE_URL", "COACH_DATABASE_URL"),
        description="empty: SQLite in the data folder",
    )
    inner_worker: bool = Field(
        default=True,
        description="with PostgreSQL: the app does the work behind itself, too; false where `coach worker` does it",
    )
    secret: SecretStr | None = Field(
        default=None, description="signs upload tokens; made and kept in the data folder if not given"
    )

    hosted: bool = Field(default=False, description="several people use it: each signs in, and sees what is theirs")
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="names this installation is reached under, with commas between; others are refused",
    )
    accounts: bool = Field(
        default=True, description="hosted: people without a provider of identities sign in with a password"
    )

    openai_api_key: SecretStr | None = Field(default=None, validation_alias=AliasChoices("OPENAI_API_KEY"))
    openai_base_url: str = Field(default="", validation_alias=AliasChoices("OPENAI_BASE_URL"))
    judge_model: str = Field(
        default="",
        validation_alias=AliasChoices("COACH_JUDGE_MODEL", "OPENAI_MODEL"),
        description="the model that judges; empty: the endpoint's default",
    )
    judge_deadline_s: float = Field(default=60.0, gt=0, le=600, description="seconds after which the judge is given up")
    judge_keep_raw: bool = Field(default=True, description="keep the judge's replies as they came")
    judge_off: bool = Field(default=False, description="send nothing to any judge, whatever else is set")
    judge_second_model: str = Field(default="", description="another model of the same endpoint, asked as well")
    judge_prompt: str = Field(default="v2", pattern=r"^v\d+$", description="version of the prompt")
    judge_mask: bool | None = Field(
        default=None, description="mask identifiers in what the judge gets; not set: wherever it leaves this computer"
    )
    judge_daily_usd: float = Field(default=2.0, ge=0, description="US dollars a day that a judge elsewhere may cost")
    judge_daily_tokens: int = Field(default=2_000_000, ge=0, description="tokens a day, also where no price is known")

    whisper_model: str = Field(
        default="base",
        description="a bundled name (base, tiny.en), a folder with CTranslate2 weights, or a hub name such as small",
    )
    hot_words: str = Field(
        default="",
        description="words the speech model is to expect, such as Medicaid, HIPAA; many of them make it worse",
    )
    whisper_url: str = Field(
        default="",
        description="a server with /audio/transcriptions that listens instead, such as http://localhost:8000/v1",
    )
    whisper_key: SecretStr | None = Field(default=None, description="its key, if it wants one")
    keep_recordings: Keep | None = Field(
        default=None,
        description="how long recordings are kept once their answer is rated: always, day or never; not set: always on one's own, day hosted",
    )
    recordings_days: int | None = Field(
        default=None, ge=1, le=36_500, description="days after which recordings are deleted, unless kept on purpose"
    )
    texts_days: int | None = Field(
        default=None, ge=1, le=36_500, description="days after which everything people wrote or said is deleted"
    )
    notice_days: int = Field(default=7, ge=1, le=365, description="days for which people are told before that")
    hf_home: Path | None = Field(default=None, validation_alias=AliasChoices("HF_HOME"))

    own_names: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="the candidate's own name and employer, with commas between: no leaks when they are said",
    )

    @field_validator("own_names", "hosts", mode="before")
    @classmethod
    def _cut_at_commas(cls, value: Any) -> Any:
        return tuple(filter(None, (name.strip() for name in value.split(",")))) if isinstance(value, str) else value

    @field_validator("hosts")
    @classmethod
    def _as_browsers_write_them(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(host.lower() for host in hosts)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # pydantic-settings' signature; we read no secret files
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, environment, .env, then Streamlit's secrets file."""
        return init_settings, env_settings, dotenv_settings, TomlConfigSettingsSource(settings_cls)

    @classmethod
    def load(cls, **given: Any) -> Self:
        """The settings of this process, ``given`` ones first. Raises SettingsError with the name of the setting that cannot be used."""
        try:
            return cls(**given)
        except ValidationError as error:
            faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
            raise SettingsError(
                f"A setting cannot be used. {faults}. Check the environment, .env and .streamlit/secrets.toml."
            ) from None
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"The settings files cannot be read: {type(error).__name__}. Check .env and .streamlit/secrets.toml."
            ) from None

    @property
    def database(self) -> str:
        """The database's address: as given, or SQLite in the data folder."""
        return self.database_url or f"sqlite:///{quote(str(self.data_dir / 'coach.db'))}"

    @property
    def recordings_kept(self) -> Keep:
        """How long recordings stay of whoever did not choose: on one's own computer they are one's own."""
        return self.keep_recordings or (Keep.DAY if self.hosted else Keep.ALWAYS)

    @property
    def has_judge(self) -> bool:
        """Whether an endpoint for the judge is set and may be used."""
        return not self.judge_off and bool(self.openai_api_key or self.openai_base_url)
