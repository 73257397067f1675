"""Measures `onrecord quotes` with sentences of real corpora: true ones, flipped ones, and attacks.

Shares no word list, rule or code with the checker; the standard library is enough. Read `generate.py` first.
"""
