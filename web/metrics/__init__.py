"""What monitoring asks: `/metrics`, in the text form of Prometheus, where the settings say that somebody may read it.

reading  the view, and who may ask;  counted  the counters;  standing  the record and the desk as they are at the moment

Labels are patterns of addresses, methods, statuses and names of connectors; nothing that a reader typed is ever one.
"""

from web.metrics.reading import TOKEN_LENGTH, Access, access_of, metrics

__all__ = ["TOKEN_LENGTH", "Access", "access_of", "metrics"]
