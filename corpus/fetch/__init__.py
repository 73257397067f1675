"""Fetching a link safely: nothing is ever sent to an address that is not meant to be asked from here.

    links      what was pasted -> one spelling, or the reason why it is not followed;  hosts  the same for its host
    addresses  which addresses are public, whatever they are wrapped in;  policy  what is allowed besides
    network    a name is looked up once and every answer judged;  transfer, stream  one request to such an address
    bodies     received and unpacked within limits;  content  what kind of thing it is
    fetching   all of it, again for every redirect;  documents  what was fetched as a document

Nothing else in the program opens a connection to another machine.
"""

from corpus.fetch.documents import document_at
from corpus.fetch.fetching import Fetched, fetch
from corpus.fetch.links import is_link
from corpus.fetch.network import Network
from corpus.fetch.policy import Policy, PrivateHost

__all__ = ["Fetched", "Network", "Policy", "PrivateHost", "document_at", "fetch", "is_link"]
