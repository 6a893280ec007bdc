"""The program with a coder that knows one word, so that tests of reading are quick and sure.

It codes *attacked*, fails on articles that say BREAK, and takes its time over those that say SLOW.
"""

import re
import sys
import time
import types

from legation.cli import main
from legation.merging.article import merge_article
from legation.records import Coding, Mention, Party, Period, Report, Sentence, Source, Span, digest

ACTOR = Party(text="army", start=0, end=4, name="Irn", country="IRN", sectors=("MIL", "GOV"))
RECIPIENT = Party(text="town", start=0, end=4, name="Syr", country="SYR")


class Coder:
    def __init__(self, threads=None, actors=(), codebook=()):
        del threads, actors, codebook

    def read_many(self, articles):
        for article in articles:
            yield self.read(article)

    def read(self, article):
        if "BREAK" in article.text:
            raise ValueError("a bad article")
        if "SLOW" in article.text:
            time.sleep(0.5)
        found = [
            Mention(
                id=digest("m_", article.id, match.start()),
                event=None,
                article=article.id,
                field="text",
                sentence=0,
                trigger=Span(text=match[0], start=match.start(), end=match.end()),
                type="ASSAULT",
                quad=4,
                intensity=-9.0,
                status="occurred",
                actors=(ACTOR,),
                recipients=(RECIPIENT,),
                source=Source(text="a spokeswoman", start=0, end=1, quoted=True),
                when=Period(from_=article.day, to=article.day, precision="day") if article.day else None,
                confidence=0.5,
                coder=Coding(version="0.1.0", model="stand-in", codebook="one word"),
            )
            for match in re.finditer("attacked", article.text)
        ]
        sentences = tuple(
            Sentence(field="text", start=match.start(), end=match.end(), words=())
            for match in re.finditer(r"[^.]+\.", article.text)
        )
        mentions, events = merge_article(tuple(found), article)
        return Report(article=article, sentences=sentences, mentions=mentions, events=events)


if __name__ == "__main__":
    stand_in = types.ModuleType("legation.coder")
    stand_in.Coder = Coder
    sys.modules["legation.coder"] = stand_in
    main()
