"""What the tests of grounding find for a phrase, in one line of codes."""


def coded(actors, words, head=None, **options):
    """Return the country and sectors of a phrase whose head is its last word, if none is given."""
    tokens = words.split()
    found = actors.identify(tokens, len(tokens) - 1 if head is None else head, **options)
    return "none" if found is None else " ".join([found.country or "-", *found.sectors])
