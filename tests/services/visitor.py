"""A visitor without a browser, who keeps cookies and fills in forms."""

import http.cookiejar
import re
import ssl
import urllib.request
from functools import partial
from http.client import HTTPConnection, HTTPSConnection
from itertools import count
from urllib.parse import urlencode
from zlib import crc32

_people = count(1)


class From(urllib.request.HTTPSHandler, urllib.request.HTTPHandler):
    """Calls from an address of this machine's own, so that each visitor has another."""

    def __init__(self, address: str):
        super().__init__()
        self.trusting = ssl.create_default_context()
        self.trusting.check_hostname, self.trusting.verify_mode = False, ssl.CERT_NONE
        self.source = {"source_address": (address, 0)}

    def http_open(self, request):
        return self.do_open(partial(HTTPConnection, **self.source), request)

    def https_open(self, request):
        return self.do_open(partial(HTTPSConnection, context=self.trusting, **self.source), request)


class Visitor:
    def __init__(self, base_url: str):
        self.base_url, number = base_url, next(_people)
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            From(f"127.1.{number >> 8 & 255}.{number & 255 or 1}"),
            urllib.request.HTTPCookieProcessor(self.cookies),
        )

    def get(self, path: str):
        return self.opener.open(self.base_url + path, timeout=30)

    def form(self, path: str) -> dict[str, str]:
        """The hidden fields of a page's form."""
        page = self.get(path).read().decode()
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
        return dict(hidden)

    def post(self, path: str, **fields):
        data = urlencode(fields, doseq=True).encode()
        referer = {"Referer": self.base_url + path}
        return self.opener.open(urllib.request.Request(self.base_url + path, data, referer), timeout=30)

    def write(self, words: dict) -> dict[str, str]:
        """A draft of a 相談, up to the last page; the hidden fields of that."""
        self.post("/propose/", **self.form("/propose/"), track="consultation")
        for part in ("/propose/1/", "/propose/2/"):
            self.post(part, **(self.form(part) | words), go="next")
        return self.form("/propose/confirm/")

    def send(self, words: dict, hidden: dict[str, str]):
        """The last page; pressed twice it is one case."""
        return self.post("/propose/confirm/", **(hidden | words), go="send")


def consultation(title: str) -> dict:
    """What the public form needs for a 相談 (架空); each title has a writer of its own."""
    email = f"hanako{crc32(title.encode())}@kaku.example"
    return {
        "track": "consultation",
        "organization_kind": "company",
        "organization_name": "架空商事株式会社",
        "organization_kana": "カクウショウジ",
        "section": "なし",
        "contact_name": "架空 花子",
        "contact_kana": "かくう はなこ",
        "email": email,
        "email_again": email,
        "phone": "046-000-0000",
        "title": title,
        "overview": "架空の相談です。途中で機械が止まっても、一度だけ受け付けられることを確かめます。",
        "fields": ["防災・安全"],
        "sharing": "all",
        "publicity": "name",
        "notices": "on",
        "privacy": "on",
    }
