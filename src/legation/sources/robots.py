"""robots.txt: what a site asks programs not to read, and how often they may ask (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from legation.errors import InputError

if TYPE_CHECKING:
    from legation.sources.fetching import Answer

AGENT = "Legation/0.1 (news reader for research; obeys robots.txt)"
_NAME = "Legation"
_LONGEST_DELAY = 60.0
_OK, _REFUSED, _BROKEN = 200, 400, 500


class Robots:
    """The rules of each site, fetched once a run."""

    def __init__(self, fetch: Callable[[str], Answer]) -> None:
        self._fetch = fetch
        self._rules: dict[str, RobotFileParser | InputError] = {}

    def allow(self, url: str) -> bool:
        """Say whether a page may be read: one without rules allows all; `InputError` if none can be had."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._load(site)
        rules = self._rules[site]
        if isinstance(rules, InputError):
            raise InputError(url, rules.reason, rules.mend)
        return rules.can_fetch(_NAME, url)

    def delay(self, host: str) -> float:
        """Return the seconds between two requests that a host asks for, at most a minute."""
        own = (rules for site, rules in self._rules.items() if urlsplit(site).hostname == host)
        waits = [float(rules.crawl_delay(_NAME) or 0) for rules in own if isinstance(rules, RobotFileParser)]
        return min(max(waits, default=0.0), _LONGEST_DELAY)

    def _load(self, site: str) -> RobotFileParser | InputError:
        try:
            answer = self._fetch(f"{site}/robots.txt")
        except InputError as error:
            return error
        rules = RobotFileParser()
        if answer.status == _OK:
            rules.parse(answer.body.decode("utf-8", errors="replace").splitlines())
        elif _REFUSED <= answer.status < _BROKEN:
            rules.parse([])
        else:
            reason = f"its robots.txt cannot be had, the server answered {answer.status}"
            return InputError(site, reason, "try again later")
        return rules
