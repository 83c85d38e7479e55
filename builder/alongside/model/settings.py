"""What an organisation says in `mkdocs.yml`, below `plugins: - alongside:`.

Local facts live here and nowhere else: no telephone number or named service stands in a module.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from alongside.model.curriculum import LearningPath
from alongside.model.element import Day, Element, FilePath, Flag, Identifier, Line, Prose, Title, Waivable
from alongside.words.language import N_, Words

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


#: An address as a link can hold it, without signs that mean something else there.
EMAIL = r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
EmailAddress = Annotated[str, Field(pattern=EMAIL, max_length=200)]


def below_content(path: str) -> str:
    """The path of a file below `content/`, from where people who look at the whole folder of a site write it."""
    return path.removeprefix("content/")


#: Path of a file below `content/`.
ContentPath = Annotated[FilePath, AfterValidator(below_content), Field(max_length=200)]


#: A folder at an address with https, or on this computer to try it out, without a name of somebody and what comes behind a path.
STORE = r"^(https://[a-z0-9-]+(\.[a-z0-9-]+)*|http://(127\.0\.0\.1|localhost))(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?$"


class Colours(Element):
    """The organisation's colours. Where one is too light or too dark to be read, a shade of it is shown that can be."""

    primary: Colour = "#0b5d5e"
    """For the bar at the top, links and buttons. On a light colour, words are dark."""
    accent: Colour = "#0b5d5e"
    """For marks and highlights."""
    bar: Colour | None = None
    """For the bar at the top, if it is not to have the first colour. A light bar has dark words."""
    bar_ink: Colour | None = None
    """For the words in the bar, if they are not to be white or black. Their contrast with the bar is checked."""


class Font(Element):
    """The files of a font, each WOFF2 or WOFF and no larger than it needs to be: leave out letters that no text of yours has."""

    regular: ContentPath
    """Path of the upright file, below `content/`."""
    bold: ContentPath | None = None
    """Path of the bold file. Without it, browsers make the upright one bold."""
    italic: ContentPath | None = None
    """Path of the slanted file."""


class Fonts(Element):
    """Fonts of the organisation's own. Until they have come, and where a reader wants plain letters, pages have the letters of the device."""

    text: Font | None = None
    """For all that is read."""
    headings: Font | None = None
    """For headings and the name of the site."""


#: A name and a value of a custom property of the theme. Nothing in a value fetches anything, ends the rule or begins what
#: would not end in it: quotation marks stand in pairs, and no stroke before a star.
TokenName = Annotated[str, Field(pattern=r"^[a-z][a-z-]{0,30}$")]
TokenValue = Annotated[
    str,
    Field(
        max_length=200,
        pattern=(
            r"^(?:(?:rgb|hsl|oklch|clamp|min|max|calc)\((?:[-#%.,+*A-Za-z0-9 ]|/+[-#%.,+A-Za-z0-9 ])+\)"
            r"""|(?:[-#%.,+*A-Za-z0-9 ]|/+[-#%.,+A-Za-z0-9 ]|"[-A-Za-z0-9 ]*"|'[-A-Za-z0-9 ]*')+)$"""
        ),
    ),
]


class Style(Element):
    """Measures and colours of the theme, by their names in `theme/styles/tokens.css`."""

    light: dict[TokenName, TokenValue] = Field(default_factory=dict)
    """For everyone: `{measure: 44rem, paper: "#ffffff"}`."""
    dark: dict[TokenName, TokenValue] = Field(default_factory=dict)
    """Colours for whoever reads light words on dark."""


class OwnLink(Element):
    """An entry of the menu or of the foot that the site adds."""

    title: Title
    """What it says."""
    page: str | None = Field(default=None, max_length=200)
    """A page of the site: the path of one in `content/`, without its ending, or the id of a module."""
    url: str | None = Field(default=None, pattern=r"^https?://", max_length=300)
    """An address elsewhere, if it leads to no page of the site."""


class Emergency(Element):
    """What to do when someone is in immediate danger."""

    label: Title
    """A heading, such as "Immediate danger"."""
    how: Line
    """What to do, with the number to call."""


