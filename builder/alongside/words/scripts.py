"""The part of a catalogue that scripts need, as a script that a page loads before all others: data and one call."""

from __future__ import annotations

import json
from collections.abc import Iterable

from alongside.words.language import Words
from alongside.words.template import messages_of

#: The form of numbers up to here is told. From then on the last hundred repeats itself, in every language that gettext knows.
TOLD = 200


def script(words: Words, scripts: Iterable[bytes]) -> bytes:
    """The messages of `scripts` in the language of `words`, for `use` in `theme/elements/words.js`.

    A message with forms is a list, and `forms` has a digit for each number below `TOLD` that says which of them goes with it.
    """
    said: dict[str, str | list[str]] = {}
    for content in scripts:
        for _, found, _, context in messages_of(content, ".js"):
            if context is not None:  # a script of an organisation's own; `elements/words.js` knows no context
                continue
            english = found if isinstance(found, str) else found[0]
            forms = words.messages.get(("", english))
            if forms:
                said[english] = forms[0] if isinstance(found, str) else list(forms)
    data = {"forms": "".join(str(words.plural(number)) for number in range(TOLD)), "words": dict(sorted(said.items()))}
    return (
        f'import{{use}}from"../words.js";use({json.dumps(data, ensure_ascii=False, separators=(",", ":"))});\n'.encode()
    )
