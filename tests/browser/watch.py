"""Keeps an eye on a page: what it asks for, and what the browser complains about."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request

# These leave the machine for nowhere.
LOCAL_SCHEMES = {"about", "blob", "data"}


class Watch:
    """Collects problems of the pages that it watches."""

    def __init__(self, origin: str) -> None:
        self.host = urlsplit(origin).netloc
        self.expected: list[str] = []
        self.found: list[str] = []

    def over(self, page: Page) -> None:
        """Begin with this page, before it goes anywhere."""
        page.context.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", self._broke)

    def expect(self, part: str) -> None:
        """Allow problems that hold this text: for tests of error pages and of the policy itself."""
        self.expected.append(part)

    @property
    def problems(self) -> list[str]:
        return [text for text in self.found if not any(part in text for part in self.expected)]

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in LOCAL_SCHEMES and address.netloc != self.host:
            self.found.append(f"asked another host: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # Breaches of the policy come as errors, or as warnings where it only reports.
        if message.type == "error" or "Content Security Policy" in message.text:
            self.found.append(f"{message.location['url']}: {message.text}")

    def _broke(self, error: Error) -> None:
        self.found.append(f"error in a script: {error.message}")