class Contact(Element):
    """A service or person that learners and mentees can turn to."""

    name: Title
    """Name of the service or person."""
    audience: Line | None = None
    """Whom it is for. Contacts for the same people stand together."""
    how: Line
    """How to reach it."""
    hours: Title | None = None
    """When it can be reached."""
    languages: Title | None = None
    """Languages spoken."""
    cost: Title | None = None
    """What it costs."""
    url: str | None = Field(default=None, pattern=r"^https?://", max_length=300)
    """Address of its website."""
    last_verified: Day | None = None
    """The day on which someone last checked these details."""
    verified_by: Title | None = None
    """Who checked them."""


class Lead(Element):
    """A named person who takes concerns."""

    name: Title
    """Name or role."""
    how: Line
    """How to reach this person."""


class Support(Element):
    """Local help, shown on the support page and beside sensitive lessons."""

    emergency: Emergency | None = None
    """What to do when someone is in immediate danger."""
    contacts: tuple[Contact, ...] = Field(default=(), max_length=30)
    """Services and people to turn to."""
    safeguarding_lead: Lead | None = None
    """Who takes concerns about safety."""
    coordinator: Lead | None = None
    """Who runs the programme from day to day."""
    out_of_hours: Line | None = None
    """What to do when nobody can be reached."""
    complaints: Line | None = None
    """How to complain about the programme or someone in it, and to whom, so that nobody has to tell the person it is about."""
    confidentiality_limits: Prose | None = None
    """What cannot stay private here, in plain words."""
    quick_exit: str | None = Field(default=None, pattern=r"^https://", max_length=300)
    """Address of an ordinary page, such as a weather forecast. Every page then has a link that goes there at once, and Back does not return."""
    jurisdiction: Title | None = None
    """Where these rules hold: a country, a state."""
    last_verified: Day | None = None
    """The day on which all of this was last checked. After 180 days there is a warning, and after a year learners do not get it."""

    @property
    def by_audience(self) -> list[tuple[str | None, list[Contact]]]:
        """Contacts of the same people together, in the order in which each group comes first. Those for anyone have no group."""
        groups: dict[str | None, list[Contact]] = {}
        for contact in self.contacts:
            groups.setdefault(contact.audience, []).append(contact)
        return list(groups.items())


class HostReview(Element):
    """Who at the organisation has read a module for safety, where nobody has who worked on it."""

    by: Title
    """Name or role of the person, such as your safeguarding lead. The page of the module shows it."""
    on: Day
    """The day on which they did, as 2026-11-20."""


#: The first number of a public key for RSA, of 2048 to 4096 bits, as JSON Web Key writes it.
Modulus = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{342,683}$")]


class Statements(Element):
    """What others need to check completion statements that you have signed with `alongside statements`."""

    keys: tuple[Modulus, ...] = Field(default=(), max_length=20)
    """Public parts of your keys, as `alongside statements new-key` says them. Each is a file of the site. Keep those of earlier keys here for as long as what they signed is to hold."""


class Organisation(Element):
    """Who hosts the site."""

    name: Title | None = None
    """Name of the organisation, shown in the footer. Where the site is built on the bundled curriculum, it is the name of the site unless you say another."""
    logo: ContentPath | None = None
    """Path of a logo below `content/`, for the bar at the top. It says nothing that the name beside it doesn’t."""
    logo_dark: ContentPath | None = None
    """Path of the logo for whoever reads light words on dark."""
    logo_print: ContentPath | None = None
    """Path of the logo on paper. Without it, paper has the name alone."""
    icon: ContentPath | None = None
    """Path of a square picture, SVG or PNG, that browsers show beside the name of the page."""
    touch_icon: ContentPath | None = None
    """Path of an SVG, or of a square PNG of at least 512 points a side, for the start screen of telephones. Icons in all sizes are made from it; without it, from the icon, or from a logo that is an SVG."""
    home_picture: ContentPath | None = None
    """Path of the picture on the home page. It says nothing that the words there don’t."""
    share_picture: ContentPath | None = None
    """Path of a PNG or JPEG, 1200 points wide and 630 high, or of an SVG, that messengers show beside a link to the site. Without it, one is made from a logo that is an SVG. It needs `site_url`."""
    colours: Colours = Colours()
    """The organisation's colours."""
    corrections: EmailAddress | None = None
    """An address to which readers may write that a page is unclear or wrong. Pages of the course then have a link that opens a message to it; nothing is sent by itself."""
    fonts: Fonts = Fonts()
    """Fonts of your own."""
    style: Style = Style()
    """Measures and colours of the theme that are to be others."""
    support: Support = Support()
    """Local help."""
    statements: Statements = Statements()
    """What others need to check completion statements that you have signed."""


