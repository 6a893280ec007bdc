"""Grounding: names to codes. Actors, places, dates and references."""
