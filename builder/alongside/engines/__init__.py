"""Adapters from Page values to site engines, and the safe way to put a finished site in place."""