class Xapi(Element):
    """A store of records (xAPI) of the organisation’s own, which hears what a learner has finished once they have switched that on. Nothing else is told, and nothing before."""

    endpoint: Annotated[str, Field(pattern=STORE, max_length=300)]
    """Address of the store, with https. Statements go to `statements` below it."""
    told: Line
    """Who reads it, what for, and when it is deleted. Learners see this before they switch it on."""
    key: Annotated[str, Field(pattern=r"^[!-9;-~]{1,200}$")] | None = None
    """Name of a key that may write statements and can read none. Everybody can see it in the pages. Leave it out where the store, or something of yours before it, takes statements without."""
    secret: Annotated[str, Field(pattern=r"^[!-~]{1,200}$")] | None = None
    """What goes with the key. It is no secret: everybody can see it too."""

    @property
    def origin(self) -> str:
        """The part of the address by which browsers tell sites apart."""
        parts = urlsplit(self.endpoint)
        return f"{parts.scheme}://{parts.netloc}"


class Cohort(Element):
    """A version of the course that stays as it is for those who began with it, at an address of its own: its name below the site."""

    title: Title
    """What it is called, such as “Spring 2027”."""
    note: Line | None = None
    """Whom it is for, and from when to when, in your words."""
    sum: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """The SHA-256 of its archive, `cohorts/NAME.zip`, as `alongside export cohort` says it. The archive holds scripts that run on your site, so no other one is taken."""


class Settings(Waivable):
    """Everything below `- alongside:` in `mkdocs.yml`."""

    layers: tuple[str, ...] = (".",)
    """Where modules come from, later entries before earlier ones: `bundled` for the curriculum that comes with the package, `.` for this folder, or the path of another."""
    leave_out: tuple[Identifier, ...] = ()
    """Ids of modules that the site does not show."""
    paths: dict[Identifier, LearningPath] = Field(default_factory=dict)
    """Tracks that replace those of the curriculum by id."""
    organisation: Organisation = Organisation()
    """Who hosts the site."""
    reviewed: dict[Identifier, HostReview] = Field(default_factory=dict)
    """Modules that someone of yours has read for safety, by id. A site for learners has no module on a hard subject, or for the time before a first meeting, that no safeguarding lead has read."""
    menu: tuple[OwnLink, ...] = Field(default=(), max_length=8)
    """What the menu has besides, first of all."""
    foot: tuple[OwnLink, ...] = Field(default=(), max_length=12)
    """What the foot of every page has besides."""
    leave_out_pages: tuple[str, ...] = ()
    """Pages of `content/` that the site does not show, by their paths without the ending, such as `for-organisations`. Links to them fall back to their words."""
    redirects: dict[str, str] = Field(default_factory=dict)
    """Addresses that led somewhere before, such as `welcome/start.html`, each with the page of this site to which it leads now, such as `foundations/six-roles`. What was renamed with `formerly` needs none."""
    cohorts: dict[Identifier, Cohort] = Field(default_factory=dict, max_length=50)
    """Versions of the course that stay beside the current one for groups who began with them, by the name that each has in its address."""
    xapi: Xapi | None = None
    """A store of records of your own that may hear what learners have finished, each of whom has to switch it on. The headers of your server have to let pages reach it."""
    author_pages: Flag = False
    """Whether the site has pages for authors: what stands in `content/authors/`, every field, every kind of question, every rule."""
    offline: Flag = True
    """Whether the site can be installed, and keeps pages that were opened for when there is no connection."""
    recording: Flag = False
    """Whether learners may record themselves where they practise aloud. The recording stays in the page and goes nowhere; the headers of your server have to let the site ask for the microphone, `microphone=(self)` in `Permissions-Policy`."""
    release: Flag = False
    """Whether learners use the site. Missing or outdated local facts, modules that nobody has read for safety and every `(write here: …)` are then errors, and it is not built with them; drafts are left out."""


