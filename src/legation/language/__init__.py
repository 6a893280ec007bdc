"""Articles to sentences: splitting, tokenising, one encoder, and its decoded heads."""
