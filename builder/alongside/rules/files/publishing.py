"""Rows for what a site may be made of: files, addresses, and what mkdocs.yml may say.

Their checks are where these things are known: the door to files, the table of addresses, the reader of the configuration.
"""

from __future__ import annotations

from alongside.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "L114",
        "no-ordinary-file",
        "error",
        "site",
        "a link, a pipe or a device where an ordinary file belongs",
        "A symbolic link can lead to any file of the computer on which the site is built, also to its secrets, and a pipe keeps it "
        "waiting for ever. So none is followed in modules/, content/ and theme/, wherever it leads. "
        "Put the file itself there. A name that is not UTF-8 text and a folder with far too much in it are refused in the same way.",
        bad="content/logo.svg -> ../../brand/logo.svg\n",
        good="content/logo.svg\n",
    ),
    Rule(
        "L115",
        "setting-not-needed",
        "error",
        "site",
        "something in mkdocs.yml that Alongside does not need",
        "MkDocs can run programs that this file names: hooks, plugins, extensions, templates. Whoever may propose a change to it "
        "could run anything, so alongside check and alongside build accept only what they need themselves. "
        "An organisation that wants such things builds with mkdocs build, which obeys all of the file.",
        bad="hooks: [numbers.py]\n",
        good="site_name: Riverside Mentors\n",
    ),
    Rule(
        "L116",
        "tagged-setting",
        "error",
        "site",
        "a value in mkdocs.yml with a ! before it",
        "Such a mark can run a program, or publish a secret of the computer on which the site is built. "
        "Write the value itself. An organisation that needs the mark builds with mkdocs build.",
        bad="site_name: !ENV NAME\n",
        good="site_name: Riverside Mentors\n",
    ),
    Rule(
        "L117",
        "setting-unusable",
        "error",
        "site",
        "a value in mkdocs.yml that says nothing about the site",
        "The name of the site, its address and the folder into which it is built are texts, and the address is one at which "
        "browsers find a site: https:// and the name of a computer. With any other the site would lack what is made of it, such as its map.",
        bad="site_url: learn.riverside.example\n",
        good="site_url: https://learn.riverside.example/\n",
    ),
    Rule(
        "M112",
        "address-twice",
        "error",
        "site",
        "two pages or files with one address",
        "Only one of the two would be on the site, and the other would be lost without a word. Capitals do not count, "
        "since many hosts do not tell them apart. Rename one of the two; for what belongs to the site itself, rename yours.",
        bad="content/glossary.md\n",
        good="content/our-words.md\n",
    ),
)
