"""The course as a folder of pages that open from a disk or memory stick, without a server."""

from __future__ import annotations

from alongside.exporters.label import LABEL, Label
from alongside.exporters.selection import Selection, Written

OURS = Label("alongside export offline")


def write(selection: Selection) -> Written:
    """The folder, with the number of its pages."""
    pages = selection.pages
    return Written({**pages.files(), LABEL: _label(selection).encode()}, len(pages.pages))


def _label(selection: Selection) -> str:
    _ = selection.voice.words.gettext
    return f"""\
{selection.title}

{_("To start, open index.html in a browser. Nothing has to be installed, and no connection is needed.")}
{_("In an archive it opens only once all of it has been unpacked.")}
{_("Chrome and Edge remember what you have done, on this computer. Firefox forgets it when you leave a page.")}
{_("To take it to another computer, save a file on the page “Your progress” and open it there.")}

{OURS.mark}
"""
