"""`python -m zamagate.probe`: whether this machine's web server answers; for containers and `make run`."""

import sys
from http.client import HTTPConnection, HTTPException

from zamagate import env


def answers(port: int) -> bool:
    """/health/ says 200, asked under a host name the site accepts."""
    host = env.allowed_hosts()[0].lstrip(".*") or "localhost"
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/health/", headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False


if __name__ == "__main__":
    sys.exit(not answers(env.port()))
