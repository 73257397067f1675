"""No forbidden connection, in any of the cases: counted at the seam, at a server nobody may reach, and by the interpreter.

`{port}` is that server's port. A case is a link, an answer of a resolver or a redirect; each of them is refused.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from corpus.errors import EgressOff, FetchError, FetchFailed, LinkRefused
from corpus.fetch import Policy, PrivateHost
from corpus.fetch.fetching import fetch

PUBLIC = "93.184.215.14"
PUBLIC_6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"

REFUSED_LINKS = """
file:///etc/passwd
file://localhost/etc/passwd
FILE:///etc/passwd
ftp://press.example/1
gopher://127.0.0.1:{port}/_GET%20/
dict://127.0.0.1:{port}/d
ldap://127.0.0.1/
tftp://press.example/1
jar:http://press.example/a!/b
unix:///var/run/docker.sock
http+unix://%2Fvar%2Frun%2Fdocker.sock/info
data:text/html,<p>said</p>
javascript:alert(1)
view-source:http://press.example/
blob:http://press.example/1
mailto:desk@press.example
ws://press.example/
about:blank
netdoc:///etc/passwd
php://input
//press.example/1
press.example/1
http:/press.example/1
http:press.example
http://
https://
http:///1
http://:80/
http://?q
http://#press.example
http://press.example:{port}/
http://press.example:22/
http://press.example:25/
http://press.example:0/
http://press.example:65536/
http://press.example:-80/
http://press.example:8o/
http://press.example:80:80/
http://press.example:6379/
http://desk@press.example/
http://desk:secret@press.example/
http://press.example@127.0.0.1:{port}/
http://press.example:80@127.0.0.1/
http://@press.example/
http://press.example%40127.0.0.1/
http://127.0.0.1#@press.example/
http://127.0.0.1?@press.example/
http://127.0.0.1\\@press.example/
http://press.example\\@127.0.0.1/
http:\\\\127.0.0.1\\
http://press.example/\\r\\nX
http://127.0.0.1/
http://127.0.0.1:{port}/
https://127.0.0.1/
http://127.0.0.1./
http://127.255.255.254/
http://127.1/
http://127.0.1/
http://0/
http://0.0.0.0/
http://0x0/
http://0x7f.1/
http://0x7F.0x0.0x0.0x1/
http://0x7f000001/
http://0x000000007f000001/
http://2130706433/
http://017700000001/
http://0177.0.0.1/
http://0177.1/
http://00000177.0.0.01/
http://127.0x0.0.1/
http://0x/
http://①②⑦.⓪.⓪.①/
http://１２７.０.０.１/
http://127。0。0。1/
http://127．0．0．1/
http://127｡0｡0｡1/
http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/
http://10.0.0.1/
http://172.16.0.1/
http://172.31.255.255/
http://192.168.1.1/
http://0xc0a80101/
http://100.64.0.1/
http://100.100.100.200/
http://169.254.169.254/latest/meta-data/
http://169.254.170.2/v2/credentials
http://0xA9FEA9FE/
http://2852039166/
http://0251.0376.0251.0376/
http://168.63.129.16/
http://192.0.0.192/
http://192.0.2.1/
http://198.18.0.1/
http://198.51.100.1/
http://203.0.113.1/
http://192.88.99.1/
http://224.0.0.1/
http://239.255.255.250/
http://240.0.0.1/
http://255.255.255.255/
http://0.1.2.3/
http://256.256.256.256/
http://127.0.0.1.5/
http://1.2.3.4.5/
http://4294967296/
http://08.8.8.8/
http://1..2/
http://127.0.0.1../
http://127.0.0.0x100/
http://press.example.127/
http://99999999999999999999999999999/
http://[::1]/
http://[::1]:{port}/
http://[0:0:0:0:0:0:0:1]/
http://[::]/
http://[::ffff:127.0.0.1]/
http://[::ffff:7f00:1]/
http://[::ffff:169.254.169.254]/
http://[::ffff:0:127.0.0.1]/
http://[::127.0.0.1]/
http://[::7f00:1]/
http://[::2]/
http://[64:ff9b::7f00:1]/
http://[64:ff9b::169.254.169.254]/
http://[64:ff9b::a00:1]/
http://[64:ff9b:1::7f00:1]/
http://[2002:7f00:1::]/
http://[2002:a9fe:a9fe::1]/
http://[2002:c0a8:101::1]/
http://[2001:0:5db8:d70e:0:0:80ff:fffe]/
http://[2001:0:7f00:1:0:0:a247:28f1]/
http://[2606:2800:21f:cb07:0:5efe:127.0.0.1]/
http://[2606:2800:21f:cb07:200:5efe:a00:1]/
http://[fe80::1]/
http://[fe80::1%25eth0]/
http://[fe80::1%eth0]/
http://[::1%25lo]/
http://[fec0::1]/
http://[fc00::1]/
http://[fd00:ec2::254]/
http://[ff02::1]/
http://[ff0e::1]/
http://[100::1]/
http://[2001:db8::1]/
http://[2001:20::1]/
http://[2001:2::1]/
http://[3fff::1]/
http://[5f00::1]/
http://[4000::1]/
http://[::1/
http://[::g]/
http://[127.0.0.1]/
http://[press.example]/
http://[]/
http://[::1]press.example/
http://localhost/
http://localhost:{port}/
http://LOCALHOST./
http://press.localhost/
http://localhost.localdomain.local/
http://metadata.google.internal/computeMetadata/v1/
http://metadata/
http://intranet/
http://wiki.lan/
http://router.home.arpa/
http://printer.local/
http://hidden.onion/
http://%31%32%37.0.0.1/
http://%6c%6f%63%61%6c%68%6f%73%74/
http://127.0.0.1%00.press.example/
http://127.0.0.1%2f.press.example/
http://press.example%0d%0aHost:127.0.0.1/
http://press.example%00/
http://press..example/
http://.press.example/
http://-press.example/
http://press-.example/
http://pre'ss.example/
http://press,example/
http://press.example;127.0.0.1/
http://press.example&@127.0.0.1/
http://press_.exa+mple/
http://*.example/
http://press.example*/
http://press.ex⁄ample/
http://press\u2028.example/
http://ｐｒｅｓｓ．ｅｘａｍｐｌｅ＠127.0.0.1/
http://press.example／@127.0.0.1/
http://127.0.0.1：{port}/
http://press.example＃@127.0.0.1/
http://xn--/
http://☃.local/
""".split("\n")[1:-1]

CONTROL_LINKS = [
    "http://press.example/\r\nHost: 127.0.0.1",
    "http://press.example/\nX-A: b",
    "http://press.exa\tmple/",
    "http://127.0.0.1\t/",
    "ht\ntp://127.0.0.1/",
    "http://press.example/a b",
    "http://press.example\x00.127.0.0.1/",
    "http://press.example/\x7f",
    "http://press.example/\u0085x",
    "http://press.example/\u00a0x",
    "http://\x01press.example/",
    "http://press.example/\ud800",
    "http://press.example/" + "a" * 4_000,
    "http://" + "a." * 200 + "example/",
    "http://" + "a" * 64 + ".example/",
    "",
    "   ",
]

FORBIDDEN_ANSWERS: dict[str, list[str]] = {
    "loopback": ["127.0.0.1"],
    "another loopback": ["127.8.8.8"],
    "unspecified": ["0.0.0.0"],
    "ten": ["10.20.30.40"],
    "172": ["172.20.0.1"],
    "192": ["192.168.0.10"],
    "carrier": ["100.64.1.1"],
    "metadata": ["169.254.169.254"],
    "a cloud's own": ["168.63.129.16"],
    "multicast": ["224.0.0.251"],
    "reserved": ["250.1.1.1"],
    "broadcast": ["255.255.255.255"],
    "documentation": ["203.0.113.80"],
    "six loopback": ["::1"],
    "six unspecified": ["::"],
    "mapped": ["::ffff:127.0.0.1"],
    "mapped metadata": ["::ffff:a9fe:a9fe"],
    "compatible": ["::127.0.0.1"],
    "translated": ["64:ff9b::7f00:1"],
    "translated privately": ["64:ff9b:1::5db8:d70e"],
    "six to four": ["2002:7f00:1::1"],
    "teredo": ["2001:0:5db8:d70e:0:0:80ff:fffe"],
    "isatap": ["2606:2800:21f:cb07:0:5efe:7f00:1"],
    "link local": ["fe80::1"],
    "link local with a zone": ["fe80::1%eth0"],
    "public with a zone": [f"{PUBLIC_6}%eth0"],
    "site local": ["fec0::7"],
    "unique local": ["fd12:3456::1"],
    "six multicast": ["ff02::fb"],
    "six documentation": ["2001:db8::80"],
    "not given out": ["6000::1"],
    "public, then loopback": [PUBLIC, "127.0.0.1"],
    "loopback, then public": ["127.0.0.1", PUBLIC],
    "public, then six loopback": [PUBLIC, "::1"],
    "six public, then private": [PUBLIC_6, "10.0.0.1"],
    "many public and one not": [PUBLIC] * 20 + ["192.168.0.1"],
    "mixed through a translator": [PUBLIC, "64:ff9b::a9fe:a9fe"],
    "far too many": [f"93.184.{n // 250}.{n % 250 + 1}" for n in range(400)],
    "no address but a word": ["localhost"],
    "an odd spelling": ["0x7f.1"],
    "an empty answer": [""],
}

FORBIDDEN_REDIRECTS = """
http://127.0.0.1:{port}/
http://127.0.0.1/
http://127.1:80/
http://2130706433/
http://0x7f.1/
http://localhost:{port}/
http://[::1]/
http://[::ffff:127.0.0.1]/
http://[64:ff9b::7f00:1]/
http://169.254.169.254/latest/meta-data/
http://10.0.0.1/
http://inner.example/
http://mixed.example/
http://wiki.example/
http://metadata.google.internal/
//127.0.0.1/
//127.0.0.1:{port}/
//inner.example/
file:///etc/passwd
gopher://127.0.0.1:{port}/_x
ftp://press.example/
data:text/html,said
javascript:alert(1)
unix:///var/run/docker.sock
http://desk:secret@press.example/
http://press.example@127.0.0.1/
http://press.example:{port}/
http://press.example:6379/
\\\\127.0.0.1\\x
/\\127.0.0.1/
http://press.example\\@127.0.0.1/
http://①②⑦.⓪.⓪.①/
http://%31%32%37.0.0.1/
http://press.example/a b
http://nowhere.example/
""".split("\n")[1:-1]

CASES = len(REFUSED_LINKS) + len(CONTROL_LINKS) + len(FORBIDDEN_ANSWERS) + 3 * len(FORBIDDEN_REDIRECTS)

ANY = Policy()
NAMES = {
    "press.example": [PUBLIC],
    "inner.example": ["10.0.0.5"],
    "mixed.example": [PUBLIC, "127.0.0.1"],
    "wiki.example": ["127.0.0.1"],
}

_connected: list[tuple[Any, ...]] | None = None


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and _connected is not None:
        _connected.append(arguments[1])


sys.addaudithook(_audit)  # for good: the interpreter has no way to take one away


@pytest.fixture(autouse=True)
def watched(internet: Any, forbidden: Any) -> Iterator[None]:
    """Whatever a case does, no connection goes anywhere but to the stand-in for the public internet."""
    global _connected
    before, _connected = forbidden.connections, []
    internet.names = NAMES
    yield
    made, _connected = _connected, None
    allowed = {("127.0.0.1", internet.web.port), ("127.0.0.1", internet.secure.port)}
    assert set(made) <= allowed, "the interpreter saw a forbidden connection"
    assert forbidden.connections == before, "the forbidden server was reached"
    assert {address for address, _ in internet.dialled} <= {PUBLIC, PUBLIC_6}, "a forbidden address was dialled"


def refused(link: str, internet: Any, policy: Policy = ANY) -> FetchError:
    """The error with which a link is refused."""
    with pytest.raises(FetchError) as caught:
        fetch(link, policy, network=internet.network)
    return caught.value


def test_there_are_enough_cases() -> None:
    assert CASES >= 150


@pytest.mark.parametrize("link", [*REFUSED_LINKS, *CONTROL_LINKS], ids=lambda link: repr(link)[:60])
def test_a_link_is_refused_before_anybody_is_asked(link: str, internet: Any, forbidden: Any) -> None:
    error = refused(link.replace("{port}", str(forbidden.port)), internet)
    assert isinstance(error, LinkRefused)
    assert internet.looked_up == [] and internet.dialled == [] and internet.web.connections == 0
    assert "\n" not in str(error) and len(str(error)) < 600


@pytest.mark.parametrize("answer", FORBIDDEN_ANSWERS.values(), ids=FORBIDDEN_ANSWERS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_is_refused_for_any_forbidden_address(scheme: str, answer: list[str], internet: Any) -> None:
    internet.names = {"press.example": answer}
    error = refused(f"{scheme}://press.example/", internet)
    assert isinstance(error, LinkRefused) and "press.example" in str(error)
    assert internet.looked_up == ["press.example"] and internet.dialled == []


@pytest.mark.parametrize("status", [301, 302, 307])
@pytest.mark.parametrize("location", FORBIDDEN_REDIRECTS)
def test_a_redirect_is_judged_like_a_link(location: str, status: int, internet: Any, forbidden: Any) -> None:
    to = location.replace("{port}", str(forbidden.port))
    internet.web.routes["/1"] = f"HTTP/1.1 {status} Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()
    private = Policy(private_hosts=(PrivateHost("wiki.example"),))
    assert isinstance(refused("http://press.example/1", internet, private), LinkRefused | FetchFailed)
    assert internet.dialled == [(PUBLIC, 80)] and internet.web.connections == 1


@pytest.mark.parametrize("header", ["Refresh: 0;url=", "Content-Location: ", "Link: <", "Alt-Svc: h2=", "X-Location: "])
def test_only_a_redirect_leads_on(header: str, internet: Any, forbidden: Any) -> None:
    internet.web.routes["/1"] = (
        f"HTTP/1.1 200 OK\r\n{header}http://127.0.0.1:{forbidden.port}/\r\nContent-Type: text/plain\r\n"
        "Content-Length: 5\r\n\r\nsaid."
    ).encode()
    assert fetch("http://press.example/1", Policy(), network=internet.network).raw == b"said."


@pytest.mark.parametrize("second", ["127.0.0.1", "10.0.0.1", "::1", "169.254.169.254"])
def test_a_name_that_changes_its_answer_is_asked_once(second: str, internet: Any) -> None:
    answers = itertools.chain([[PUBLIC]], itertools.repeat([second]))
    internet.names = {"press.example": lambda: next(answers)}
    internet.web.routes["/1"] = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nsaid."
    fetch("http://press.example/1", Policy(), network=internet.network)
    assert internet.looked_up == ["press.example"] and internet.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize("second", ["127.0.0.1", "10.0.0.1", "::1", "169.254.169.254"])
def test_a_name_that_changes_its_answer_at_a_redirect_is_judged_again(second: str, internet: Any) -> None:
    answers = itertools.chain([[PUBLIC]], itertools.repeat([second]))
    internet.names = {"press.example": lambda: next(answers)}
    internet.web.routes["/1"] = b"HTTP/1.1 302 Found\r\nLocation: /2\r\nContent-Length: 0\r\n\r\n"
    assert isinstance(refused("http://press.example/1", internet), LinkRefused)
    assert internet.looked_up == ["press.example"] * 2 and internet.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "location", ["///127.0.0.1/", "http:///127.0.0.1/", "/127.0.0.1/", "127.0.0.1", "@127.0.0.1", "?127.0.0.1"]
)
def test_a_redirect_without_a_host_stays_with_its_own(location: str, internet: Any) -> None:
    internet.web.routes["/1"] = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
    assert isinstance(refused("http://press.example/1", internet), FetchFailed)
    assert internet.looked_up == ["press.example"] * len(internet.dialled)


def test_an_endless_chain_ends(internet: Any) -> None:
    internet.web.routes["/1"] = b"HTTP/1.1 302 Found\r\nLocation: /1\r\nContent-Length: 0\r\n\r\n"
    assert "more than 5 times" in str(refused("http://press.example/1", internet))
    assert len(internet.dialled) == 6


def test_from_https_nothing_leads_to_http(internet: Any) -> None:
    internet.secure.routes["/1"] = (
        b"HTTP/1.1 301 Moved\r\nLocation: http://press.example/1\r\nContent-Length: 0\r\n\r\n"
    )
    assert "from https" in str(refused("https://press.example/1", internet))
    assert internet.dialled == [(PUBLIC, 443)]


@pytest.mark.parametrize("link", ["http://press.example/1", f"http://{PUBLIC}/", "http://127.0.0.1/", "nonsense"])
def test_switched_off_nothing_is_even_looked_up(link: str, internet: Any) -> None:
    assert isinstance(refused(link, internet, Policy(egress=False)), EgressOff)
    assert internet.looked_up == [] and internet.dialled == []


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "100.100.100.200", "0.0.0.0", "224.0.0.1"])
def test_not_even_a_private_host_may_be_where_keys_are_handed_out(address: str, internet: Any) -> None:
    internet.names = {"wiki.example": [address]}
    refused("http://wiki.example/", internet, Policy(private_hosts=(PrivateHost("wiki.example"),)))


def test_a_private_host_is_only_that_host_at_that_port(internet: Any, forbidden: Any) -> None:
    policy = Policy(private_hosts=(PrivateHost("wiki.example", 8080),))
    refused(f"http://wiki.example:{forbidden.port}/", internet, policy)
    refused("http://wiki.example/", internet, policy)
    refused("http://inner.example:8080/", internet, policy)
    assert internet.dialled == []
