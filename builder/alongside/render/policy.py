"""The policy under which every page of the site runs, and what else a web server is to send."""

from __future__ import annotations

from collections.abc import Mapping

from alongside.model.settings import Settings

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

#: What a page could ask a device for, and ours never do; the microphone only where learners may record themselves.
FEATURES = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
    "payment", "usb",
)  # fmt: skip
MICROPHONE = "microphone"


NO_SETTINGS = Settings()


def written(directives: Mapping[str, str]) -> str:
    """A policy as browsers read it."""
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def meta_policy(settings: Settings = NO_SETTINGS) -> str:
    """The policy as it stands in a page."""
    return written(_directives(settings))


def header_policy(settings: Settings = NO_SETTINGS) -> str:
    """The policy as a web server sends it."""
    return written({**_directives(settings), **HEADER_ONLY})


def _directives(settings: Settings) -> dict[str, str]:
    """The policy of a site with these settings: pages may also reach the store of records that the organisation names."""
    if settings.xapi is None:
        return DIRECTIVES
    return {**DIRECTIVES, "connect-src": f"{DIRECTIVES['connect-src']} {settings.xapi.origin}"}


def permissions(*, recording: bool) -> str:
    """What pages may ask a device for: the microphone where learners may record themselves, and nothing else."""
    return ", ".join(f"{name}={'(self)' if recording and name == MICROPHONE else '()'}" for name in FEATURES)


def headers(settings: Settings = NO_SETTINGS) -> dict[str, str]:
    """Every header that a web server is to send with each page of a site with these settings, by name."""
    return {
        "Content-Security-Policy": header_policy(settings),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": permissions(recording=settings.recording),
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=31536000",
    }


def recipes(settings: Settings = NO_SETTINGS) -> dict[str, str]:
    """The headers as each server wants them written: nginx, Caddy, and the file `_headers` of Netlify and Cloudflare."""
    entries = headers(settings).items()
    return {
        "nginx": "\n".join(f'    add_header {name} "{value}" always;' for name, value in entries),
        "caddy": "\n".join(f'\t\t{name} "{value}"' for name, value in entries),
        "netlify": "\n".join(f"  {name}: {value}" for name, value in entries),
    }
