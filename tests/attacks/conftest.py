"""The databases that are attacked."""

from tests.support.databases import postgresql, record, store, url

__all__ = ["postgresql", "record", "store", "url"]
