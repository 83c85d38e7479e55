"""Public parts of keys that sign completion statements, as a site publishes them (RFC 7517, RFC 7638).

Numbers and names alone: what signs and what checks is `reports/signing.py`, which needs a library for it.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

#: Where the site has its keys, a file each: the address is what statements name.
FOLDER = "assets/statement-keys"
#: The one way of signing that every reader of Open Badges 3.0 has to know.
ALGORITHM = "RS256"
#: The second number of a key. All that make keys for RSA take this one.
EXPONENT = "AQAB"
#: The shortest and the longest key, in bits.
SHORTEST, LONGEST = 2048, 4096


def public_key(modulus: str) -> dict[str, str]:
    """The public key as JSON Web Key, with its own name."""
    return {
        "kty": "RSA", "use": "sig", "alg": ALGORITHM, "kid": thumbprint(modulus), "n": modulus, "e": EXPONENT,
    }  # fmt: skip


def thumbprint(modulus: str) -> str:
    """What the key is called: a SHA-256 of its numbers (RFC 7638)."""
    numbers = json.dumps({"e": EXPONENT, "kty": "RSA", "n": modulus}, separators=(",", ":"))
    return urlsafe_b64encode(hashlib.sha256(numbers.encode()).digest()).rstrip(b"=").decode()


def key_url(modulus: str) -> str:
    """Where the site has the file of a key."""
    return f"{FOLDER}/{thumbprint(modulus)}.json"


def is_whole(modulus: str) -> bool:
    """Whether a number can be that of a key: as long as it says, written in one way, and odd, as products of primes are."""
    try:
        number = urlsafe_b64decode(modulus + "=" * (-len(modulus) % 4))
    except ValueError:
        return False
    same = urlsafe_b64encode(number).rstrip(b"=").decode() == modulus
    return same and SHORTEST <= int.from_bytes(number).bit_length() <= LONGEST and number[-1] % 2 == 1
