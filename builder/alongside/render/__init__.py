"""Model to Page values. Knows nothing of any site engine."""