#: Local facts that content may use as `{{ name }}`. The list is closed.
SLOTS: tuple[str, ...] = (
    "organisation.name",
    "organisation.safeguarding.name",
    "organisation.safeguarding.how",
    "organisation.coordinator.name",
    "organisation.coordinator.how",
    "organisation.emergency.how",
    "organisation.jurisdiction",
    "organisation.out_of_hours",
    "organisation.complaints",
)

#: What a slot says until the organisation fills it in, in English. Some who learn belong to no programme.
SLOT_DEFAULTS: dict[str, str] = {
    "organisation.name": N_("your organisation"),
    "organisation.safeguarding.name": N_("your safeguarding lead"),
    "organisation.safeguarding.how": N_(
        "whoever runs your programme can say who that is, and without a programme you can turn to a doctor or to someone you trust"
    ),
    "organisation.coordinator.name": N_("your coordinator"),
    "organisation.coordinator.how": N_(
        "whoever signed you up can put you in touch, and if nobody did, talk to someone you trust"
    ),
    "organisation.emergency.how": N_("call the emergency number where you are"),
    "organisation.jurisdiction": N_("where you live"),
    "organisation.out_of_hours": N_(
        "turn to a doctor or a helpline, and in danger call the emergency number where you are"
    ),
    "organisation.complaints": N_(
        "whoever runs your programme has to say how, and without a programme you can turn to someone you trust"
    ),
}


#: What a slot says instead while another one is filled in, by that other one: who can say more has a name.
SLOT_DEFAULTS_BESIDE: dict[str, tuple[str, str]] = {
    "organisation.safeguarding.how": ("organisation.coordinator.name", N_("%(name)s can say who that is")),
    "organisation.coordinator.how": ("organisation.safeguarding.name", N_("%(name)s can put you in touch")),
}


def slot_words(organisation: Organisation, words: Words) -> dict[str, str]:
    """What each slot says: the organisation's own words, or ours for as long as it has filled in nothing."""
    values = slot_values(organisation)
    return {slot: _without_stop(value) if value else _unfilled(slot, values, words) for slot, value in values.items()}


def _without_stop(value: str) -> str:
    """The value without a last full stop: the sentence that it stands in has its own."""
    return value.removesuffix(".")


def _unfilled(slot: str, values: Mapping[str, str | None], words: Words) -> str:
    other, said = SLOT_DEFAULTS_BESIDE.get(slot, ("", ""))
    name = values.get(other)
    return words.gettext(said, name=name) if name else words.gettext(SLOT_DEFAULTS[slot])


def slot_values(organisation: Organisation) -> dict[str, str | None]:
    """The value of each slot, `None` where the organisation has not filled it in."""
    support = organisation.support
    lead, coordinator, emergency = support.safeguarding_lead, support.coordinator, support.emergency
    return {
        "organisation.name": organisation.name,
        "organisation.safeguarding.name": lead.name if lead else None,
        "organisation.safeguarding.how": lead.how if lead else None,
        "organisation.coordinator.name": coordinator.name if coordinator else None,
        "organisation.coordinator.how": coordinator.how if coordinator else None,
        "organisation.emergency.how": emergency.how if emergency else None,
        "organisation.jurisdiction": support.jurisdiction,
        "organisation.out_of_hours": support.out_of_hours,
        "organisation.complaints": support.complaints,
    }
