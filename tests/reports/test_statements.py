"""What is signed of a record that was handed in: who may sign for what, what it says, and that nothing in it can be changed."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from joserfc import jws
from joserfc.jwk import RSAKey

from alongside.commands.main import main
from alongside.files.located import LocatedMapping
from alongside.files.source import read_bytes
from alongside.load.parse import parse
from alongside.model.settings import Settings
from alongside.model.statement_keys import is_whole, key_url, public_key
from alongside.render.index import known_modules
from alongside.render.site import SiteRenderer
from alongside.reports import records, signing, statements
from alongside.reports.records import checksum
from alongside.reports.statements import NotHeldError, stated
from tests.node import NODE

pytestmark = pytest.mark.slow

ADDRESS = "https://learn.riverside.example/"
NOW = datetime.now(UTC)
#: What Open Badges 3.0 asks of a credential of an achievement, as far as statements have it (tables B.1 of the specification),
#: with nothing besides.
BADGE = {
    "$defs": {
        "text": {"type": "string", "minLength": 1},
        "moment": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "uri": {"type": "string", "pattern": r"^(https|urn):\S+$"},
    },
    "type": "object",
    "additionalProperties": False,
    "required": ["@context", "id", "type", "name", "issuer", "validFrom", "credentialSubject", "iss", "sub", "jti", "nbf"],
    "properties": {
        "@context": {"const": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]},
        "type": {"const": ["VerifiableCredential", "OpenBadgeCredential"]},
        "id": {"$ref": "#/$defs/uri"}, "jti": {"$ref": "#/$defs/uri"},
        "iss": {"$ref": "#/$defs/uri"}, "sub": {"$ref": "#/$defs/uri"},
        "nbf": {"type": "integer"}, "exp": {"type": "integer"},
        "name": {"$ref": "#/$defs/text"},
        "validFrom": {"$ref": "#/$defs/moment"}, "validUntil": {"$ref": "#/$defs/moment"},
        "issuer": {
            "type": "object", "additionalProperties": False, "required": ["id", "type", "name"],
            "properties": {
                "id": {"$ref": "#/$defs/uri"}, "type": {"const": ["Profile"]},
                "name": {"$ref": "#/$defs/text"}, "url": {"$ref": "#/$defs/uri"},
            },
        },
        "credentialSubject": {
            "type": "object", "additionalProperties": False, "required": ["id", "type", "achievement", "identifier", "narrative"],
            "properties": {
                "id": {"$ref": "#/$defs/uri"}, "type": {"const": ["AchievementSubject"]},
                "narrative": {"type": "string", "pattern": "^Self-reported: "},
                "activityEndDate": {"$ref": "#/$defs/moment"},
                "identifier": {
                    "type": "array", "minItems": 1,
                    "items": {
                        "type": "object", "additionalProperties": False,
                        "required": ["type", "hashed", "identityHash", "identityType"],
                        "properties": {
                            "type": {"const": "IdentityObject"}, "hashed": {"const": False},
                            "identityHash": {"$ref": "#/$defs/text"}, "identityType": {"enum": ["name", "emailAddress"]},
                        },
                    },
                },
                "achievement": {
                    "type": "object", "additionalProperties": False,
                    "required": ["id", "type", "criteria", "description", "name"],
                    "properties": {
                        "id": {"$ref": "#/$defs/uri"}, "type": {"const": ["Achievement"]},
                        "achievementType": {"enum": ["Course", "LearningProgram"]},
                        "name": {"$ref": "#/$defs/text"}, "description": {"$ref": "#/$defs/text"},
                        "version": {"$ref": "#/$defs/text"}, "inLanguage": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
                        "criteria": {
                            "type": "object", "additionalProperties": False, "required": ["narrative"],
                            "properties": {"narrative": {"$ref": "#/$defs/text"}},
                        },
                    },
                },
            },
        },
        "evidence": {
            "type": "array", "minItems": 1,
            "items": {
                "type": "object", "additionalProperties": False, "required": ["type"],
                "properties": {"type": {"const": ["Evidence"]}, "narrative": {"$ref": "#/$defs/text"}},
            },
        },
        "credentialSchema": {
            "type": "array", "minItems": 1,
            "items": {
                "type": "object", "additionalProperties": False, "required": ["id", "type"],
                "properties": {"id": {"$ref": "#/$defs/uri"}, "type": {"const": "1EdTechJsonSchemaValidator2019"}},
            },
        },
    },
}  # fmt: skip
#: Another program checks a signature: Node's, which shares nothing with the library that signs.
CHECKS = """
import { createPublicKey, verify } from "node:crypto";
const [token, key] = JSON.parse(process.argv[1]);
const [head, body, sign] = token.split(".");
const publicKey = createPublicKey({ key, format: "jwk" });
const held = verify("sha256", Buffer.from(`${head}.${body}`), publicKey, Buffer.from(sign, "base64url"));
console.log(JSON.stringify({ held, header: JSON.parse(Buffer.from(head, "base64url")), name: JSON.parse(Buffer.from(body, "base64url")).name }));
"""


@dataclass(frozen=True)
class Signer:
    """A site with a key, and a folder with what was handed in."""

    site: Path
    folder: Path
    key: dict[str, str]
    key_file: Path
    modules: dict[str, Any]

    def record(self, **said: Any) -> dict[str, Any]:
        """A record in which the one module is finished."""
        known = self.modules["listening"]
        listening = {
            "version": known["version"],
            "lessons": dict.fromkeys(known["parts"], "2026-11-19"),
            "questions": {
                name: {"fingerprint": one["fingerprint"], "score": 1, "attempts": 1, "met": []}
                for name, one in known["questions"].items()
            },
            "confidence": {},
        }
        made = {
            "statement": 1, "name": "Zoë “Ana” Reed", "site": "Small", "address": ADDRESS, "made": "2026-11-20",
            "modules": {"listening": listening}, **said,
        }  # fmt: skip
        return made | {"checksum": checksum(made)}

    def hand_in(self, name: str, content: Any) -> Path:
        path = self.folder / f"{name}.json"
        path.write_bytes(
            content if isinstance(content, bytes) else json.dumps(content).encode("utf-8", "surrogatepass")
        )
        return path

    def run(self, *arguments: str) -> Result:
        given = ["statements", *arguments, "--config", str(self.site / "mkdocs.yml")]
        return CliRunner().invoke(main, given, catch_exceptions=False)

    def sign(self, *arguments: str, of: str = "listening") -> Result:
        return self.run("sign", str(self.folder), "--key", str(self.key_file), "--for", of, *arguments)

    @property
    def signed(self) -> list[Path]:
        return sorted((self.folder.parent / f"{self.folder.name}-signed").glob("*.jwt"))

    def one(self) -> bytes:
        """The signed statement of a sound record."""
        path = self.hand_in("zoe", self.record())
        assert self.sign("--replace").exit_code == 0
        path.unlink()
        return self.signed[0].read_bytes()


def configuration(*keys: str, address: str = ADDRESS, name: str = "Riverside Mentors") -> str:
    listed = "".join(f"          - {key}\n" for key in keys)
    return (
        f"site_name: Small\n{f'site_url: {address}' if address else ''}\nplugins:\n  - alongside:\n      layers: [.]\n"
        f"      paths: {{first: {{title: First steps, summary: For a start., modules: [listening]}}}}\n"
        f"      organisation:\n        {f'name: {name}' if name else 'corrections: a@example.org'}\n"
        f"        statements:\n          keys: {'[]' if not keys else ''}\n{listed}"
    )


@pytest.fixture(scope="module")
def key() -> dict[str, str]:
    return signing.new_key()


@pytest.fixture(scope="module")
def stranger() -> dict[str, str]:
    return signing.new_key()


@pytest.fixture
def signer(a_site: Any, a_curriculum: Any, tmp_path: Path, key: dict[str, str]) -> Signer:
    modules = known_modules(a_curriculum().curriculum)
    site = a_site({"mkdocs.yml": configuration(key["n"])})
    (tmp_path / "november").mkdir()
    signing.write_key(tmp_path / "key.json", key)
    return Signer(site, tmp_path / "november", key, tmp_path / "key.json", modules)


def parts(token: bytes) -> list[Any]:
    return [json.loads(base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))) for part in token.split(b".")[:2]]


def packed(value: Any) -> bytes:
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def held(token: bytes, *keys: dict[str, str]) -> statements.Stated:
    return stated(signing.checked(token, [one["n"] for one in keys])[0], datetime.now(UTC), ADDRESS)


# ---------------------------------------------------------------- what is signed


def test_a_sound_record_becomes_a_badge_and_a_page(signer: Signer, key: dict[str, str]) -> None:
    signer.hand_in("zoe", signer.record())
    done = signer.sign("--until", "2099-12-31")
    assert done.exit_code == 0, done.output
    [token] = signer.signed
    header, payload = parts(token.read_bytes())
    assert header == {"alg": "RS256", "kid": f"{ADDRESS}{key_url(key['n'])}", "typ": "JWT"}
    jsonschema.validate(payload, BADGE)
    assert (payload["name"], payload["credentialSubject"]["achievement"]["version"]) == ("Listening first", "1.0")
    assert payload["credentialSubject"]["achievement"]["id"] == f"{ADDRESS}listening/#version-1.0"
    assert payload["validUntil"] == "2099-12-31T23:59:59Z"
    said = held(token.read_bytes(), key)
    assert (said.who, said.on, said.issuer.name) == ("Zoë “Ana” Reed", "2026-11-19", "Riverside Mentors")
    page = token.with_suffix(".html").read_text("utf-8")
    for word in ("Zoë “Ana” Reed", "Listening first", "Self-reported", token.name, f"{ADDRESS}{key_url(key['n'])}"):
        assert word in page
    assert "<script" not in page and key["d"] not in page


@pytest.mark.parametrize(("what", "kind"), [("course", "LearningProgram"), ("paths/first", "LearningProgram")])
def test_a_path_and_the_course_list_their_modules(signer: Signer, what: str, kind: str) -> None:
    signer.hand_in("zoe", signer.record())
    assert signer.sign(of=what).exit_code == 0
    payload = parts(signer.signed[0].read_bytes())[1]
    jsonschema.validate(payload, BADGE)
    achievement = payload["credentialSubject"]["achievement"]
    assert achievement["achievementType"] == kind and "Listening first 1.0" in achievement["criteria"]["narrative"]


def test_another_program_finds_that_the_signature_holds(signer: Signer, stranger: dict[str, str]) -> None:
    token = signer.one().decode()
    for by, holds in ((signer.key, True), (stranger, False)):
        given = json.dumps([token, public_key(by["n"])])
        ran = subprocess.run([NODE, "--input-type=module", "-e", CHECKS, given], capture_output=True, check=True)
        said = json.loads(ran.stdout)
        assert (said["held"], said["name"]) == (holds, "Listening first")


def test_a_name_or_an_address_that_the_organiser_gives_is_taken(signer: Signer) -> None:
    path = signer.hand_in("one", signer.record(name=""))
    arguments = ["sign", str(path), "--key", str(signer.key_file), "--for", "listening", "--out", str(signer.folder)]
    assert "It says no name" in signer.run(*arguments).output
    done = signer.run(*arguments, "--name", "Ana Reed", "--email", "ana@example.org")
    assert done.exit_code == 0, done.output
    [token] = signer.folder.glob("*.jwt")
    identities = parts(token.read_bytes())[1]["credentialSubject"]["identifier"]
    assert [one["identityHash"] for one in identities] == ["Ana Reed", "ana@example.org"]
    assert signer.run(*arguments, "--email", "no address").exit_code == 2
    assert signer.sign("--name", "Everybody").exit_code == 2


def test_signing_again_replaces_only_when_asked(signer: Signer) -> None:
    signer.hand_in("zoe", signer.record())
    assert signer.sign().exit_code == 0
    before = signer.signed[0].read_bytes()
    again = signer.sign()
    assert again.exit_code == 2 and "--replace" in again.output and signer.signed[0].read_bytes() == before
    assert signer.sign("--replace").exit_code == 0 and len(signer.signed) == 1


# ------------------------------------------------------------- what is not signed


def unfinished(signer: Signer) -> dict[str, Any]:
    record = signer.record()
    del record["modules"]["listening"]["lessons"]["asking"]
    return signer.record(modules=record["modules"])


def ticked(signer: Signer) -> dict[str, Any]:
    record = signer.record()
    record["modules"]["listening"]["questions"] = {}
    return signer.record(modules=record["modules"])


def of_another_version(signer: Signer) -> dict[str, Any]:
    record = signer.record()
    record["modules"]["listening"]["version"] = "0.9"
    return signer.record(modules=record["modules"])


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (lambda s: {**s.record(), "name": "Somebody else"}, records.WRONG_SUM),
        (lambda s: {name: value for name, value in s.record().items() if name != "checksum"}, records.NO_SUM),
        (lambda s: {"schema": 1, "modules": s.record()["modules"], "review": {}, "log": []}, records.NO_NAME),
        (lambda s: s.record(site="Another course"), records.OTHER_SITE),
        (lambda s: s.record(made="2031-01-01"), records.TO_COME),
        (lambda s: s.record(made="soon"), statements.NO_DAY),
        (lambda s: s.record(name=" "), statements.NAMELESS),
        (lambda s: {**s.record(), "modules": {**s.record()["modules"], "?": 1}}, records.UNREAD),
        (lambda s: s.record(modules={}), statements.UNFINISHED),
        (unfinished, statements.UNFINISHED),
        (ticked, statements.UNFINISHED),
        (of_another_version, records.OLDER),
        (lambda s: b"no", "holds no JSON"),
        (lambda s: b"[" * 100_000, "nested too deeply"),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_cannot_be_relied_on_is_named_and_not_signed(
    signer: Signer, made: Callable[[Signer], Any], why: str
) -> None:
    signer.hand_in("bad", made(signer))
    signer.hand_in("good", signer.record(name="Bo Lund", made="2026-11-21"))
    done = signer.sign()
    assert done.exit_code == 1
    assert "refused  bad.json: " in done.output
    assert why.split("%", maxsplit=1)[0] in done.output
    named = [token.name for token in signer.signed]
    # The same answers under another name are doubtful both times.
    assert all(name.startswith("good-") for name in named)


def test_the_same_answers_under_two_names_are_signed_for_neither(signer: Signer) -> None:
    signer.hand_in("a", signer.record())
    signer.hand_in("b", signer.record(name="Bo Lund"))
    done = signer.sign()
    assert done.exit_code == 1 and signer.signed == []
    assert "refused  a.json: Other files hold the same answers: b.json" in done.output
    assert "refused  b.json: Other files hold the same answers: a.json" in done.output


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "%(made)s %s", "\u202egnp.exe", "\x1b[31m"],
)  # fmt: skip
def test_a_name_is_a_text_and_nothing_else(signer: Signer, name: str) -> None:
    signer.hand_in("zoe", signer.record(name=name))
    assert signer.sign().exit_code == 0
    page = signer.signed[0].with_suffix(".html").read_text("utf-8")
    assert (
        "<script" not in page
        and "<img" not in page
        and "49" not in page.partition("<main>")[2].partition("<dt>What")[0]
    )
    assert "\u202e" not in page and "\x1b" not in page
    shown = signer.run("verify", str(signer.signed[0])).output
    assert "\u202e" not in shown and "\x1b" not in shown and shown.startswith("holds")


def test_a_file_may_be_called_anything(signer: Signer) -> None:
    (signer.folder / "a").mkdir()
    for number, name in enumerate(["a/ü .. ", "-rf", "CON", "x" * 200]):
        signer.hand_in(name, signer.record(name=f"Person {number}", modules=varied(signer, number)))
    done = signer.sign()
    assert done.exit_code == 0, done.output
    assert len(signer.signed) == 4
    assert all(path.parent.name == "november-signed" and path.stem.isascii() for path in signer.signed)


def varied(signer: Signer, number: int) -> dict[str, Any]:
    modules: dict[str, Any] = signer.record()["modules"]
    next(iter(modules["listening"]["questions"].values()))["attempts"] = number + 1
    return modules


# ------------------------------------------------------------- nothing can be changed


def leaves(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*way, step))
    else:
        yield way


def changed(value: Any, way: tuple[Any, ...]) -> Any:
    copy = json.loads(json.dumps(value))
    inner = copy
    for step in way[:-1]:
        inner = inner[step]
    was = inner[way[-1]]
    inner[way[-1]] = not was if isinstance(was, bool) else was + 1 if isinstance(was, int) else f"{was}x"
    return copy


def test_a_change_of_any_field_is_seen(signer: Signer) -> None:
    token = signer.one()
    held(token, signer.key)
    header, _, sign = token.split(b".")
    payload = parts(token)[1]
    ways = list(leaves(payload))
    assert len(ways) > 30
    for way in ways:
        with pytest.raises(NotHeldError, match="signature does not hold"):
            held(b".".join([header, packed(changed(payload, way)), sign]), signer.key)


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none", "typ": "JWT"},
        {"alg": "HS256", "typ": "JWT"},
        {"alg": "PS256", "typ": "JWT"},
        {"alg": "RS256", "typ": "JWT", "crit": ["exp"]},
        {"alg": "RS256", "typ": "JWT", "b64": False, "crit": ["b64"]},
        {"alg": "RS256", "typ": "JWT", "jku": "https://evil.example/keys"},
    ],
)
def test_the_head_of_a_statement_cannot_say_how_it_is_checked(signer: Signer, header: dict[str, Any]) -> None:
    token = signer.one()
    _, body, sign = token.split(b".")
    named = {**header, "kid": parts(token)[0]["kid"]}
    for signature in (sign, b""):
        with pytest.raises(NotHeldError):
            held(b".".join([packed(named), body, signature]), signer.key)


@pytest.mark.parametrize(
    "more", [{"alg": "PS256"}, {"jku": "https://evil.example/keys"}, {"x5u": "https://evil.example/"}]
)
def test_even_our_own_key_signs_in_one_way_alone(signer: Signer, more: dict[str, str]) -> None:
    head = {"alg": "RS256", "kid": f"{ADDRESS}{key_url(signer.key['n'])}", "typ": "JWT"}
    content = json.dumps(parts(signer.one())[1])
    # A key that does not say what it is for, as another program has it.
    key = RSAKey.import_key({name: value for name, value in signer.key.items() if name not in {"alg", "use"}})
    held(jws.serialize_compact(head, content, key).encode(), signer.key)
    with pytest.raises(NotHeldError):
        held(jws.serialize_compact(head | more, content, key, algorithms=["RS256", "PS256"]).encode(), signer.key)


def test_a_key_that_a_statement_brings_along_is_not_used(signer: Signer, stranger: dict[str, str]) -> None:
    payload = parts(signer.one())[1]
    theirs = signing.signed(payload, stranger, ADDRESS)
    with pytest.raises(NotHeldError, match="none of the keys"):
        held(theirs, signer.key)
    head = {"alg": "RS256", "kid": f"{ADDRESS}{key_url(signer.key['n'])}", "typ": "JWT"}
    posing = jws.serialize_compact(head, json.dumps(payload), RSAKey.import_key(dict(stranger))).encode()
    with pytest.raises(NotHeldError, match="signature does not hold"):
        held(posing, signer.key)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"iss": "https://elsewhere.example/"}, "contradicts itself"),
        ({"jti": "urn:uuid:0"}, "contradicts itself"),
        ({"sub": None}, "contradicts itself"),
        ({"nbf": 0}, "contradicts itself"),
        ({"nbf": True}, "contradicts itself"),
        ({"exp": 4_000_000_000}, "contradicts itself"),
        ({"validFrom": "2099-01-01T00:00:00Z", "nbf": 4_070_908_800}, "still to come"),
        ({"validUntil": "2020-01-01T00:00:00Z", "exp": 1_577_836_800}, "it held until 2020"),
        ({"validFrom": "yesterday"}, "no completion statement"),
        ({"type": ["VerifiableCredential"]}, "no completion statement"),
        ({"credentialSubject": {}}, "no completion statement"),
        ({"name": ["x"], "issuer": {"id": ADDRESS, "name": 7}}, "no completion statement"),
        ({"issuer": {"id": "https://elsewhere.example/", "name": "X"}, "iss": "https://elsewhere.example/"}, "not this site"),
    ],
    ids=range(13),
)  # fmt: skip
def test_what_was_signed_has_to_agree_with_itself_and_the_day(signer: Signer, change: dict[str, Any], why: str) -> None:
    payload = parts(signer.one())[1] | change
    with pytest.raises(NotHeldError, match=why):
        held(signing.signed(payload, signer.key, ADDRESS), signer.key)


@pytest.mark.parametrize(
    "content",
    [b"", b"..", b"a.b.c", b"\xff\xfe\x00", b"{}", b"." * 5000, b"e30.e30.e30", b"x" * 300_000, packed("[" * 50_000) + b"..",
     base64.urlsafe_b64encode(b"[" * 100_000) + b".e30.e30", "ü.ü.ü".encode(), packed({"kid": 7, "alg": "RS256"}) + b".e30.e30"],
    ids=range(12),
)  # fmt: skip
def test_a_file_that_is_none_is_told_in_words(signer: Signer, content: bytes) -> None:
    path = signer.folder / "bad.jwt"
    path.write_bytes(content)
    done = signer.run("verify", str(path))
    assert done.exit_code == 1 and done.output.startswith("does not hold"), done.output
    assert len(done.output.splitlines()) == 1


def test_the_command_says_what_holds_and_what_does_not(
    signer: Signer, stranger: dict[str, str], tmp_path: Path
) -> None:
    signer.one()
    done = signer.run("verify", str(signer.signed[0]), str(tmp_path / "none.jwt"))
    assert done.exit_code == 1 and "does not hold" in done.output and "cannot be read" in done.output
    for word in ("who:", "Zoë “Ana” Reed", "Listening first", "Riverside Mentors", "Self-reported", "rests on:"):
        assert word in done.output
    for of, code in ((signer.key, 0), (stranger, 1)):
        (tmp_path / "public.json").write_text(json.dumps(public_key(of["n"])), "utf-8")
        assert signer.run("verify", str(signer.signed[0]), "--key", str(tmp_path / "public.json")).exit_code == code


# --------------------------------------------------------------------------- keys


def test_a_new_key_is_for_its_owner_alone(signer: Signer, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    done = signer.run("new-key", str(path))
    assert done.exit_code == 0, done.output
    assert path.stat().st_mode & 0o777 == 0o600
    made = signing.read_key(path, private=True)
    assert is_whole(made["n"]) and f'- "{made["n"]}"' in done.output
    assert made["d"] not in done.output and made["p"] not in done.output
    assert signer.run("new-key", str(path)).exit_code == 2


def test_a_private_key_is_made_nowhere_where_it_could_be_published(signer: Signer, tmp_path: Path) -> None:
    (tmp_path / "repository/.git").mkdir(parents=True)
    (tmp_path / "repository/deep").mkdir()
    (signer.site / "deep").mkdir(exist_ok=True)
    (tmp_path / "link").symlink_to(signer.site)
    (tmp_path / "other").mkdir()
    (tmp_path / "other/settings.yml").write_text("site_name: Other\n", "utf-8")
    named = [
        "statements",
        "new-key",
        str(tmp_path / "other/key.json"),
        "--config",
        str(tmp_path / "other/settings.yml"),
    ]
    assert CliRunner().invoke(main, named).exit_code == 2
    for place in (signer.site, signer.site / "deep", tmp_path / "repository/deep", tmp_path / "link"):
        done = signer.run("new-key", str(place / "key.json"))
        assert done.exit_code == 2 and "could be published" in done.output, place
        assert not (place / "key.json").exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda path, key: path.chmod(0o640), "others on this computer may read it"),
        (lambda path, key: path.write_text("no"), "it is no private key"),
        (lambda path, key: path.write_text("[" * 15_000), "it is no private key"),
        (lambda path, key: path.write_text(json.dumps(public_key(key["n"]))), "it is no private key"),
        (lambda path, key: path.write_text(json.dumps({**key, "n": "AAAA"})), "it is no private key"),
        (lambda path, key: path.write_text(json.dumps({**key, "kty": "oct"})), "it is no private key"),
        (lambda path, key: path.write_text(json.dumps({**key, "d": key["n"]})), "do not belong together"),
        (lambda path, key: path.unlink(), "cannot be read"),
    ],
    ids=range(8),
)
def test_a_key_that_is_none_is_told_in_words(signer: Signer, change: Any, why: str) -> None:
    signer.hand_in("zoe", signer.record())
    change(signer.key_file, signer.key)
    done = signer.sign()
    assert done.exit_code == 2 and why in done.output, done.output
    assert signer.signed == []


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (lambda key: configuration(), "the site does not publish this key"),
        (lambda key: configuration(address=""), "there is none with https"),
        (lambda key: configuration(name=""), "the organisation has no name"),
    ],
    ids=range(3),
)
def test_nobody_signs_what_nobody_could_check(
    signer: Signer, a_site: Any, settings: Callable[[Any], str], why: str
) -> None:
    a_site({"mkdocs.yml": settings(signer.key["n"])})
    signer.hand_in("zoe", signer.record())
    done = signer.sign()
    assert done.exit_code == 2 and why in done.output, done.output


def test_something_that_the_site_has_not_got_is_told_with_what_it_has(signer: Signer) -> None:
    done = signer.sign(of="listning")
    assert done.exit_code == 2 and "listening" in done.output and "paths/first" in done.output


def test_the_site_has_the_public_part_and_nothing_else(a_curriculum: Any, key: dict[str, str]) -> None:
    settings = Settings.model_validate({"organisation": {"name": "X", "statements": {"keys": [key["n"]]}}})
    theme = Path(__file__).parents[2] / "theme"
    assets = {asset.url: asset for asset in SiteRenderer(a_curriculum().curriculum, settings, [theme]).assets([theme])}
    published = json.loads(assets[key_url(key["n"])].content or b"")
    assert published == public_key(key["n"])
    assert not published.keys() & set(signing.PRIVATE)
    written = b"".join(asset.content or b"" for asset in assets.values())
    assert not [name for name in signing.PRIVATE if key[name].encode() in written]


@pytest.mark.parametrize("name", ["whole", "n of half", "path"])
def test_no_setting_takes_a_private_key(key: dict[str, str], name: str) -> None:
    value = {"whole": json.dumps(key), "n of half": key["n"][:300], "path": "/home/me/key.json"}[name]
    entry = read_bytes(f"organisation:\n  statements:\n    keys: ['{value}']\n".encode(), "mkdocs.yml")[0]
    assert isinstance(entry, LocatedMapping)
    settings, problems = parse(Settings, entry)
    assert settings is None and problems


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(signing, "find_spec", lambda name: None)
    done = CliRunner().invoke(main, ["statements", "verify", str(tmp_path / "x.jwt")])
    assert done.exit_code == 2 and 'pip install "alongside-training[sign]"' in done.output


def test_a_day_that_is_over_is_no_last_day(signer: Signer) -> None:
    assert signer.sign("--until", date(2020, 1, 1).isoformat()).exit_code == 2


@pytest.mark.skipif(os.name != "posix", reason="links are for those who may make them elsewhere")
def test_nothing_is_written_through_a_link(signer: Signer, tmp_path: Path) -> None:
    signer.one()
    token = signer.signed[0]
    token.unlink()
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    token.symlink_to(tmp_path / "mine.txt")
    signer.hand_in("zoe", signer.record())
    assert signer.sign("--replace").exit_code == 2
    assert (tmp_path / "mine.txt").read_text("utf-8") == "mine"
