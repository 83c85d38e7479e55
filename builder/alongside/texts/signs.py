"""The signs of our own in prose: `[[term]]`, `[[term|words]]`, `[@source]`, `{{ slot }}` and `[words]{lang=cy}`.

Rules, pages, packs and the comparison of options all ask here. A name is looked up without the spaces around it.
"""

from __future__ import annotations

import re

#: A glossary term, and the words that stand for it.
TERM = re.compile(
    r"\[\[(?P<name>[^\[\]|`\\]*[^\[\]|`\\\s][^\[\]|`\\]*)(?:\|(?P<words>[^\[\]|]*[^\[\]|\s][^\[\]|]*))?\]\]"
)
#: A source that the text relies on.
CITATION = re.compile(r"\[@(?P<name>[^\[\]`\\]*[^\[\]`\\\s][^\[\]`\\]*)\]")
#: A local fact.
SLOT = re.compile(r"\{\{(?P<name>[^{}`\\]*[^{}`\\\s][^{}`\\]*)\}\}")
#: What follows words in square brackets that are of another language.
LANGUAGE = re.compile(r"\{lang=(?P<tag>[A-Za-z0-9-]+)\}")

#: What each sign begins with, and how it is written as a whole.
FORMS = {
    "[[": "[[term]] or [[term|other words]]",
    "[@": "[@source]",
    "{{": "{{ organisation.name }}",
    "{lang": "[words]{lang=cy}",
}
