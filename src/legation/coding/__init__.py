"""Sentences to mentions: finding acts and their parties, typing them, and saying why."""
