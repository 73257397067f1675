"""Fetching a link safely: nothing is ever sent to an address that is not meant to be asked from here.

    links      what was pasted -> one spelling, or the reason why it is not followed;  hosts  the same for its host
    addresses  which addresses are public, whatever they are wrapped in;  policy  what is allowed besides
    asking     what is asked for besides the page: whether it changed, feeds too, who must agree
    network    a name is looked up once and every answer judged;  transfer, stream  one request to such an address
    bodies     received and unpacked within limits;  content  what kind of thing it is
    fetching   all of it, again for every redirect;  documents  what was fetched as a document
    sending    the same care for what is sent to others;  services  for what a service is asked that the settings name

Nothing else in the program opens a connection to another machine. What fetches is imported from `documents` and
`fetching` when it is needed, since the HTTP library takes a fifth of a second.
"""

from corpus.fetch.links import addressee, is_link
from corpus.fetch.policy import Policy, PrivateHost

__all__ = ["Policy", "PrivateHost", "addressee", "is_link"]
