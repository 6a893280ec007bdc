"""A store as users see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import msgspec

from legation.errors import StoreError, UsageError
from legation.records import Article, Event, Mention, Record, Report
from legation.store.adding import Prepared, plan, prepare
from legation.store.filters import condition
from legation.store.flatten import Found, Row, decode, sentences
from legation.store.lock import NAME as LOCK
from legation.store.lock import writing
from legation.store.manifest import Manifest, clear_drafts, is_draft, read_manifest, write_manifest
from legation.store.reading import Snapshot
from legation.store.rows import Rows
from legation.store.schema import TABLES
from legation.store.tables import append, create_tables, current_versions, explained, roll_back
from legation.store.tidying import due, tidy

BATCH = 200
What = Literal["mentions", "events"]
_MONTH = "strftime(day_from, '%Y-%m')"


class Added(Record, frozen=True, kw_only=True):
    """What adding reports changed: articles new, coded anew, and already there."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0


def open_store(path: str | PathLike[str], *, create: bool = True) -> Store:
    """Open a store, or create it if the folder is absent or empty.

    `StoreError` where the path is something else, was made by a newer version,
    cannot be read, or is absent while ``create`` is False.
    """
    folder = Path(path)
    with explained(folder):
        if folder.exists() and not folder.is_dir():
            raise StoreError(f"{folder}: a store is a folder, and this is a file")
        if read_manifest(folder) is None:
            if not create or not _free(folder):
                raise StoreError(f"{folder}: " + ("not a store" if folder.exists() else "no store here"))
            _create(folder)
    return Store(folder)


def _free(folder: Path) -> bool:
    """Tell whether a folder is absent, empty, or a store whose creation was cut short."""
    if not folder.exists():
        return True
    return {entry.name for entry in folder.iterdir() if not is_draft(entry.name)} <= {*TABLES, LOCK}


