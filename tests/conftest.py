from __future__ import annotations

from pathlib import Path

import pytest

import legation
from legation.grounding.actors import Actors
from legation.language.model import Model
from legation.language.parser import Parser

ROOT = Path(__file__).parent.parent
TOWNS = {"Basra": "IRQ", "Lagos": "NGA", "Aleppo": "SYR", "Donetsk": "UKR"}


@pytest.fixture(scope="session")
def model() -> Model:
    return Model()


@pytest.fixture(scope="session")
def parser(model: Model) -> Parser:
    return Parser(model)


@pytest.fixture(scope="session")
def actors() -> Actors:
    return Actors.load(places=TOWNS.get)


@pytest.fixture(scope="session")
def coder() -> legation.Coder:
    return legation.Coder()


@pytest.fixture(scope="session")
def example_files() -> list[Path]:
    return sorted((ROOT / "examples").glob("*.txt"))
