"""`make run` before it serves: a second server on one port would share its visitors in silence."""

import socket
import sys


def main(host: str, port: str) -> int:
    """0 where nobody listens; else one sentence and 1."""
    try:
        with socket.create_server((host, int(port)), family=_family(host)):
            return 0
    except (OSError, ValueError, OverflowError) as error:
        print(f"Cannot listen on {host} port {port}: {error}. Try another: PORT=8080 make run")
        return 1


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
