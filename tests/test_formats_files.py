import csv
import io
import json
from importlib.resources import files
from xml.etree import ElementTree as ET

import duckdb
import msgspec
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import DAY, article, mention, place, reports, state

from legation.coding.cameo import type_and_mode
from legation.errors import InputError, UsageError
from legation.formats import FORMATS, codebook, writer
from legation.formats.csv import cell, columns
from legation.formats.imported import read
from legation.merging import merge_article
from legation.records import Event, Mention, Report
from legation.tables import rows


def coded(made, *mentions):
    joined, events = merge_article(mentions, made)
    return Report(article=made, mentions=joined, events=events)


def written(name, made, what="mentions"):
    stream = io.StringIO()
    return writer(name)(made, what, stream), stream.getvalue()


def one(**more):
    made = article(1)
    return coded(made, mention(made, 10, **({"where": place(), "cameo": "190"} | more)))


@settings(max_examples=40, deadline=None)
@given(st.lists(reports(), max_size=3, unique_by=lambda report: report.article.id))
def test_jsonl_reads_back(made):
    made = [coded(each.article, *each.mentions) for each in made]
    for what, kind in (("mentions", Mention), ("events", Event)):
        count, text = written("jsonl", made, what)
        read_back = [msgspec.json.decode(line, type=kind) for line in text.split("\n")[:-1]]
        expected = {record.id: record for each in made for record in getattr(each, what)}
        assert {record.id: record for record in read_back} == expected
        assert count == len(read_back)


def test_jsonl_has_the_names_of_the_contract():
    (line,) = written("jsonl", [one()])[1].splitlines()
    record = json.loads(line)
    assert record["when"]["from"] == "2020-01-10"
    assert list(record)[:4] == ["id", "event", "article", "field"]
    assert record["source"] is None


@settings(max_examples=40, deadline=None)
@given(st.lists(reports(), max_size=3))
def test_csv_has_a_row_for_each_record_and_no_formulas(made):
    count, text = written("csv", made)
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header == columns("mentions")
    assert len(rows) == count == sum(len(each.mentions) for each in made)
    numbers = {"intensity", "place_lat", "place_lon", "confidence"}
    for row in rows:
        for name, value in zip(header, row, strict=True):
            assert name in numbers or not value.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_csv_cells():
    assert cell("=SUM(A1)") == "'=SUM(A1)"
    assert cell(-2.0) == "-2.0"
    assert cell(None) == ""
    assert cell(("a", "b")) == "a;b"
    assert cell(DAY) == "2020-01-10"
    assert cell(False) == "false"
    assert all(len(name) <= 32 for what in ("mentions", "events") for name in columns(what))


def test_several_parties_share_a_cell():
    made = one(actors=(state("USA"), state("GBR")))
    (row,) = csv.DictReader(io.StringIO(written("csv", [made])[1]))
    assert row["actor_names"] == "Usa;Gbr"
    assert row["source_text"] == ""
    assert row["day_from"] == "2020-01-10"


@pytest.mark.parametrize(("name", "width"), [("gdelt", 61), ("icews", 20), ("polecat", 40)])
def test_every_row_has_the_columns_of_the_format(name, width):
    made = [one(), one(actors=(), recipients=(), where=None, when=None, cameo=None)]
    for what in ("mentions", "events"):
        _, text = written(name, made, what)
        assert {len(line.split("\t")) for line in text.splitlines()} == {width}


def test_parquet_has_typed_columns_and_lists(tmp_path):
    made = [one(), one(actors=(), when=None, mode=None)]
    with (tmp_path / "out.parquet").open("wb") as stream:
        assert writer("parquet")(made, "mentions", stream) == 2
    found = duckdb.execute("FROM read_parquet(?)", [str(tmp_path / "out.parquet")])
    assert [column[0] for column in found.description] == columns("mentions")
    known, unknown = (dict(zip(columns("mentions"), row, strict=True)) for row in found.fetchall())
    assert (known["actor_countries"], known["day_from"], known["cameo"]) == (["ISR"], DAY, "190")
    assert (unknown["actor_countries"], unknown["day_from"], unknown["mode"]) == ([], None, None)


def test_a_parquet_file_of_nothing_has_its_columns(tmp_path):
    with (tmp_path / "out.parquet").open("wb") as stream:
        assert writer("parquet")([], "events", stream) == 0
    found = duckdb.execute("FROM read_parquet(?)", [str(tmp_path / "out.parquet")])
    assert [column[0] for column in found.description] == columns("events")
    assert found.fetchall() == []


