"""The pages hold what the program has: options, public names, links, code that runs, labels that parse."""

from __future__ import annotations

import csv
import importlib
import re
from collections import defaultdict
from pathlib import Path

import pytest
from typer.main import get_command

import legation
from legation.cli.app import COMMANDS, app
from legation.labels import TYPES, read_labels
from legation.records import STATUSES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
BESIDE = ("CONTRIBUTING.md", "README.md", "CHANGELOG.md", "benchmarks/README.md", "examples/README.md")
PAGES = [*sorted(DOCS.glob("*.md")), *(ROOT / name for name in BESIDE if (ROOT / name).exists())]
COMPLETION = {"--install-completion", "--show-completion"}  # not offered: `app.py` drops them
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(name: str, kind: str) -> list[str]:
    return [body for found, body in FENCE.findall(page(name)) if found == kind]


def options(command: str) -> list[str]:
    module = importlib.import_module(f"legation.cli.{COMMANDS[command]}")
    named = [
        name
        for parameter in get_command(module.app).params
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("-")
    ]
    return [name for name in named if name not in COMPLETION]


def section(command: str) -> str:
    """Return what stands under the heading of a command, up to the next heading of its rank."""
    match = re.search(rf"^(#+) `?legation {command}`?.*?$", page("cli.md"), re.MULTILINE)
    if match is None:
        return ""
    rest = page("cli.md")[match.end() :]
    end = re.search(rf"^#{{1,{len(match[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_section_and_every_option_a_line(command):
    text = section(command)
    assert text, f"docs/cli.md has no heading 'legation {command}'"
    said = " ".join(re.findall(r"`([^`\n]+)`", text))
    missing = [name for name in options(command) if not re.search(rf"(?<!\S){name}(?![\w-])", said)]
    assert not missing, f"docs/cli.md, legation {command}: no word about {', '.join(missing)}"


def test_options_of_the_program_itself_are_documented():
    names = [name for parameter in get_command(app).params for name in parameter.opts]
    assert names
    assert not [name for name in names if name not in page("cli.md")]


def test_options_in_the_pages_exist():
    """An option that was renamed must not live on in its command's section."""
    for command in COMMANDS:
        shown = set(re.findall(r"^\| `(--[a-z-]+)", section(command), re.MULTILINE))
        assert shown <= set(options(command)), command


@pytest.mark.parametrize("name", legation.__all__)
def test_every_public_name_is_documented(name):
    assert re.search(rf"`[^`\n]*\b{re.escape(name)}\b[^`\n]*`", page("python.md")), name


@pytest.mark.parametrize("source", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(source):
    text = FENCE.sub("", source.read_text(encoding="utf-8"))
    broken = []
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (source.parent / path).resolve() if path else source
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(target)
    assert not broken


def anchors(path: Path) -> set[str]:
    """Return the names of a page's headings, as sites of repositories make them."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def test_the_index_names_every_page():
    linked = set(LINK.findall(page("README.md")))
    assert {path.name for path in DOCS.glob("*.md")} - {"README.md"} <= linked


def test_python_blocks_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    code = [*blocks("python.md", "python"), *blocks("recipes.md", "python")]
    names: dict[str, object] = {}
    for number, block in enumerate(code, 1):
        exec(compile(block, f"docs/, block {number}", "exec"), names)  # noqa: S102 - our own page
    assert len(code) >= 8
    report = names["report"]
    assert isinstance(report, legation.Report)
    assert isinstance(names["first"], legation.Mention)
    assert sum(names["shares"].values()) == pytest.approx(1)
    assert (tmp_path / "crisis" / "legation.json").exists()
    assert (tmp_path / "mentions.jsonl").read_text(encoding="utf-8").count("\n") == names["count"] > 0
    told = capsys.readouterr().out
    assert "'last week'" in told
    assert "{'month':" in told


def test_labels_on_the_page_parse(tmp_path):
    shown = blocks("labelling.md", "labels")
    assert len(shown) >= 2
    for number, block in enumerate(shown):
        path = tmp_path / f"{number}.txt"
        path.write_text(block, encoding="utf-8")
        lines = [line for line in block.splitlines() if " | " in line]
        assert sum(len(sentence.mentions) for sentence in read_labels(path)) == len(lines) > 0


def test_the_rules_name_every_type_mode_and_status():
    rows = dict(re.findall(r"^\| ([A-Z]+) \| (\d \|.*)$", page("coding-rules.md"), re.MULTILINE))
    assert set(rows) == set(TYPES)
    tables = ROOT / "src" / "legation" / "data" / "codebook"
    modes = defaultdict(set)
    for row in read(tables / "modes.csv"):
        modes[row["type"]].add(row["mode"])
    for row in read(tables / "types.csv"):
        line = rows[row["type"]]
        assert line[0] == row["quad"], row["type"]
        assert set(re.findall(r"`([a-z-]+)`", line)) == modes[row["type"]], row["type"]
    assert all(f"| `{status}` |" in page("coding-rules.md") for status in STATUSES)


def read(path: Path) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if line and not line.startswith("#")))


def test_the_kinds_of_evidence_and_their_keys_are_explained(coder):
    rows = dict(re.findall(r"^\| `([a-z]+)` \| (.*)$", page("evidence.md"), re.MULTILINE))
    rooms = [ROOT / "src" / "legation" / room / "evidence.py" for room in ("coding", "grounding")]
    source = "".join(path.read_text(encoding="utf-8") for path in rooms)
    assert set(rows) == set(re.findall(r'"kind": "([a-z]+)"', source))
    report = coder.read(
        "Mali's president met the French envoy on Tuesday in Paris, a spokesman said. "
        "Rebels may have killed two soldiers near Gao, according to the army. They fled.",
        date="2021-03-04",
    )
    assert report.mentions
    for item in (item for mention in report.mentions for item in mention.why):
        assert not [key for key in item if key != "kind" and f"`{key}`" not in rows[item["kind"]]], item


def test_the_sources_of_the_model_are_those_that_training_reads():
    training = (ROOT / "training" / "corpora.py").read_text(encoding="utf-8")
    folders = set(re.findall(r'"((?:ud|propbank|ner|gum)_\w+|uds)"', training))
    named = {
        "ud_ewt": "EWT", "propbank_ewt": "PropBank", "ner_uner_ewt": "Universal NER",
        "uds": "Universal Decompositional", "gum_permissive": "GUM", "ner_wikigold": "Wikigold",
        "ner_crossner_politics": "CrossNER", "ner_re3d": "re3d",
    }  # fmt: skip
    assert folders == set(named)
    table = page("model.md").split("## Sources and licences")[1]
    assert not [title for title in named.values() if title not in table]
