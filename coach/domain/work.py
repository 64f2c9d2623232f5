"""What is done behind: the kinds of work, by the names they have in leases, queues and logs."""

from enum import StrEnum


class Work(StrEnum):
    """A kind of work."""

    WRITE = "write"  # write down a recording
    HEAR = "hear"  # take a round of an interview as far as it can go
    RATE = "rate"  # rate an answer that was handed in, by the checks
    JUDGE = "judge"  # ask the judge about it
    RERATE = "rerate"  # rate again what was rated before, behind everybody who waits
    PURGE = "purge"  # let go what is older than it is to be kept, once a day
