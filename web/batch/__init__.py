"""Many articles or quotes at once: taken in, checked one by one in the background, and given back as a file.

intake    files, zips, JSON Lines, tables and pasted lines -> items, within limits that are said
checking  one item -> its outcome; runs in a process of its own
running   takes items, has them checked, survives what happens to either
views     the pages;  exports  the results as files
"""

from web.batch.views import batch

__all__ = ["batch"]
