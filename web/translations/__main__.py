"""Bring the catalogues up to date and compile them."""

from web.translations import update

update()
