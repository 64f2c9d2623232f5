"""How long things are kept: what goes when, who is told before, and who keeps it all the same."""

from coach.retention.keeping import Keeping
from coach.retention.purge import Purge, Room

__all__ = ["Keeping", "Purge", "Room"]
