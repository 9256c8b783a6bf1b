"""A browser without script: it keeps cookies and the form token, and checks what it is shown."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from html import unescape
from typing import Any, Protocol

import html5lib
from lxml import html as lxml_html
from werkzeug.test import Client, TestResponse

from portal.server.serve import App

Typed = Mapping[str, str | Sequence[str]]
ORIGIN = "https://localhost"
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Strict-Transport-Security": "max-age=31536000",
}
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_NAMELESS_FORM = re.compile(r"<form(?![^>]*\baction=)")
"""A form that is sent to the address of its page, # and all; see questions.html."""
_SCRIPTED = re.compile(r"/staff/|/status|/verify/|.*/papers/[a-z_]+(/[0-9a-z]+/remove)?")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_BARRIER = b'name="puzzle"'
_HARMLESS = r"[ \n!#-%'-;=?-~\xa0-\ud7ff\uf900-\ufdcf\ufe30-\ufffd]"
_WORDS = re.compile(rf"(?<=>){_HARMLESS}*[^\W_]{_HARMLESS}*(?=<)")
_VALUE = re.compile(rf' (value|href|action|id|for|name|aria-[a-z]+)="{_HARMLESS}+"')


class Headers(Protocol):
    """The headers of an answer."""

    def __getitem__(self, name: str, /) -> str: ...


class Shown(Protocol):
    """What came back: enough of it to read and to go on."""

    @property
    def status_code(self) -> int: ...

    @property
    def text(self) -> str: ...

    @property
    def headers(self) -> Headers: ...


def skeleton_of(html: str) -> str:
    """A page with an x for whatever can break none: most pages are then of a few that are alike.

    Only text and values of plain symbols become an x; all else is left for the parser.
    """
    return _VALUE.sub(r' \1="x"', _WORDS.sub("x", html))


@lru_cache(maxsize=2000)
def require_well_formed(html: str) -> None:
    """html5lib in its strict mode raises at the first parse error."""
    html5lib.HTMLParser(strict=True).parse(html)


def require_sound(response: TestResponse) -> None:
    """Every response of either app has the security headers and is well-formed HTML."""
    for name, value in SECURITY_HEADERS.items():
        assert response.headers.get(name) == value, f"{response.request.path}: {name}"
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    require_own_scripts(response, policy)
    assert "frame-ancestors 'none'" in policy
    assert "Permissions-Policy" in response.headers
    assert "Cache-Control" in response.headers
    if response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400:
        assert not _NAMELESS_FORM.search(response.text), response.request.path
        for style in _STYLE.findall(response.text):
            assert hash_of(style) in policy, f"{response.request.path}: a style that is not allowed"
        html = _STYLE.sub("", _TOKEN.sub('name="csrf_token" value="x"', response.text))
        require_well_formed(skeleton_of(html))


@lru_cache(maxsize=16)
def hash_of(inline: str) -> str:
    """The source by which a policy allows a style or script that stands in the page."""
    return f"'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}'"


def require_own_scripts(response: TestResponse, policy: str) -> None:
    """Only pages that need one have a script, and the policy names just those that stand there."""
    assert " 'unsafe" not in policy
    if response.mimetype == "application/octet-stream" or response.status_code == 304:
        return  # evidence, as it was sent; or a page that the browser has
    if response.request.method == "HEAD":
        return
    scripts = _SCRIPT.findall(response.text) if response.mimetype == "text/html" else []
    named = " ".join(hash_of(one) for one in scripts) or "'none'"
    assert f"script-src {named};" in policy, response.request.path
    assert response.data.count(b"<script") == len(scripts)
    may = _SCRIPTED.fullmatch(response.request.path) or _BARRIER in response.data
    assert may or not scripts, response.request.path


@dataclass
class Browser:
    """`address` is where it calls from, `headers` go with every request."""

    app: App
    address: str
    headers: Mapping[str, str]
    token: str = ""
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = Client(self.app, TestResponse)

    def ask(self, method: str, path: str, **options: Any) -> TestResponse:
        """Send a request of any kind; whatever comes back must be sound."""
        headers = {**self.headers, **options.pop("headers", {})}
        environ = {"REMOTE_ADDR": self.address}
        if method == "POST" and not options.get("data"):
            environ["CONTENT_LENGTH"] = "0"
        response = self.client.open(
            path, method=method, base_url=ORIGIN, headers=headers, buffered=True,
            environ_overrides=environ, **options,
        )  # fmt: skip
        require_sound(response)
        if found := _TOKEN.search(response.text if response.mimetype == "text/html" else ""):
            self.token = unescape(found[1])
        return response

    def get(self, path: str, **headers: str) -> TestResponse:
        """Open a page."""
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, typed: Typed | None = None, **headers: str) -> TestResponse:
        """Send a form as a browser does: with the token of the page it was on."""
        data = {"csrf_token": self.token, **(typed or {})}
        return self.ask("POST", path, data=data, headers=headers)

    def post_and_see(self, path: str, typed: Typed | None = None) -> TestResponse:
        """Send a form as a browser does, and open what the answer leads to."""
        response = self.post(path, typed)
        return self.get(response.headers["Location"]) if response.status_code == 303 else response

    def twin(self) -> "Browser":
        """A second tab: the same cookies, the same token, at the same moment."""
        tab = Browser(self.app, self.address, self.headers, self.token)
        for name in ("__Host-visit", "__Host-staff"):
            if cookie := self.client.get_cookie(name):
                tab.client.set_cookie(name, cookie.value, secure=True)
        return tab

    def post_as_is(self, path: str, typed: Typed, **headers: str) -> TestResponse:
        """Send exactly these fields: no token."""
        return self.ask("POST", path, data=typed, headers=headers)


def is_refused(response: Shown) -> bool:
    """Whether a page says, first of all, that something is to be changed."""
    title, alert = "<title>错误：", 'role="alert" tabindex="-1" autofocus'
    return response.status_code in {200, 422} and title in response.text and alert in response.text


def words_of(response: Shown) -> str:
    """What a reader sees: the text without tags."""
    return " ".join(unescape(_TAG.sub(" ", _STYLE.sub("", response.text))).split())


@lru_cache(maxsize=4)
def parsed(html: str) -> Any:
    """The tree of a page, which is well-formed; the last few are kept, for many fields of one."""
    return lxml_html.document_fromstring(html)


def typed_in(response: TestResponse, name: str) -> list[str]:
    """What stands in a field of the page that is shown, as a browser would send it."""
    found = []
    for element in parsed(response.text).iter():
        if element.get("name") != name:
            continue
        value = element.get("value") or ""
        if element.tag == "textarea":
            found.append((element.text or "").removeprefix("\n"))
        elif element.tag == "select":
            chosen = [one for one in element.iter("option") if one.get("selected") is not None]
            found += [one.get("value") or "" for one in chosen]
        elif element.get("type") in {"radio", "checkbox"}:
            found += [value] if element.get("checked") is not None else []
        else:
            found.append(value)
    return found
