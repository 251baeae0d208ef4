"""The door for a WSGI server."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zamagate.settings")

ODD_ENCODING = re.compile(r'charset(?!\s*=\s*"?utf-?8\b)|\*', re.I)
site = get_wsgi_application()


def application(environ, start_response):
    """The site; of a form cut off nothing is taken, and nothing is read in another encoding than UTF-8."""
    environ["wsgi.input"] = Whole(environ["wsgi.input"])
    if ODD_ENCODING.search(environ.get("CONTENT_TYPE", "")):  # no browser says so, and Django falls over some
        environ["CONTENT_TYPE"] = ""
    return site(environ, start_response)


class Whole:
    """What a browser sends: a line cut off in the middle is an error, not the end of what was typed."""

    def __init__(self, stream):
        self.stream = stream

    def read(self, size=-1):
        found = self.stream.read(size)
        if len(found) < size:
            raise OSError("cut off")
        return found

    def readline(self, size=-1):
        found = self.stream.readline(size)
        if size and not found:
            raise OSError("cut off")
        return found