def test_gdelt_mentions_name_the_rows_of_gdelt_events():
    made = [one()]
    (event,) = (line.split("\t") for line in written("gdelt", made, "events")[1].splitlines())
    (row,) = (line.split("\t") for line in written("gdelt-mentions", made)[1].splitlines())
    (told,) = made[0].mentions
    assert len(row) == 16
    assert row[0] == event[0]
    assert row[2:7] == ["20200110000000", "1", "paper 1", "https://x.org/1", str(told.sentence + 1)]
    assert [int(cell) for cell in row[7:10]] == [
        told.actors[0].start,
        told.recipients[0].start,
        told.trigger.start,
    ]
    assert written("gdelt-mentions", [one(status="denied")])[0] == 0


def test_gdelt_columns():
    cells = written("gdelt", [one()])[1].rstrip("\n").split("\t")
    assert cells[1:4] == ["20200110", "202001", "2020"]
    assert (cells[5], cells[7], cells[17]) == ("ISR", "ISR", "SYR")
    assert cells[26:31] == ["190", "190", "19", "4", "-9.0"]
    assert cells[51:54] == ["4", "Damascus, Syria", "SY"]
    assert cells[56:58] == ["33.5", "36.3"]
    assert cells[60] == "https://x.org/1"


def test_icews_and_polecat_columns():
    (row,) = csv.DictReader(io.StringIO(written("icews", [one()])[1]), delimiter="\t")
    assert (row["Source Country"], row["Target Country"], row["City"]) == ("Israel", "Syria", "Damascus")
    assert (row["CAMEO Code"], row["Province"], row["Sentence Number"]) == ("190", "NA", "1")
    (row,) = csv.DictReader(io.StringIO(written("polecat", [one()])[1]), delimiter="\t")
    assert (row["Actor Country"], row["Actor COW"], row["Event Type"]) == ("ISR", "666", "ASSAULT")
    assert row["Quad Code"] == "MATERIAL CONFLICT"


def test_formats_without_a_status_hold_only_what_occurred():
    made = [one(status="denied")]
    for name in ("gdelt", "icews", "polecat", "graphml", "gexf", "dyad-day", "dyad-month", "country-month"):
        assert written(name, made)[0] == 0, name
    assert json.loads(written("plover", made)[1])["auxmode"] == "negation"


def test_reciprocal_acts_stand_both_ways_in_dyadic_formats():
    made = [one(kind="CONSULT", reciprocal=True)]
    rows = list(csv.DictReader(io.StringIO(written("dyad-day", made)[1])))
    assert [(row["actor"], row["recipient"], row["consult"]) for row in rows] == [
        ("ISR", "SYR", "1"),
        ("SYR", "ISR", "1"),
    ]
    assert written("gdelt", made)[0] == 2


def test_panels_count_and_sum():
    made = [one(), one(kind="ACCUSE", day=DAY.replace(day=20)), one(day=DAY.replace(month=2))]
    rows = list(csv.DictReader(io.StringIO(written("dyad-month", made)[1])))
    assert [(r["month"], r["acts"], r["quad3"], r["quad4"], r["intensity"]) for r in rows] == [
        ("2020-01", "2", "1", "1", "-11.0"),
        ("2020-02", "1", "0", "1", "-9.0"),
    ]
    assert [rows[0][name] for name in ("actor_cow", "actor_gw", "recipient_fips")] == ["666", "666", "SY"]
    countries = list(csv.DictReader(io.StringIO(written("country-month", made)[1])))
    assert [row["country"] for row in countries] == ["ISR", "ISR", "SYR", "SYR"]


def test_an_event_of_two_reports_is_written_once():
    event = one().events[0]
    made = [Report(article=article(number), events=(event,)) for number in range(2)]
    assert written("jsonl", made, "events")[0] == 1


def test_geojson_is_a_collection_of_points():
    count, text = written("geojson", [one(), one(where=None)])
    (feature,) = json.loads(text)["features"]
    assert count == 1
    assert feature["geometry"] == {"type": "Point", "coordinates": [36.3, 33.5]}
    assert json.loads(written("geojson", [])[1])["features"] == []


@settings(max_examples=25, deadline=None)
@given(st.lists(reports(), max_size=3))
def test_networks_are_sound_xml_whose_edges_join_nodes(made):
    for name, node, edge in (("graphml", "id", "edge"), ("gexf", "id", "edge")):
        count, text = written(name, made)
        root = ET.fromstring(text)
        found = [item for item in root.iter() if item.tag.endswith("}" + edge)]
        nodes = {item.get(node) for item in root.iter() if item.tag.endswith("}node")}
        assert len(found) == count
        assert {item.get(end) for item in found for end in ("source", "target")} == nodes


def test_networkx_reads_the_networks(tmp_path):
    for name, read_file in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        count, text = written(name, [one(), one(kind="CONSULT", reciprocal=True)])
        (tmp_path / name).write_text(text, encoding="utf-8")
        found = read_file(tmp_path / name)
        assert found.number_of_edges() == count == 3
        assert {data["type"] for *_, data in found.edges(data=True)} == {"ASSAULT", "CONSULT"}


