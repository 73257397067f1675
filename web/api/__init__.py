"""The service for other programs: `/api/v1`.

    contract   the table of what can be asked;  shapes  what is sent and comes back, field by field
    entry      who asks, with which key, how often;  asking  requests, read once;  answering  what goes back
    again      requests that are sent twice and done once;  problems  why something is not done
    found      findings in the shape of the contract;  cors  pages of other sites that may ask from a browser
    quotes, articles, record, reviews, webhooks, log  the views;  document  all of it as OpenAPI;  pages  for people

Nothing is done here that the desk could not do: views read, call the same steps as the pages, and answer.
"""

from web.api import articles, log, pages, quotes, record, reviews, webhooks
from web.api.contract import OPERATIONS, api
from web.api.cors import admit_origins
from web.api.entry import guard_api

__all__ = [
    "OPERATIONS",
    "admit_origins",
    "api",
    "articles",
    "guard_api",
    "log",
    "pages",
    "quotes",
    "record",
    "reviews",
    "webhooks",
]
