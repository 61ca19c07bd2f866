"""A network of its own for one command, in which every packet that leaves it is seen.

    python tests/samples/closed_network.py COMMAND...

The command has loopback, and a road to everywhere that ends in this program: whatever is sent
there is noted and never arrives. Names are resolved by this program too, so that who asks for one
goes on to send what it wanted to send. Native code is seen like Python's: it is the kernel that
sends. Needs Linux, `unshare` (util-linux) and `ip` (iproute2), and root or user namespaces.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_INSIDE = "--inside"
_SETTLE_SECONDS = 1.0  # that what was sent last has for being seen
_SET_UP = (
    "ip link set lo up",
    "ip link add road type veth peer name end",
    # The kernel itself shall say nothing on the road: no duplicate addresses, no routers sought.
    "ip link set dev road addrgenmode none",
    "ip link set dev end addrgenmode none",
    "ip link set end up",
    "ip link set road up",
    "ip address add 192.0.2.2/24 dev road",
    "ip neighbour add 192.0.2.1 lladdr 02:00:00:00:00:01 dev road nud permanent",
    "ip route add default via 192.0.2.1",
    "ip -6 address add 2001:db8::2/64 dev road nodad",
    "ip -6 neighbour add 2001:db8::1 lladdr 02:00:00:00:00:01 dev road nud permanent",
    "ip -6 route add default via 2001:db8::1",
)
_ANSWER = socket.inet_aton("198.51.100.7")  # of every name: an address for documentation
_MOUNT_BIND = 4096


@dataclass(frozen=True, slots=True)
class Seen:
    """What a command did, and what of it wanted to leave."""

    code: int
    output: str  # what it printed, errors too
    names: tuple[str, ...]  # that it asked the resolver for
    packets: tuple[str, ...]  # "tcp 198.51.100.7:443", in order

    @property
    def nothing(self) -> bool:
        return not self.names and not self.packets


def why_not() -> str:
    """Why this machine cannot give a command a network of its own; empty where it can."""
    for program, package in (("unshare", "util-linux"), ("ip", "iproute2")):
        if shutil.which(program) is None:
            return f"needs {package}"
    try:
        watched(["true"], {"PATH": os.environ["PATH"]}, seconds=30)
    except RuntimeError as error:
        return f"no network namespaces here: {error}"
    return ""


def watched(
    command: Sequence[str],
    environment: Mapping[str, str],
    seconds: float,
    place: Path | None = None,
) -> Seen:
    """Runs the command with these variables alone, in the folder ``place``, for so long at most.

    Whatever it leaves running is ended with it. Raises RuntimeError where there is no such
    network, TimeoutError where the command does not end.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "seen.json")
        apart = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
        if os.geteuid():
            apart += ["--user", "--map-root-user"]
        try:
            done = subprocess.run(
                [*apart, sys.executable, "-I", __file__, _INSIDE, folder, *command],
                env=dict(environment),
                cwd=place,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                timeout=seconds,
            )
        except subprocess.TimeoutExpired as error:
            said = (error.stdout or b"")[-2000:]
            raise TimeoutError(f"{command[0]} runs longer than {seconds:g} s: {said!r}") from None
        if not told.exists():
            raise RuntimeError(done.stdout.strip()[-300:])
        seen = json.loads(told.read_text("utf-8"))
        return Seen(done.returncode, done.stdout, tuple(seen["names"]), tuple(seen["packets"]))


@dataclass(slots=True)
class _Watch:
    names: list[str] = field(default_factory=list)
    packets: list[str] = field(default_factory=list)

    def resolve(self, asked: socket.socket) -> None:
        """Answers every question for an IPv4 address, and notes the name."""
        while True:
            question, place = asked.recvfrom(4096)
            name, end = _name(question)
            self.names.append(name)
            known = question[end : end + 2] == b"\0\1"  # type A
            head = question[:2] + struct.pack(">HHHHH", 0x8180, 1, int(known), 0, 0)
            record = b"\xc0\x0c\0\1\0\1" + struct.pack(">IH", 60, 4) + _ANSWER
            asked.sendto(head + question[12 : end + 4] + (record if known else b""), place)

    def listen(self, road: socket.socket) -> None:
        while True:
            frame, place = road.recvfrom(65536)
            if place[2] != socket.PACKET_OUTGOING and (packet := _packet(frame)):
                self.packets.append(packet)


def _name(question: bytes) -> tuple[str, int]:
    """The name that is asked for, and where its type stands."""
    labels, at = [], 12
    while length := question[at]:
        labels.append(question[at + 1 : at + 1 + length].decode("ascii", "replace"))
        at += 1 + length
    return ".".join(labels), at + 1


def _packet(frame: bytes) -> str:
    """Where an Ethernet frame goes; empty for what the kernel says of its own accord."""
    kind, body = frame[12:14], frame[14:]
    if kind == b"\x08\x00":
        protocol, target = body[9], socket.inet_ntop(socket.AF_INET, body[16:20])
        rest = body[(body[0] & 15) * 4 :]
    elif kind == b"\x86\xdd":
        protocol, target = body[6], f"[{socket.inet_ntop(socket.AF_INET6, body[24:40])}]"
        rest = body[40:]
        if protocol in (0, 58):  # multicast reports and neighbours
            return ""
    else:
        return f"ethernet {kind.hex()}"
    named = {6: "tcp", 17: "udp", 1: "icmp"}.get(protocol, f"protocol {protocol}")
    port = f":{int.from_bytes(rest[2:4], 'big')}" if protocol in (6, 17) else ""
    return f"{named} {target}{port}"


def _inside(folder: Path, command: Sequence[str]) -> int:
    for line in _SET_UP:
        subprocess.run(line.split(), check=True)
    settled = {"resolv.conf": "nameserver 127.0.0.1\n", "nsswitch.conf": "hosts: files dns\n"}
    for name, text in settled.items():
        (folder / name).write_text(text, encoding="ascii")
        _lay_over(folder / name, Path("/etc", name))
    watch = _Watch()
    asked = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    asked.bind(("127.0.0.1", 53))
    every = 3  # ETH_P_ALL
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(every))
    end.bind(("end", every))
    for work, place in ((watch.resolve, asked), (watch.listen, end)):
        threading.Thread(target=work, args=(place,), daemon=True).start()
    code = subprocess.run(command).returncode
    time.sleep(_SETTLE_SECONDS)
    told = {"names": watch.names, "packets": watch.packets}
    (folder / "seen.json").write_text(json.dumps(told), encoding="utf-8")
    return code


def _lay_over(source: Path, target: Path) -> None:
    """Show ``source`` at ``target``, in this namespace only."""
    libc = ctypes.CDLL(None, use_errno=True)
    paths = (bytes(source), bytes(target.resolve()))
    if libc.mount(*paths, None, _MOUNT_BIND, None):
        raise OSError(ctypes.get_errno(), f"{target} cannot be laid over")


def main() -> int:
    if sys.argv[1:2] == [_INSIDE]:
        return _inside(Path(sys.argv[2]), sys.argv[3:])
    seen = watched(sys.argv[1:], os.environ, seconds=3600)
    print(seen.output, end="")
    for name in seen.names:
        print(f"asked for {name}")
    for packet in seen.packets:
        print(f"sent to {packet}")
    print(f"{len(seen.names)} names asked for, {len(seen.packets)} packets beyond loopback")
    return seen.code


if __name__ == "__main__":
    sys.exit(main())