def test_edges_have_days():
    root = ET.fromstring(written("gexf", [one()])[1])
    (edge,) = (item for item in root.iter() if item.tag.endswith("}edge"))
    assert (edge.get("start"), edge.get("end")) == ("2020-01-10", "2020-01-10")


def test_every_format_has_a_codebook_and_an_unknown_one_is_refused():
    assert all(codebook(name).strip() for name in FORMATS)
    with pytest.raises(UsageError, match="one of jsonl"):
        writer("xls")


@pytest.mark.parametrize("name", ["gdelt", "icews"])
def test_what_is_written_is_read(name):
    refused = []
    text = written(name, [one()])[1] + "torn\trow\n"
    (report,) = read(io.StringIO(text), name, "file", lambda where, reason: refused.append((where, reason)))
    (found,) = report.mentions
    assert (found.type, found.cameo, found.when.from_, found.intensity) == ("ASSAULT", "190", DAY, -9.0)
    assert [party.country for party in (*found.actors, *found.recipients)] == ["ISR", "SYR"]
    assert (found.where.name, found.where.country, found.where.lat) == ("Damascus", "SYR", 33.5)
    assert len(report.events) == 1
    assert [where for where, _ in refused] == [f"file, line {2 if name == 'gdelt' else 3}"]


def test_mentions_of_an_older_export_are_read():
    made = one()
    (report,) = read(io.StringIO(written("jsonl", [made])[1]), "jsonl", "file", lambda *_: None)
    assert report.mentions == made.mentions


def test_plain_statements_are_no_acts():
    text = written("gdelt", [one(cameo="010")])[1]
    passed = []
    assert list(read(io.StringIO(text), "gdelt", "file", lambda *_: None, lambda: passed.append(1))) == []
    assert len(passed) == 1


def test_polecat_reads_back_and_a_torn_row_is_named():
    made = one(mode="aerial", contexts=("military",), actors=(state("USA"), state("GBR")))
    text, refused = written("polecat", [made])[1], []
    torn = text + "torn\trow\n" + text.splitlines()[1].replace("ASSAULT", "BRAWL") + "\n"
    (report,) = read(io.StringIO(torn), "polecat", "week.txt", lambda *told: refused.append(told))
    again = written("polecat", [report])[1]
    lost = {"Event ID", "GeoNames ID", "Feature Type", "Version", "Story Organizations"}
    lost |= {"Raw Placename", "Actor Name Raw", "Recipient Name Raw"}
    kept = [name for name in text.splitlines()[0].split("\t") if name not in lost]
    before, after = (next(csv.DictReader(io.StringIO(one), delimiter="\t")) for one in (text, again))
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert [where for where, _ in refused] == ["week.txt, line 3", "week.txt, line 4"]
    assert refused[1][1] == "'BRAWL' is no event type of PLOVER"


def test_polecat_cells_of_nothing_are_empty_and_a_foreign_header_is_refused():
    header = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tActor Name\tActor Country\tRecipient Name\n"
    (report,) = read(
        io.StringIO(header + "7\t2023-05-02\tPROTEST\tNone\tFarmers\tIND\tNone\n"),
        "polecat",
        "week",
        lambda *_: None,
    )
    (found,) = report.mentions
    assert (found.type, found.mode, found.recipients) == ("PROTEST", None, ())
    assert [(party.name, party.country) for party in found.actors] == [("Farmers", "IND")]
    with pytest.raises(InputError, match="no column 'Event Date'"):
        list(read(io.StringIO("Event ID\tday\n"), "polecat", "week", lambda *_: None))


def test_tuples_of_the_forecasting_benchmarks_are_read():
    refused = []
    text = (
        "date\tsource\trelation\ttarget\tsplit\n"
        "2018-01-02\tPolice (Kenya)\tArrest, detain, or charge with legal action\tMen (Kenya)\ttrain\n"
        "2014-01-01\tSouth_Sudan\tSign_formal_agreement\tRiek_Machar\ttrain\n"
        "2018-01-02\tChad\tMake statement\tMali\ttrain\n"
        "2018-01-02\tChad\tSing a song\tMali\ttrain\n"
        "2018-01-02\tChad\n"
    )
    found = list(read(io.StringIO(text), "tuples", "icews", lambda *told: refused.append(told)))
    mentions = [mention for report in found for mention in report.mentions]
    assert [(m.type, m.cameo) for m in mentions] == [("COERCE", "173"), ("AGREE", "057")]
    assert [m.actors[0].country for m in mentions] == ["KEN", "SSD"]
    assert mentions[1].recipients[0].name == "Riek Machar"
    assert [where for where, _ in refused] == ["icews, line 5", "icews, line 6"]


def test_every_relation_has_a_code_of_cameo():
    table = files("legation.formats").joinpath("relations.tsv")
    codes = [row["code"] for _, row in rows(table, ("words", "code"))]
    assert len(codes) >= 250
    for code in codes:
        type_and_mode(code)
