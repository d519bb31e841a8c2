"""The company's documents in their collections, findable by word and by meaning."""

from datetime import datetime

from careerforge.demo import library
from careerforge.knowledge import indexing, store
from learning import demand


def fill(now: datetime) -> None:
    """Store every document for its audience, give each passage its vector, and count what is asked for."""
    for shelf, pages in library.shelves().items():
        store.store_many(library.collection(shelf, pages[0]), [page.incoming(now) for page in pages], now)
    indexing.index_pending()
    demand.read_pending()
