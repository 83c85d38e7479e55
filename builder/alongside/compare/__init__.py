"""Two revisions of a curriculum."""
