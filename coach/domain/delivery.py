"""How something was said, in figures: what can be counted or measured, never what a person is like."""

from pydantic import Field

from coach.domain.value import Value


class Moment(Value):
    """A place in a recording: seconds from its start, and the words there, if it is about words."""

    start: float = Field(ge=0)
    end: float = Field(ge=0)
    words: str = ""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


class Pace(Value):
    """Words a minute in a part of a recording; ``start`` in seconds."""

    start: float = Field(ge=0)
    words_a_minute: float = Field(ge=0)


class Delivery(Value):
    """What was measured in one recording. Counts of hesitations are "at least": in noise some go unheard."""

    duration_s: float = Field(ge=0)
    words_a_minute: float = Field(
        ge=0, description="hesitations aside, from the first word to the last, pauses included"
    )
    pace: tuple[Pace, ...] = Field(default=(), description="the same in parts of about half a minute")
    first_word_s: float = Field(ge=0, description="seconds before anything is said")
    last_word_s: float = Field(ge=0, description="seconds from the start to the last sound of speech")
    pauses: tuple[Moment, ...] = Field(default=(), description="silences of 0.3 s and more between speech")
    silence_share: float = Field(ge=0, le=1, description="share of silence between the first sound and the last")
    fillers: tuple[Moment, ...] = ()
    verbatim: bool = Field(default=True, description="whoever wrote the words down keeps hesitations")
    repetitions: tuple[Moment, ...] = Field(default=(), description="words said twice, and sentences begun again")
    hedges: tuple[Moment, ...] = ()
    loudness_spread_db: float = Field(ge=0, description="between the softer and the louder tenth of the speech")

    @property
    def longest_pause(self) -> Moment | None:
        """The longest silence between speech."""
        return max(self.pauses, key=lambda pause: pause.seconds, default=None)

    @property
    def fillers_a_minute(self) -> float | None:
        """Hesitations a minute, at least; None where whoever wrote the words down leaves them out."""
        if not self.verbatim and not self.fillers:
            return None
        return 60 * len(self.fillers) / max(self.spoken_s, 1.0)

    @property
    def words(self) -> int:
        """About how many words were said, hesitations aside."""
        return round(self.words_a_minute * self.spoken_s / 60)

    @property
    def spoken_s(self) -> float:
        """Seconds from the first sound to the last."""
        return max(0.0, self.last_word_s - self.first_word_s)
