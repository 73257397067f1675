"""The editors' desk: an article's statements are decided about one by one, and somebody answers for the whole.

forms  what an editor sends, typed;  steps  what it does;  case  what is there, as a page shows it
views  the pages;  exports  the same to keep and to send
"""

from web.review.views import review

__all__ = ["review"]
