"""Networks: parties as nodes, acts that occurred as dated edges, in GraphML and GEXF 1.3.

Nodes are few and edges many: edges are written as they come, to a file that is
set behind the nodes at the end.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import TextIO
from xml.sax.saxutils import quoteattr

from legation.formats import What
from legation.formats.flat import Act, day, happened, name, pairs
from legation.formats.states import state
from legation.records import Article, Party, Report

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_MEMORY = 1 << 24
_ATTRIBUTES = {
    "type": "string",
    "mode": "string",
    "quad": "int",
    "intensity": "double",
    "confidence": "double",
    "day": "string",
}

Edge = Callable[[int, str, str, dict[str, object]], str]


def write_graphml(reports: Iterable[Report], what: What, stream: TextIO) -> int:
    """Write GraphML; return the number of edges."""
    return _write(
        reports, what, stream, _graphml_head(), _graphml_node, _graphml_edge, ("", "", "</graph></graphml>\n")
    )


def write_gexf(reports: Iterable[Report], what: What, stream: TextIO) -> int:
    """Write GEXF with a start and an end day on edges; return the number of edges."""
    parts = ("<nodes>\n", "</nodes><edges>\n", "</edges></graph></gexf>\n")
    return _write(reports, what, stream, _gexf_head(), _gexf_node, _gexf_edge, parts)


def _write(
    reports: Iterable[Report],
    what: What,
    stream: TextIO,
    head: str,
    node: Callable[[str, str, str], str],
    edge: Edge,
    parts: tuple[str, str, str],
) -> int:
    nodes, count = dict[str, str](), 0
    with SpooledTemporaryFile(max_size=_IN_MEMORY, mode="w+", encoding="utf-8") as edges:
        for act, article in happened(reports, what):
            for actor, recipient in pairs(act):
                if actor and recipient:
                    for party in (actor, recipient):
                        key = _key(party)
                        nodes.setdefault(key, node(key, _label(party), party.country or ""))
                    edges.write(edge(count, _key(actor), _key(recipient), _values(act, article)))
                    count += 1
        stream.write(head + parts[0])
        stream.writelines(nodes.values())
        stream.write(parts[1])
        edges.seek(0)
        shutil.copyfileobj(edges, stream)
    stream.write(parts[2])
    return count


def _key(party: Party) -> str:
    """Return one key for a state and its organs, and one for each other name."""
    if party.country and party.kind in ("state", "unnamed", "people"):
        return party.country
    return f"{party.country or '-'} {name(party)}"


def _label(party: Party) -> str:
    return state(party.country).name if _key(party) == party.country else name(party)


def _values(act: Act, article: Article) -> dict[str, object]:
    when = day(act, article)
    last = (act.when and act.when.to) or when
    return {
        "type": act.type,
        "mode": act.mode or "",
        "quad": act.quad,
        "intensity": act.intensity,
        "confidence": act.confidence,
        "day": when or "",
        "last": last or "",
    }


def _quoted(value: object) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", str(value)))


def _text(value: object) -> str:
    return _quoted(value)[1:-1]


def _graphml_head() -> str:
    keys = "".join(
        f'<key id="{key}" for="edge" attr.name="{key}" attr.type="{kind}"/>\n'
        for key, kind in _ATTRIBUTES.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        '<key id="label" for="node" attr.name="label" attr.type="string"/>\n'
        f'<key id="country" for="node" attr.name="country" attr.type="string"/>\n{keys}'
        '<graph edgedefault="directed">\n'
    )


def _graphml_node(key: str, label: str, country: str) -> str:
    data = f'<data key="label">{_text(label)}</data><data key="country">{_text(country)}</data>'
    return f"<node id={_quoted(key)}>{data}</node>\n"


def _graphml_edge(number: int, actor: str, recipient: str, values: dict[str, object]) -> str:
    data = "".join(f'<data key="{key}">{_text(values[key])}</data>' for key in _ATTRIBUTES)
    return f'<edge id="{number}" source={_quoted(actor)} target={_quoted(recipient)}>{data}</edge>\n'


def _gexf_head() -> str:
    keys = "".join(
        f'<attribute id="{key}" title="{key}" type="{kind}"/>\n' for key, kind in _ATTRIBUTES.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
        '<graph mode="dynamic" timeformat="date" defaultedgetype="directed">\n<attributes class="node">\n'
        '<attribute id="country" title="country" type="string"/>\n</attributes>\n'
        f'<attributes class="edge">\n{keys}</attributes>\n'
    )


def _gexf_node(key: str, label: str, country: str) -> str:
    values = f'<attvalues><attvalue for="country" value={_quoted(country)}/></attvalues>'
    return f"<node id={_quoted(key)} label={_quoted(label)}>{values}</node>\n"


def _gexf_edge(number: int, actor: str, recipient: str, values: dict[str, object]) -> str:
    data = "".join(f'<attvalue for="{key}" value={_quoted(values[key])}/>' for key in _ATTRIBUTES)
    span = f" start={_quoted(values['day'])} end={_quoted(values['last'])}" if values["day"] else ""
    return (
        f'<edge id="{number}" source={_quoted(actor)} target={_quoted(recipient)}{span}>'
        f"<attvalues>{data}</attvalues></edge>\n"
    )
