"""The API for Python programs: the calls, and a client that makes them, at once or asynchronously.

    calls   what can be asked, as values;  asking  Client and AsyncClient;  events  what is told while an article is checked
    errors  what can go wrong

What is sent and comes back are the shapes of `web/api/shapes`, which the server and the OpenAPI document are made of as well.
"""

from web.client import calls
from web.client.asking import AsyncClient, Client
from web.client.errors import ClientError, Refused, Unexpected, Unreachable

__all__ = ["AsyncClient", "Client", "ClientError", "Refused", "Unexpected", "Unreachable", "calls"]
