"""The command `alongside`. Prints, never decides."""
