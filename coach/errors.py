"""Everything that can go wrong in a way a user can do something about.

CoachError
├── SettingsError       a setting has a value that cannot be used
├── BankError           a question pack cannot be read, or a question does not exist
├── AnswerError         an answer that cannot be taken: empty, too long, not text
├── StoryError          a story that cannot be kept: too many, or too long
├── SpeechError
│   ├── NotAudioError       the file holds no sound that can be decoded
│   ├── MicrophoneError     no microphone, no permission, or no PortAudio
│   ├── EndpointError       the server for transcriptions cannot be asked, or answers nonsense
│   └── WeightsError        Whisper weights are missing or not what they should be
├── DocumentError      a file of words that cannot be read: scanned, locked, damaged, too large
├── SignInError         an address and a password that do not go together, or too many wrong tries
├── TooFastError        more was asked for at once than one person may ask for
├── JudgeError          the judge's settings or prompt files cannot be used
└── StoreError
    ├── StoreNewerError     the database was written by a newer version
    ├── StoreReadOnlyError  the database or its folder cannot be written
    ├── StoreFullError      the disk is full
    ├── BackupError         a backup cannot be made, is damaged, or must not replace what is there
    ├── ConflictError       another tab or device got there first
    └── NotFoundError       there is no such attempt, cohort or person, or it is none of yours

A message is one or two plain sentences: what was found, where, and what to do about it.
Messages never hold an answer's words, a name or a key, so they may be shown and logged.
"""


class CoachError(Exception):
    """Base of all errors that pages and commands show to the user as they are."""


class SettingsError(CoachError):
    """A setting has a value that cannot be used."""


class BankError(CoachError):
    """A question pack cannot be read, or a question does not exist."""


class AnswerError(CoachError):
    """An answer that cannot be taken: empty, too long, not text."""


class StoryError(CoachError):
    """A story that cannot be kept: there are too many, or a part is too long."""


class SpeechError(CoachError):
    """Something about sound."""


class NotAudioError(SpeechError):
    """The file holds no sound that can be decoded."""


class MicrophoneError(SpeechError):
    """There is no microphone to record from, or it may not be used."""


class EndpointError(SpeechError):
    """The server for transcriptions cannot be asked, or does not answer as it should."""


class WeightsError(SpeechError):
    """Whisper weights are missing, or are not what they should be."""


class DocumentError(CoachError):
    """A file of words that cannot be read: scanned, locked, damaged, too large, or hardly any words."""


class JudgeError(CoachError):
    """The judge's settings or prompt files cannot be used. A failed *call* is no error: it is an unrated verdict."""


class SignInError(CoachError):
    """An address and a password that do not go together, or too many wrong tries."""


class TooFastError(CoachError):
    """More was asked for at once than one person may ask for. ``wait_s``: seconds until it may be asked again."""

    def __init__(self, wait_s: float) -> None:
        super().__init__("This was a lot at once. Wait a minute, then try again; nothing is lost.")
        self.wait_s = wait_s


class StoreError(CoachError):
    """The database cannot do what was asked."""


class StoreNewerError(StoreError):
    """The database was written by a newer version of the product."""


class StoreReadOnlyError(StoreError):
    """The database or its folder cannot be written."""


class StoreFullError(StoreError):
    """The disk is full."""


class BackupError(StoreError):
    """A backup that cannot be made, is damaged, or must not replace what is there."""


class ConflictError(StoreError):
    """Another tab or device got there first; what is there was left as it is."""


class NotFoundError(StoreError):
    """There is no such thing, or it is not for whoever asks: the two are never told apart."""
