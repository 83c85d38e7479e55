"""Keys of completion statements, and signatures by them: JSON Web Signatures (RFC 7515) with RS256.

The one file that knows the library for it, joserfc, which is an extra and is imported only here.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from alongside.files import door
from alongside.model.statement_keys import ALGORITHM, EXPONENT, is_whole, key_url, public_key
from alongside.reports.statements import NotHeldError

#: How long new keys are, in bits: more than enough until 2030 and later (NIST SP 800-57).
BITS = 3072
#: Largest file of a key, and of a signed statement.
LARGEST_KEY, LARGEST = 16_000, 200_000
#: What the head of a statement has; Open Badges 3.0 allows nothing else in it (8.2.4.1).
HEADERS = frozenset({"alg", "kid", "typ"})
#: Numbers that only a private key has.
PRIVATE = ("d", "p", "q", "dp", "dq", "qi")


class KeyRefusedError(ValueError):
    """A file of a key is not used; says why."""


def there() -> bool:
    """Whether the library is installed."""
    return find_spec("joserfc") is not None


def new_key() -> dict[str, str]:
    """A new private key, as JSON Web Key."""
    jwk: Any = import_module("joserfc.jwk")
    made: dict[str, str] = jwk.RSAKey.generate_key(BITS).as_dict(private=True)
    return public_key(made["n"]) | {name: made[name] for name in PRIVATE}


def write_key(path: Path, key: Mapping[str, str]) -> None:
    """Writes a private key that nobody else may read, in the place of nothing. May raise `OSError`."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        json.dump(dict(key), stream, indent=1)
        stream.write("\n")


def read_key(path: Path, *, private: bool) -> dict[str, str]:
    """The key in a file. Raises `KeyRefusedError` where it is none, or where others may read what is private."""
    try:
        content, mode = door.read(path, LARGEST_KEY), path.lstat().st_mode
    except OSError as error:
        raise KeyRefusedError(f"it cannot be read: {error.strerror or 'it is no ordinary file'}") from None
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        value = None
    wanted = ("n", *(PRIVATE if private else ()))
    whole = (
        isinstance(value, dict)
        and value.get("kty") == "RSA"
        and value.get("e") == EXPONENT
        and all(isinstance(value.get(name), str) for name in wanted)
        and is_whole(value["n"])
    )
    if not whole:
        raise KeyRefusedError(f"it is no {'private' if private else 'public'} key of completion statements")
    if private and os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyRefusedError("others on this computer may read it")
    return public_key(value["n"]) | {name: value[name] for name in (PRIVATE if private else ())}


def signed(payload: Mapping[str, Any], key: Mapping[str, str], site: str) -> bytes:
    """The statement as a JSON Web Token. `site` is the address of the one that has the public key. Raises `KeyRefusedError`."""
    jws: Any = import_module("joserfc.jws")
    jwk: Any = import_module("joserfc.jwk")
    jose: Any = import_module("joserfc.errors")
    header = {"alg": ALGORITHM, "kid": f"{site}{key_url(key['n'])}", "typ": "JWT"}
    content = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        token: str = jws.serialize_compact(header, content, jwk.RSAKey.import_key(dict(key)), algorithms=[ALGORITHM])
        # A key that was damaged signs, and nothing that it signed holds.
        checked(token.encode(), [key["n"]])
    except (jose.JoseError, ValueError):
        raise KeyRefusedError("its numbers do not belong together") from None
    return token.encode()


def checked(token: bytes, keys: Iterable[str]) -> tuple[dict[str, Any], str]:
    """What a statement says that one of the keys has signed, and that key. Raises `NotHeldError`.

    The name of a key in the statement is not looked up: whoever makes one could name any. The keys are those that the
    one who asks relies on.
    """
    jws: Any = import_module("joserfc.jws")
    jwk: Any = import_module("joserfc.jwk")
    jose: Any = import_module("joserfc.errors")
    if len(token) > LARGEST:
        raise NotHeldError(f"it is larger than {LARGEST // 1000} kB")
    try:
        header = jws.extract_compact(token.strip()).protected
        named = header.get("kid") if header.keys() <= HEADERS else None
    except (jose.JoseError, ValueError, RecursionError, AttributeError, TypeError):
        raise NotHeldError("it is no signed statement") from None
    for modulus in keys:
        if isinstance(named, str) and named.endswith(f"/{key_url(modulus)}"):
            try:
                key = jwk.RSAKey.import_key(public_key(modulus))
                payload = jws.deserialize_compact(token.strip(), key, algorithms=[ALGORITHM]).payload
                value = json.loads(payload, parse_constant=_no_number)
            except (jose.JoseError, ValueError, RecursionError, TypeError):
                raise NotHeldError("its signature does not hold: it was changed after it was signed") from None
            if not isinstance(value, dict):
                raise NotHeldError("it is no completion statement")
            return value, modulus
    raise NotHeldError("none of the keys that are relied on has signed it")


def _no_number(name: str) -> float:
    raise ValueError(name)
