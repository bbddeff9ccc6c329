"""Fetch one address that somebody typed: within limits, as robots.txt allows, and from no inner network by accident."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPException, responses
from threading import Timer
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from toolkit.files import MAX_BYTES, BadInput

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection
    from urllib3.util import Url

AGENT = "space-split-toolkit"
"""The name under which we ask, and by which a robots.txt can address us."""

SECONDS = 20.0
"""How long one answer may take, from the first word to the last."""

PAUSE = 1.0
"""How many seconds we wait between two questions to one site; up to 30 where its robots.txt asks for more."""

MAX_REDIRECTS = 5
SAVE = "open it in a browser and save the page instead"


class Fetched(NamedTuple):
    """What an address answered: where it was found in the end, with which status, kind (`text/html`) and charset."""

    url: str
    status: int
    data: bytes
    kind: str
    charset: str
    location: str


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the open internet; addresses that carry another inside them do not.

    >>> is_public("9.9.9.9"), is_public("127.0.0.1"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False, False)
    """
    ip = ipaddress.ip_address(address)
    wrapped = isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped or ip.sixtofour or ip.teredo)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or wrapped)


@dataclass
class Fetcher:
    """Fetches addresses one by one; remembers the robots.txt of each site.

    A host is looked up once, its addresses are checked, and one of them is connected to, so that a name cannot change
    its meaning between the check and the connection. Every redirect is checked anew. No proxy and no cookie is used.
    """

    allow_private: bool = False
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)

    def fetch(self, url: str, *, polite: bool = True) -> Fetched:
        """Return what an address answers. Raises `BadInput` when it does not, should not or may not be read."""
        start = url
        for _ in range(MAX_REDIRECTS + 1):
            place = _parsed(url)
            if polite:
                self._heed_robots(place)
            found = self._ask(place)
            if found.location and found.status in (301, 302, 303, 307, 308):
                url = urljoin(found.url, found.location)
            elif found.status == 200 or not polite:
                return found
            else:
                raise BadInput(f"{url[:200]} answered {found.status} {responses.get(found.status, '')}; {SAVE}")
        raise BadInput(f"{start[:200]} leads on more than {MAX_REDIRECTS} times; {SAVE}")

    def _heed_robots(self, place: Url) -> None:
        """Wait as long as a site asks us to. Raises `BadInput` when its robots.txt keeps this address from us."""
        site = f"{place.scheme}://{place.netloc}"
        if site in self._robots:
            time.sleep(max(PAUSE, min(float(self._robots[site].crawl_delay(AGENT) or 0), 30)))
        else:
            self._robots[site] = self._read_robots(f"{site}/robots.txt")
        if not self._robots[site].can_fetch(AGENT, place.url):
            asks = f"{place.host} asks programs (in its robots.txt) not to read {place.request_uri[:200]}"
            raise BadInput(f"{asks}; {SAVE}")

    def _read_robots(self, url: str) -> RobotFileParser:
        """Return the rules of a site; none where it has no robots.txt (RFC 9309: an answer from 400 to 499)."""
        found, rules = self.fetch(url, polite=False), RobotFileParser()
        if found.status != 200 and (found.status == 429 or not 400 <= found.status < 500):
            raise BadInput(f"{url} answered {found.status}, so we do not know what we may read; try later")
        text = found.data.decode("utf-8-sig", "replace") if found.status == 200 else ""
        rules.parse(text[:512_000].splitlines())
        return rules

    def _ask(self, place: Url) -> Fetched:
        """Return the answer to one request, unpacked; whoever takes longer than `SECONDS` is hung up on."""
        from urllib3.exceptions import HTTPError

        end, failure = time.monotonic() + SECONDS, ""
        with closing(_connection(place, self._address(place))) as connection:
            timer = Timer(SECONDS, _hang_up, [connection])
            timer.daemon = True
            timer.start()
            try:
                found = _answer(connection, place)
            except (OSError, HTTPException, HTTPError) as error:
                failure = f"does not answer as it should: {error}"
            timer.cancel()
        if time.monotonic() >= end:
            failure = f"took longer than {SECONDS:g} seconds"
        if failure:
            raise BadInput(f"{place.host} {failure}; try later, or {SAVE}")
        if len(found.data) > MAX_BYTES:
            raise BadInput(f"the page has more than {MAX_BYTES:,} bytes, which is the most that is read")
        return found

    def _address(self, place: Url) -> str:
        """Return one address of a host, after a look at all of them."""
        host = str(place.host).strip("[]")
        try:
            known = [str(entry[4][0]) for entry in socket.getaddrinfo(host, place.port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError):
            raise BadInput(f"there is no host {host}; check the address and your network") from None
        private = [address for address in known if not is_public(address)]
        if private and not self.allow_private:
            raise BadInput(f"{host} is inside a private network ({private[0]}); if meant, add allow_private=True")
        return min(known, key=lambda address: ":" in address)  # IPv6 fails in many a classroom


def _parsed(url: str) -> Url:
    """Return the parts of a web address, its host and path in ASCII."""
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    with suppress(LocationParseError, UnicodeError):
        place = parse_url(url.strip())
        if place.scheme in ("http", "https") and place.host and not place.auth:
            return place._replace(fragment=None)
    raise BadInput(f"{url[:200]} is no address that is read; give one like https://example.org/story")


def _connection(place: Url, address: str) -> HTTPConnection:
    from urllib3.connection import HTTPConnection, HTTPSConnection

    if place.scheme == "http":
        return HTTPConnection(address, place.port, timeout=SECONDS)
    context, name = ssl.create_default_context(), str(place.host).strip("[]")
    return HTTPSConnection(address, place.port, timeout=SECONDS, server_hostname=name, ssl_context=context)


def _answer(connection: HTTPConnection, place: Url) -> Fetched:
    headers = {"Host": str(place.netloc), "User-Agent": AGENT, "Accept-Encoding": "gzip"}
    connection.request("GET", place.request_uri, headers=headers, preload_content=False)
    answer = connection.getresponse()
    kind, _, rest = answer.headers.get("Content-Type", "").lower().partition(";")
    charset = rest.partition("charset=")[2].partition(";")[0].strip("\"' ")
    data = answer.read(MAX_BYTES + 1)
    return Fetched(place.url, answer.status, data, kind.strip(), charset, answer.headers.get("Location", ""))


def _hang_up(connection: HTTPConnection) -> None:
    if connection.sock:
        with suppress(OSError):  # it may have ended by itself
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
