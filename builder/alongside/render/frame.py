"""What stands around the body of every page, as plain values that `base.html` shows.

Any engine hands these to the page's template, so that the same page comes out of all of them.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from alongside.load.brand_pictures import TOUCH_SIDES
from alongside.load.project import Project
from alongside.model.pages import Kind, bar, foot, menu
from alongside.model.settings import OwnLink, Xapi
from alongside.render.assets import SHARE_PICTURE, TOUCH_ICON
from alongside.render.brand import icon_of
from alongside.render.classic import BUNDLE
from alongside.render.feed import FEED
from alongside.render.machine_readable import described_by
from alongside.render.page import Asset, Link, Page, file_of
from alongside.words.language import Words
from alongside.words.translations import read_words

#: Kinds of page that say something that could be unclear or wrong. Help is read by people who need something else.
CORRECTED: frozenset[Kind] = frozenset({"lesson", "quiz", "module", "path", "list", "text"})

#: Kinds of page on which something can be finished, and the page with the switch for telling of it.
SHARING: frozenset[Kind] = frozenset({"lesson", "quiz"})
SWITCH = "sharing/"


@dataclass(frozen=True)
class Frame:
    """What is the same on every page of a site."""

    site_name: str
    policy: str
    #: Addresses of pictures of the organisation: on light, on dark, on paper, beside the name of the page.
    logo: str | None
    logo_dark: str | None
    logo_print: str | None
    icon: tuple[str, str]
    touch_icon: str | None
    #: The whole address of the picture that messengers show beside a link, and that of the site.
    share_picture: str | None
    organisation: str | None
    #: What the site is in a sentence, who made it, and what it says of rights; empty where the settings say nothing.
    description: str
    author: str
    copyright: str
    #: The words of a language, by its code.
    words: Callable[[str], Words]
    #: Names in English, and addresses.
    foot_links: tuple[tuple[str, str], ...]
    #: Entries of the organisation's own, in its own words.
    own_menu: tuple[dict[str, str], ...]
    own_foot: tuple[dict[str, str], ...]
    #: Where the link leads that leaves the site at once, if the organisation wants one.
    quick_exit: str | None
    #: Where readers may write that a page is unclear, if the organisation wants to know.
    corrections: str | None
    #: Whether pages ask a service worker to keep them.
    offline: bool
    #: Where the site starts on its server, for the page that is served at any depth.
    top: str
    #: Whether pages stand as files that no server gives out: what leads to a folder on the site leads to its page here.
    as_files: bool = False
    #: Scripts that every page with scripts starts before its own.
    first_scripts: tuple[str, ...] = ()
    #: Whether a learning platform keeps what learners have done, and nothing stays in the browser.
    in_platform: bool = False
    #: Whether the frame around it lets neither forms nor files nor windows out.
    confined: bool = False
    #: Whether there is a feed of what changed, which the home page names.
    feed: bool = False
    #: The name and title of the cohort for which this version of the course stays, if it is not the current one.
    cohort: tuple[str, str] | None = None
    #: The store of records that may hear what learners finish, if the organisation has one: its address and what is said
    #: of a key, which may be empty. And the whole address of the site.
    store: tuple[str, str] | None = None
    site: str = ""

    def address(self, url: str) -> str:
        """An address of the site as pages write it, behind the way to the top."""
        return file_of(url) if self.as_files else url

    def _to(self, link: Link) -> Link:
        return replace(link, url=self.address(link.url))

    def root_of(self, page: Page) -> str:
        """The way from a page to the top of the site."""
        return self.top if page.kind == "missing" else page.root

    def shown(self, page: Page, canonical_url: str | None = None) -> dict[str, Any]:
        """What `base.html` is given to show a page."""
        content = page.resolved_body(self.root_of(page), as_files=self.as_files)
        it = SimpleNamespace(meta=self.around(page), content=content, canonical_url=canonical_url)
        return {"page": it, "config": SimpleNamespace(site_name=self.site_name)}

    def around(self, page: Page) -> dict[str, Any]:
        """What `base.html` shows around the body of a page."""
        words = self.words(page.language)
        return {
            "kind": page.kind,
            "stands_in": page.stands_in,
            "leads_to": self.address(page.leads_to) if page.leads_to else "",
            "draft": page.draft,
            "language": page.language,
            "direction": page.direction,
            "description": (self.description if page.kind == "home" else "") or page.description,
            "author": self.author,
            "copyright": self.copyright,
            "head_title": self.site_name if page.kind == "home" else f"{page.title} – {self.site_name}",
            "root": self.root_of(page),
            "home": self.address(""),
            "bundle": BUNDLE if self.as_files else "",
            "in_platform": self.in_platform,
            "confined": self.confined,
            "policy": self.policy,
            "quick_exit": self.quick_exit,
            "cohort": self.cohort[0] if self.cohort else "",
            "current": self._current(page, words),
            "offline": self.offline,
            "feed": FEED if self.feed and page.kind == "home" else None,
            "described_by": None if self.as_files else described_by(page.kind, page.url),
            "styles": page.styles,
            "scripts": (*self.first_scripts, *page.scripts) if page.scripts else (),
            "scripts_in_use": page.scripts_in_use,
            "logo": self.logo,
            "logo_dark": self.logo_dark,
            "logo_print": self.logo_print,
            "icon": {"url": self.icon[0], "type": self.icon[1]},
            "touch_icon": self.touch_icon,
            "share_picture": self.share_picture,
            "site_name": self.site_name,
            "words": self._frame_words(words),
            "site_links": [
                {
                    "title": words.gettext(row.title),
                    "url": self.address(row.url),
                    "help": row.urgent,
                    "current": row.url == page.url,
                }
                for row in bar()
            ],
            "own_menu": [
                link | {"url": self.address(link["url"]), "current": link["url"] == page.url} for link in self.own_menu
            ],
            "own_foot": [link | {"url": self.address(link["url"])} for link in self.own_foot],
            "menu_links": [
                {
                    "title": words.gettext(row.title),
                    "url": self.address(row.url),
                    "also": row.bar,
                    "current": row.url == page.url,
                }
                for row in menu()
            ],
            "foot_links": [{"title": words.gettext(title), "url": self.address(url)} for title, url in self.foot_links],
            "outline": page.outline
            and {
                "title": page.outline.title,
                "url": self.address(page.outline.url),
                "formerly": page.outline.formerly,
                "current": page.outline.url == page.url,
                "links": [self._to(link) for link in page.outline.links],
            },
            "breadcrumbs": page.breadcrumbs and [self._to(link) for link in page.breadcrumbs],
            "previous": page.previous and self._to(page.previous),
            "next": page.next and self._to(page.next),
            "unclear": self._unclear(page, words),
            "sharing": self._sharing(page, words),
        }

    @staticmethod
    def _current(page: Page, words: Words) -> dict[str, str]:
        """The way from a version that stays as it is to the current one. Help leads to help, which is kept up to date there."""
        if page.kind == "support":
            title = words.gettext("Help may have changed since. Go to help in the current version")
            return {"title": title, "url": page.url}
        return {"title": words.gettext("Go to the current version"), "url": ""}

    def _sharing(self, page: Page, words: Words) -> dict[str, str] | None:
        """What a page says and knows on which something can be finished, or that has the switch, where there is a store of records."""
        if self.store is None or not (page.kind in SHARING or page.url == SWITCH):
            return None
        outline = page.outline
        return {
            "said": words.gettext("%(organisation)s may hear when you finish something here, if you switch it on.", organisation=self.organisation or self.site_name),
            "link": words.gettext("What would be shared"),
            "switch": SWITCH if page.url == SWITCH else "",
            "endpoint": self.store[0],
            "authorization": self.store[1],
            "site": self.site,
            "course": self.site_name,
            "module": outline.url.strip("/") if outline else "",
            "module_title": outline.title if outline else "",
            "part": page.url.split("/")[1] if outline else "",
            "kind": page.kind,
            "title": page.title,
            "version": outline.version if outline else "",
        }  # fmt: skip

    def _unclear(self, page: Page, words: Words) -> dict[str, str] | None:
        """The link to a message that says that a page is unclear, where somebody wants to hear of it."""
        if not self.corrections or page.kind not in CORRECTED:
            return None
        version = page.outline.version if page.outline else ""
        named = words.gettext("%(title)s, version %(version)s", title=page.title, version=version)
        subject = words.gettext(
            "Unclear: %(page)s (%(address)s)", page=named if version else page.title, address=page.url
        )
        return {
            "title": words.gettext("This page was unclear or wrong? Write to us."),
            "note": words.gettext("Your mail program opens. Nothing is sent until you send it."),
            "href": f"mailto:{self.corrections}?subject={quote(subject)}",
        }

    def _frame_words(self, words: Words) -> dict[str, str]:
        """What the frame itself says, by the name that the template has for it."""
        return {
            "skip": words.gettext("Skip to content"),
            "site": words.gettext("Site"),
            "menu": words.gettext("Menu"),
            "contents": words.gettext("Contents"),
            "breadcrumb": words.gettext("Breadcrumb"),
            "around": words.gettext("Previous and next"),
            "previous": words.gettext("Previous"),
            "next": words.gettext("Next"),
            "private": words.gettext(
                "Your learning platform gets your score and what you have finished. What you write stays on this page."
            )
            if self.in_platform
            else words.gettext(
                "No account, no cookies. What you type stays in this browser. What you finish is told only if you switch that on."
            )
            if self.store
            else words.gettext("No account, no cookies, no tracking. What you type stays in this browser."),
            "not_therapy": words.gettext(
                "This course is for learning. It is not therapy, medical or legal advice, and finishing it is not a certificate."
            ),
            "leave": words.gettext("Leave this site"),
            "leaving": words.gettext("Way out"),
            # Translators: a version of the course that stays as it is for a group who began with it; %(title)s is its title.
            "version": words.gettext("This is the version of the course called “%(title)s”.", title=self.cohort[1])
            if self.cohort
            else "",
            "draft": words.gettext("This is a draft. Learners do not get this page until it is ready."),
            # Translators: beside the link “Leave this site”.
            "leave_key": words.gettext("or press the Shift key three times"),
            # Translators: shown only where a file was opened out of an archive, so that nothing else of the course is there.
            "alone": words.gettext(
                "If you can read this, only this one file was opened. Unpack the whole ZIP archive into a folder first, "
                "then open index.html there."
            ),
            "run_by": words.gettext("This site is run by %(organisation)s.", organisation=self.organisation)
            if self.organisation
            else "",
        }


def frame_of(  # noqa: PLR0913  # what the engine knows and the project does not
    project: Project,
    urls: Iterable[str],
    *,
    site_name: str,
    policy: str,
    top: str,
    offline: bool = False,
    as_files: bool = False,
    first_scripts: Sequence[str] = (),
    in_platform: bool = False,
    confined: bool = False,
    assets: Iterable[Asset] = (),
) -> Frame:
    """The frame of a site whose pages stand at `urls`, beside the files in `assets`. The values that can be left out are as in `Frame`."""
    organisation = project.settings.organisation
    known, files = set(urls), {asset.url for asset in assets}
    touch_icon = TOUCH_ICON.format(TOUCH_SIDES[0])
    share_picture = SHARE_PICTURE if SHARE_PICTURE in files else organisation.share_picture
    return Frame(
        site_name=site_name,
        policy=policy,
        logo=organisation.logo,
        logo_dark=organisation.logo_dark,
        logo_print=organisation.logo_print,
        icon=icon_of(organisation),
        touch_icon=touch_icon if touch_icon in files else None,
        share_picture=None if as_files else _whole(project, share_picture),
        organisation=organisation.name,
        description=project.description,
        author=project.author,
        copyright=project.copyright,
        words=partial(_words, project),
        foot_links=tuple((row.foot_title or row.title, row.url) for row in foot() if row.url in known),
        own_menu=tuple(_own(link) for link in project.settings.menu if link.url or _address(link) in known),
        own_foot=tuple(_own(link) for link in project.settings.foot if link.url or _address(link) in known),
        # It would leave the frame of a platform and not the platform.
        quick_exit=None if in_platform else organisation.support.quick_exit,
        corrections=organisation.corrections,
        offline=offline,
        top=top,
        as_files=as_files,
        first_scripts=tuple(first_scripts),
        in_platform=in_platform,
        confined=confined,
        feed=FEED in files,
        cohort=project.cohort,
        store=_store(project.settings.xapi),
        site=project.whole_address,
    )


def _store(store: Xapi | None) -> tuple[str, str] | None:
    """The address of a store of records, and the head of a request that says the key (RFC 7617), empty where there is none."""
    if store is None:
        return None
    keyed = store.key and store.secret
    return store.endpoint, f"Basic {b64encode(f'{store.key}:{store.secret}'.encode()).decode()}" if keyed else ""


def _own(link: OwnLink) -> dict[str, str]:
    return {"title": link.title, "url": _address(link), "elsewhere": link.url or ""}


def _address(link: OwnLink) -> str:
    """Where an entry of the organisation's own leads on the site."""
    page = (link.page or "").strip("/")
    return f"{page.removesuffix('/index')}/" if page not in {"", "index"} else ""


def _whole(project: Project, address: str | None) -> str | None:
    """The whole address of a file, since messengers know no other; `None` where nobody says where the site will stand."""
    return f"{project.address[0].rstrip('/')}/{address}" if project.address and address else None


def _words(project: Project, language: str) -> Words:
    return read_words(language, project.theme_folders)[0]
