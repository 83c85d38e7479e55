"""What HTML that came out of content may not hold, as a browser would find it."""

from __future__ import annotations

from urllib.parse import urlsplit

import html5lib

from alongside.render.markdown import ALLOWED_ATTRIBUTES, ALLOWED_CLASSES, ALLOWED_TAGS, SCHEMES

#: What we put around tables ourselves, after cleaning.
REGION = {"class": "table", "role": "region", "tabindex": "0"}


def forbidden(html: str) -> list[str]:
    """What a browser would find in the HTML that content may not hold."""
    fragment = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    found = []
    for element in list(fragment.iter())[1:]:
        tag = element.tag
        if not isinstance(tag, str):
            found.append("a comment")
            continue
        attributes = dict(element.attrib)
        if tag == "div" and REGION.items() <= attributes.items():
            found += [f"div {name}" for name in attributes.keys() - REGION.keys() - {"aria-label"}]
            continue
        if tag not in ALLOWED_TAGS:
            found.append(tag)
        classes = set(attributes.pop("class", "").split())
        if classes - ALLOWED_CLASSES.get(tag, set()):
            found.append(f"{tag} class")
        found += [
            f"{tag} {name}" for name in attributes.keys() - ALLOWED_ATTRIBUTES.get(tag, set()) - ALLOWED_ATTRIBUTES["*"]
        ]
        scheme = urlsplit(attributes.get("href", "").strip()).scheme
        if scheme and scheme not in SCHEMES:
            found.append(f"{tag} {scheme}:")
        if tag == "img" and not attributes.get("src", "site:m/media/").startswith("site:m/media/"):
            found.append(f"img {attributes['src']}")
    return found
