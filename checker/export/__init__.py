"""Findings leave the program here: as the contract's JSON, as text for a terminal, as a page to keep.

    diff     the quote over the source, piece by piece
    card     a finding in an editor's words, shared by every format below and by the web pages
    article  an article cut at its statements, for underlining
    contract the JSON objects;  text  the terminal;  html  the self-contained page

Nothing here decides: what is shown was found before.
"""

from checker.export.contract import error_object, extract_object, finding_object, json_line, report_object
from checker.export.html import finding_html, report_html
from checker.export.text import finding_text, report_text

__all__ = [
    "error_object",
    "extract_object",
    "finding_html",
    "finding_object",
    "finding_text",
    "json_line",
    "report_html",
    "report_object",
    "report_text",
]
