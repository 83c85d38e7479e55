"""All modules of a theme as one classic script, for pages that are opened from a disk: browsers load no modules there.

The script is `elements/on-disk/bundle.js` of the theme with the modules in it, each as a function. A module in
`elements/on-disk/` takes the place of the one with its name in `elements/`: what the site asks a server for, it asks for
in another way. Where it imports the one whose place it takes, it gets that.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from alongside.files.problems import BuildError, quoted
from alongside.render.scripts import AS, LATER, Script, Source, beside, joined_files, read, roots_of

#: Where the script is made from, and where it stands among the files of the pages.
FOLDER = "elements/on-disk/"
TEMPLATE, BUNDLE = f"{FOLDER}bundle.js", "elements/bundle.js"
PLACE = "MODULES={}"
#: Stands behind the name of a module whose place another one takes.
REPLACED = "?site"
#: What is loaded later by an address that a script works out.
WORKED_OUT = re.compile(r"\bimport\((?=new URL\()")
#: The call by which a script hands over a text, as `elements/on-disk/texts.js` knows it.
HAND_OVER = "alongsideText"


def bundle(source: Source, addresses: Sequence[str]) -> bytes:
    """The script with the modules at `addresses`. A page starts those that its script element names.

    Raises `BuildError` where a module imports or exports in a way that has no place in a classic script.
    """
    template = source(TEMPLATE) or ""
    if PLACE not in template:
        raise BuildError(f"{TEMPLATE} of the theme has no {PLACE}, where the modules are put")
    addresses = [name for name in addresses if name != TEMPLATE]
    instead = {f"elements/{posixpath.basename(name)}": name for name in addresses if name.startswith(FOLDER)}
    modules = dict(_modules(source, addresses, instead))
    listed = ",\n".join(f"{json.dumps(name)}:{made}" for name, made in sorted(modules.items()))
    return f'"use strict";{template.replace(PLACE, f"MODULES={{{listed}}}")}\n'.encode()


def _modules(source: Source, addresses: Sequence[str], instead: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each module by its address, and each file that pages of the site load, which needs the modules in it."""
    for address in addresses:
        replaced = f"elements/{posixpath.basename(address)}" if address.startswith(FOLDER) else ""
        name = f"{address}{REPLACED}" if address in instead else address
        yield name, _as_function(address, source(address) or "", replaced)
    for file in joined_files():
        yield file, _needing(roots_of(file))
    for address, other in instead.items():
        yield address, f"need=>need({json.dumps(other)})"


def _needing(addresses: Sequence[str]) -> str:
    return f"need=>{{{''.join(f'need({json.dumps(address)});' for address in addresses)}return{{}}}}"


def _as_function(address: str, text: str, replaced: str) -> str:
    """A module as a function: what it needs comes first, and what it exports is what the function gives.

    `replaced` is the module whose place it takes, if it is one of those.
    """
    script = read(address, text, anywhere=True)
    if script is None:
        raise BuildError(
            f"the script {quoted(address)} of the theme imports or exports in a way that pages on a disk cannot have; "
            'write import { … } from "./…" at the top, and export before const, function or class'
        )
    body = LATER.sub(lambda found: f"$later({json.dumps(beside(address, found[2]))})", script.text)
    body = WORKED_OUT.sub("$later(", body).replace("import.meta", "$meta")
    return (
        f"($need,$later,$meta)=>{{{''.join(_imports(script, replaced))}{body}\nreturn{{{','.join(script.exports)}}}}}"
    )


def _imports(script: Script, replaced: str) -> Iterator[str]:
    for address, names in script.imports:
        given = f"$need({json.dumps(f'{address}{REPLACED}' if address == replaced else address)});"
        yield f"const{{{AS.sub(':', names)}}}={given}" if names else given


def as_script(address: str, text: str) -> bytes:
    """A script that hands over a text, which no page on a disk could load in another way."""
    return f"{HAND_OVER}({json.dumps(address)},{json.dumps(text, ensure_ascii=False)});\n".encode()
