"""Forwarding addresses: a renamed page answers 301 at its old address, and all below it too."""

from publishing.models import Redirect

_LONGEST_CHAIN = 10


def add_redirect(old_path: str, new_path: str) -> None:
    """Remember that a page moved. Both are whole paths with a slash at each end."""
    Redirect.objects.filter(path=new_path).delete()  # a page lives there again
    Redirect.objects.update_or_create(path=old_path, defaults={"target": new_path})


def redirect_target(path: str) -> str | None:
    """Where the page at `path` is now, or None when nothing there ever moved.

    What stood below a moved page (`…/r/3/`) moved with it; several moves are followed in turn.
    """
    now = path
    for _step in range(_LONGEST_CHAIN):
        moved = _one_move(now)
        if moved is None:
            break
        now = moved
    return now if now != path else None


def _one_move(path: str) -> str | None:
    parts = path.strip("/").split("/")
    above = [f"/{'/'.join(parts[:length])}/" for length in range(1, len(parts) + 1)]
    moves = Redirect.objects.filter(path__in=above)
    longest = max(moves, key=lambda move: len(move.path), default=None)
    return longest.target + path.removeprefix(longest.path) if longest else None
