"""What stands around the body of every page, as plain values that `base.html` shows.

Any engine hands these to the page's template, so that the same page comes out of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from alongside.load.project import Project
from alongside.model.pages import bar, foot
from alongside.render.page import Page

WORDS = {
    "site": "Site",
    "contents": "Contents",
    "breadcrumb": "Breadcrumb",
    "around": "Previous and next",
    "private": "No account, no cookies, no tracking. What you type stays in this browser.",
    "not_therapy": "This course is for learning. It is not therapy, medical or legal advice, and finishing it is not a certificate.",
    "leave": "Leave this site",
    "hosted_by": "This site is run by",
}


@dataclass(frozen=True)
class Frame:
    """What is the same on every page of a site."""

    site_name: str
    policy: str
    logo: str | None
    organisation: str | None
    foot_links: tuple[tuple[str, str], ...]
    #: Where the link leads that leaves the site at once, if the organisation wants one.
    quick_exit: str | None
    #: A fingerprint of everything that is published, for the service worker; empty where there is none.
    version: str
    #: Where the site starts on its server, for the page that is served at any depth.
    top: str

    def root_of(self, page: Page) -> str:
        """The way from a page to the top of the site."""
        return self.top if page.kind == "missing" else page.root

    def around(self, page: Page) -> dict[str, Any]:
        """What `base.html` shows around the body of a page."""
        return {
            "kind": page.kind,
            "stands_in": page.stands_in,
            "language": page.language,
            "direction": page.direction,
            "description": page.description,
            "head_title": self.site_name if page.kind == "home" else f"{page.title} – {self.site_name}",
            "root": self.root_of(page),
            "policy": self.policy,
            "quick_exit": self.quick_exit,
            "version": self.version,
            "styles": page.styles,
            "scripts": page.scripts,
            "logo": self.logo,
            "organisation": self.organisation,
            "words": WORDS,
            "site_links": [
                {"title": row.title, "url": row.url, "help": row.urgent, "current": row.url == page.url}
                for row in bar()
            ],
            "foot_links": [{"title": title, "url": url} for title, url in self.foot_links],
            "outline": page.outline
            and {
                "title": page.outline.title,
                "url": page.outline.url,
                "formerly": page.outline.formerly,
                "current": page.outline.url == page.url,
                "links": page.outline.links,
            },
            "breadcrumbs": page.breadcrumbs,
            "previous": page.previous,
            "next": page.next,
        }


def frame_of(  # noqa: PLR0913  # what the engine knows and the project does not
    project: Project, urls: Iterable[str], *, site_name: str, policy: str, top: str, version: str = ""
) -> Frame:
    """The frame of a site whose pages stand at `urls`."""
    organisation = project.settings.organisation
    known = set(urls)
    return Frame(
        site_name=site_name,
        policy=policy,
        logo=organisation.logo and organisation.logo.removeprefix("content/"),
        organisation=organisation.name,
        foot_links=tuple((row.foot_title or row.title, row.url) for row in foot() if row.url in known),
        quick_exit=organisation.support.quick_exit,
        version=version,
        top=top,
    )