def _create(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with writing(folder):
        if read_manifest(folder) is None:
            write_manifest(folder, Manifest(tables=create_tables(folder)))


class Store:
    """A folder of tables. Any number of processes read while one at a time writes a batch.

    A reader sees the last committed batch; it never waits, and never sees half
    a batch. `open_store` makes one.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self._snapshot: Snapshot | None = None
        self._skipped = list[Row]()
        self._adding = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write what `skip` still holds back."""
        if self._skipped:
            self._commit([])
        self._snapshot = None

    def add(self, reports: Iterable[Report], batch: int = BATCH) -> Added:
        """Keep reports, a batch a commit.

        A report that is there already changes nothing; one coded anew, by the
        same version or a newer one, takes the place of the old. If reading
        ``reports`` fails, what came before is kept and the error goes on.
        """
        counts, source = Added(), iter(reports)
        self._adding = True
        try:
            while True:
                pending = list[Prepared]()
                try:
                    pending.extend(prepare(report) for report in islice(source, batch))
                finally:
                    counts = _sum(counts, self._commit(pending))
                if len(pending) < batch:
                    break
            self._tidy()
        finally:
            self._adding, self._snapshot = False, None
        return counts

    def skip(self, name: str, reason: str) -> None:
        """Keep the name of an input that could not be read, and why; while reports are added, with them."""
        self._skipped.append({"name": name, "reason": reason, "noted_at": datetime.now(UTC)})
        if not self._adding:
            self._commit([])

    def _commit(self, batch: Sequence[Prepared]) -> Added:
        if not batch and not self._skipped:
            return Added()
        with explained(self.path), writing(self.path):
            clear_drafts(self.path)
            snapshot = self._now()
            changes = plan(batch, snapshot)
            rows = changes.rows | {"skipped": self._new_skips(snapshot)}
            if any(rows.values()):
                before = snapshot.manifest
                roll_back(self.path, before.tables)
                append(self.path, rows)
                versions = current_versions(self.path)
                write_manifest(
                    self.path, msgspec.structs.replace(before, batch=before.batch + 1, tables=versions)
                )
            self._skipped = []
        if due(self._now()):
            self._tidy()
        return Added(added=changes.added, replaced=changes.replaced, unchanged=changes.unchanged)

    def _new_skips(self, snapshot: Snapshot) -> list[Row]:
        rows = {(row["name"], row["reason"]): row for row in self._skipped}
        if not rows:
            return []
        sql = "SELECT name, reason FROM skipped WHERE name IN (SELECT unnest(?::VARCHAR[]))"
        stored = set(snapshot.rows(sql, [name for name, _ in rows]))
        return [
            {**row, "batch": snapshot.manifest.batch + 1} for key, row in rows.items() if key not in stored
        ]

    def _tidy(self) -> None:
        with explained(self.path), writing(self.path):
            tidy(self.path, self._now())

    def compact(self) -> None:
        """Rewrite the tables so that they hold current rows alone, in few files, and delete old files."""
        with explained(self.path), writing(self.path):
            tidy(self.path, self._now(), thorough=True)

    def _now(self) -> Snapshot:
        """Return the last committed state."""
        manifest = read_manifest(self.path)
        if manifest is None:
            raise StoreError(f"{self.path}: the store is gone")
        if self._snapshot is None or self._snapshot.manifest != manifest:
            # a long addition takes many snapshots, and what the threads of each free is not given back
            self._snapshot = Snapshot(self.path, manifest, threads=1 if self._adding else None)
        return self._snapshot

    def query(self, sql: str, parameters: Sequence[Any] | None = None) -> Rows:
        """Run one SELECT of DuckDB's SQL over the tables of the last committed state."""
        with explained(self.path):
            return self._now().query(sql, parameters)

    def mentions(self, *, limit: int | None = None, **filters: Any) -> Iterator[Mention]:
        """Yield mentions, the latest days last.

        Filters: actor, recipient and place (a code of three capitals, or part
        of a name), type, mode, status, context, article, event, since, until
        (days), confidence (at least).
        """
        return self._records("mentions", Mention, "day_from, article, trigger_start, id", limit, filters)

    def events(self, *, limit: int | None = None, **filters: Any) -> Iterator[Event]:
        """Yield events, the latest days last; filters as for `mentions`, without article and event."""
        return self._records("events", Event, "day_from, id", limit, filters)

    def counts(self, what: What, by: str | None = None, **filters: Any) -> list[tuple[Any, int]]:
        """Return how many mentions or events there are, by a column if one is named, the most first.

        A column that holds lists counts a record under each of its values.
        Without ``by`` there is one row, for all.
        """
        where, parameters = condition(filters)
        kinds: Mapping[str, str] = {"month": "text", **TABLES[what]}
        if by is not None and by not in kinds:
            raise UsageError(f"no column {by!r} in {what}; one of {', '.join(kinds)}")
        value = "'all'" if by is None else _MONTH if by == "month" else f'"{by}"'
        value = f"unnest({value})" if by and kinds[by] == "texts" else value
        sql = f"SELECT {value} AS value FROM {what} WHERE {where}"  # noqa: S608 (names of our own)
        return self.query(
            f"SELECT value, count(*) FROM ({sql}) GROUP BY 1 ORDER BY 2 DESC, 1",  # noqa: S608
            parameters,
        ).fetchall()

    def _records(
        self, table: str, kind: type[Found], order: str, limit: int | None, filters: dict[str, Any]
    ) -> Iterator[Found]:
        where, parameters = condition(filters)
        sql = f"SELECT record FROM {table} WHERE {where} ORDER BY {order}"  # noqa: S608 (values are parameters)
        if limit is not None:
            sql += f" LIMIT {int(limit)}"
        return (decode(kind, text) for (text,) in self.query(sql, parameters))

    def reports(self) -> Iterator[Report]:
        """Yield every article with its mentions and the events they tell of; sentences have no words."""
        sql = "SELECT id FROM articles ORDER BY published_day, id"
        with explained(self.path):
            snapshot = self._now()
        names = [name for (name,) in snapshot.rows(sql)]
        for start in range(0, len(names), BATCH):
            yield from _reports(snapshot, names[start : start + BATCH])

    def report(self, article: str) -> Report | None:
        """Return one article with its mentions and events, or None."""
        with explained(self.path):
            return next(iter(_reports(self._now(), [article])), None)

    def mention(self, id: str) -> Mention | None:  # noqa: A002 (the field's name)
        """Return the mention of that id, or None."""
        return self._one("mentions", Mention, id)

    def event(self, id: str) -> Event | None:  # noqa: A002
        """Return the event of that id, or the one that has taken its place, or None."""
        found, seen = self._one("events", Event, id), {id}
        while found is None:
            sql = "SELECT replaced_by FROM removed_events WHERE id = ? AND replaced_by IS NOT NULL"
            following = self.query(sql, [id]).fetchall()
            if not following or following[0][0] in seen:
                return None
            id = following[0][0]  # noqa: A001
            seen.add(id)
            found = self._one("events", Event, id)
        return found

    def article(self, id: str) -> Article | None:  # noqa: A002
        """Return the article of that id, or None."""
        return self._one("articles", Article, id)

    def _one(self, table: str, kind: type[Found], name: str) -> Found | None:
        rows = self.query(f"SELECT record FROM {table} WHERE id = ?", [name]).fetchall()  # noqa: S608
        return decode(kind, rows[0][0]) if rows else None


def _sum(a: Added, b: Added) -> Added:
    return Added(
        added=a.added + b.added, replaced=a.replaced + b.replaced, unchanged=a.unchanged + b.unchanged
    )


def _reports(snapshot: Snapshot, names: Sequence[str]) -> list[Report]:
    """Return the reports of some articles, in the order of the names."""
    wanted = [list(names)]
    chosen = "IN (SELECT unnest(?::VARCHAR[]))"
    articles = snapshot.rows(f"SELECT id, record, sentences FROM articles WHERE id {chosen}", *wanted)  # noqa: S608
    mentions = dict[str, list[Mention]]()
    sql = f"SELECT record FROM mentions WHERE article {chosen} ORDER BY field DESC, trigger_start, id"  # noqa: S608
    for (text,) in snapshot.rows(sql, *wanted):
        mention = decode(Mention, text)
        mentions.setdefault(mention.article, []).append(mention)
    ids = sorted({mention.event for found in mentions.values() for mention in found if mention.event})
    records = snapshot.rows(f"SELECT record FROM events WHERE id {chosen}", ids)  # noqa: S608
    events = {event.id: event for (text,) in records for event in [decode(Event, text)]}
    found = {
        name: Report(
            article=decode(Article, record),
            sentences=sentences(bounds),
            mentions=tuple(mentions.get(name, ())),
            events=tuple(
                events[key] for key in dict.fromkeys(m.event for m in mentions.get(name, ())) if key in events
            ),
        )
        for name, record, bounds in articles
    }
    return [found[name] for name in names if name in found]
