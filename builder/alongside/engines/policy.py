"""The policy under which every page of the site runs."""

from __future__ import annotations

DIRECTIVES: dict[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
    "require-trusted-types-for": "'script'",
}

#: Browsers heed this one only as a response header (CSP Level 3, §6.4.2).
HEADER_ONLY: dict[str, str] = {"frame-ancestors": "'none'"}


def meta_policy() -> str:
    """The policy as it stands in a page."""
    return "; ".join(f"{name} {value}" for name, value in DIRECTIVES.items())


def header_policy() -> str:
    """The policy as a web server sends it."""
    return "; ".join(f"{name} {value}" for name, value in {**DIRECTIVES, **HEADER_ONLY}.items())
