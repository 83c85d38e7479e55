"""HTML as a PDF that screen readers read (PDF/UA), by WeasyPrint, which is imported only here and only then."""

from __future__ import annotations

import logging
from typing import Any

from alongside.files.installation import to_install
from alongside.files.problems import BuildError

INSTEAD = "or write HTML, which a browser prints: alongside export {form}-html"
NOT_INSTALLED = "a PDF needs WeasyPrint. Install it with: {command}; " + INSTEAD
NO_LIBRARIES = (
    "WeasyPrint misses libraries of the system (Pango). Install them with: apt install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0, or brew install pango, and on Windows from MSYS2: pacman -S mingw-w64-x86_64-pango; "
    + INSTEAD
)
MAGIC = b"%PDF-"


def pdf(html: str, form: str, identifier: str) -> tuple[bytes, int]:
    """The PDF of a document that names no other file, and how many pages it has. The same document gives the same bytes.

    `form` is the format that was asked for. Raises `BuildError` where WeasyPrint or what it needs is missing.
    """
    weasyprint = _weasyprint(form)
    # Pictures stand in the document itself, and nothing is fetched.
    fetcher = weasyprint.URLFetcher(allowed_protocols=["data"])
    options = {"pdf_variant": "pdf/ua-1", "pdf_identifier": identifier.encode()}
    document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(**options)
    return document.write_pdf(**options), len(document.pages)


def _weasyprint(form: str) -> Any:
    try:
        import weasyprint  # noqa: PLC0415  # an extra, which takes a second to start
    except ImportError:
        raise BuildError(NOT_INSTALLED.format(form=form, command=to_install("weasyprint", "pdf"))) from None
    except OSError:
        raise BuildError(NO_LIBRARIES.format(form=form)) from None
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    return weasyprint
