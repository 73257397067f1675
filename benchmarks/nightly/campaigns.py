"""All campaigns by name, in the order of the page."""

from __future__ import annotations

from types import MappingProxyType

from benchmarks.nightly import backups, crashes, hidden, inputs, load, mutants, silence, tampering, users, writers

CAMPAIGNS = MappingProxyType(
    {
        each.CAMPAIGN.name: each.CAMPAIGN
        for each in (crashes, tampering, inputs, hidden, writers, silence, load, users, backups, mutants)
    }
)
