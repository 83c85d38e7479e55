"""Formats that need WeasyPrint and the libraries of the system that it prints with, and whether they are here."""

from __future__ import annotations

import importlib.util
from ctypes.util import find_library

import pytest

from alongside.exporters import FORMATS

PDF_FORMS = frozenset(form for form in FORMATS if FORMATS[form].ending.endswith(".pdf"))
CAN_PRINT = bool(importlib.util.find_spec("weasyprint") and find_library("pango-1.0"))

needs_printing = pytest.mark.skipif(
    not CAN_PRINT, reason="there is no WeasyPrint, or no Pango: apt install libpango-1.0-0"
)
#: Every format, of which those that print are left out where they cannot.
ALL_FORMS = [pytest.param(form, marks=needs_printing) if form in PDF_FORMS else form for form in FORMATS]
