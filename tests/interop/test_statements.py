"""Completion statements, read by a library for Open Badges that shares nothing with what signs them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from alongside.model.statement_keys import public_key
from alongside.reports import signing
from alongside.reports.records import Handed, ModuleState
from alongside.reports.statements import Achievement, Issuer, credential
from alongside.words.language import ENGLISH
from tests.interop import clients

READS = """
import json, sys
from base64 import urlsafe_b64decode
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from openbadgeslib.ob3 import OB3Verifier
token, modulus = json.loads(sys.argv[1])
number = int.from_bytes(urlsafe_b64decode(modulus + "=" * (-len(modulus) % 4)), "big")
try:
    badge = OB3Verifier(RSAPublicNumbers(65537, number).public_key()).verify(token)
    print(json.dumps([badge.name, badge.issuer.name, badge.achievement.name, badge.identifiers[0].identity_hash]))
except Exception as error:
    print(json.dumps([type(error).__name__]))
"""


@pytest.fixture(scope="module")
def signed() -> tuple[str, str, str]:
    """A statement, and the numbers of the key that has signed it and of another."""
    key, other = signing.new_key(), signing.new_key()
    state = ModuleState("listening", "Listening", "1.0", 3, 3, "2026-11-19", (), 2, "", "", ())
    one = Handed("zoe.json", "Zoë", "Small", "2026-11-20", (state,), (), "0123456789abcdef")
    achievement = Achievement(
        "listening/", "Listening", {"listening": ("Listening", "1.0")}, is_module=True, course="C"
    )
    issuer = Issuer("https://learn.example/", "Riverside")
    payload = credential(
        one, achievement, issuer, name="Zoë", email="", now=datetime.now(UTC), until=None,
        language="en", say=ENGLISH.gettext,
    )  # fmt: skip
    return signing.signed(payload, key, issuer.address).decode(), public_key(key["n"])["n"], other["n"]


def read_by_library(token: str, modulus: str) -> list[str]:
    said: list[str] = json.loads(clients.said_by(READS, json.dumps([token, modulus])))
    return said


def test_a_library_for_open_badges_reads_a_statement(signed: tuple[str, str, str]) -> None:
    token, modulus, _ = signed
    assert read_by_library(token, modulus) == ["Listening", "Riverside", "Listening", "Zoë"]


def test_it_refuses_another_key_and_a_change(signed: tuple[str, str, str]) -> None:
    token, modulus, other = signed
    head, body, sign = token.split(".")
    assert read_by_library(token, other) == ["OB3VerificationError"]
    assert read_by_library(f"{head}.{body[:-8]}AAAAAAAA.{sign}", modulus) == ["OB3VerificationError"]
