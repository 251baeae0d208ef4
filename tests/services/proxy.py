"""The city's reverse proxy in small: ends TLS and tells the site so, as compose expects of it."""

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.services import private

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "x-forwarded-for", "x-forwarded-proto"}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site_port: int

    def forward(self):
        site = HTTPConnection("127.0.0.1", self.site_port, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": self.client_address[0]}
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        site.request(self.command, self.path, body, headers)
        answer = site.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP | {"content-length", "date", "server"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        site.close()

    do_GET = do_POST = do_HEAD = forward

    def log_message(self, *args):
        pass


@contextmanager
def tls_proxy(site_port: int) -> Iterator[str]:
    """Gives the https address under which the site is reached; its certificate is its own."""
    folder = private.folder_of_this_run()
    make = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    subprocess.run(
        ["openssl", *make.split(), "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("SiteHandler", (Handler,), {"site_port": site_port}))
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"https://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
