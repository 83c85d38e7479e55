"""Alongside turns training modules written in YAML into an accessible static website."""

__version__ = "0.1.0"
