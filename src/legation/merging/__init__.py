"""Mentions become events: within one report, then across the reports of a store."""

from legation.merging.article import merge_article
from legation.merging.copies import fingerprint, group_copies
from legation.merging.reports import Cluster, merge_reports
from legation.merging.tellings import Telling, tellings_of

__all__ = [
    "Cluster",
    "Telling",
    "fingerprint",
    "group_copies",
    "merge_article",
    "merge_reports",
    "tellings_of",
]
