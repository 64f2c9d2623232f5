"""The values everything else speaks in. Frozen, serialisable, no I/O."""
