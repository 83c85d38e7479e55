"""Draws with resvg in a program of its own, which `rasters.py` starts.

A drawing can ask for more memory or time than there is, and resvg then ends the program in which it runs. So it runs
where nothing else does, and knows nothing of Alongside: it is started without anything but Python itself and the folder in
which resvg is installed.
"""

from __future__ import annotations

import base64
import json
import sys

#: How many bytes it may take, where the system can say so.
MOST_MEMORY = 2 * 1024**3


def main() -> None:
    """Reads what to draw from its input, as `{"resvg": folder, "svgs": [text, …]}`, and writes the PNGs in base 64, a list too."""
    asked = json.load(sys.stdin)
    sys.path.append(asked["resvg"])
    try:
        import resource  # noqa: PLC0415  # Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, ValueError, OSError):  # it may have been told to take less
        pass
    import resvg_py  # noqa: PLC0415  # from the folder above

    made = [resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True) for svg in asked["svgs"]]
    json.dump([base64.b64encode(png).decode() for png in made], sys.stdout)


if __name__ == "__main__":
    main()
