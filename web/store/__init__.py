"""The desk's memory: who works here, what was checked, what editors decided, and what is still to be checked.

    schema    the tables;  migrations  how they came to be;  database  where they are
    articles  texts under an address that stays;  findings  what the machine found, as it is kept
    embargoes who is kept from which article, and until when
    signing   sign-offs and what makes them void, and alerts
    keys      what other programs sign in with;  repeats  requests that are sent twice and done once
    audit     the log of who did what, and whether anybody changed it
    backup    a copy that was made while others wrote
    clock     time as it is written here;  errors  what can go wrong

Functions take a connection, so that what belongs together is one transaction: `with store.writing() as connection: …`.
"""

from web.store.database import Store, store_of

__all__ = ["Store", "store_of"]
