"""The company's documents in their collections, findable by word and by meaning."""

from datetime import datetime

from careerforge.demo import library
from careerforge.knowledge.documents import store
from careerforge.knowledge.index import indexing
from learning.catalogue import courses
from market import reading


def fill(now: datetime) -> None:
    """Store every document for its audience, give each passage its vector, read vacancies and courses."""
    for shelf, pages in library.shelves().items():
        store.store_many(library.collection(shelf, pages[0]), [page.incoming(now) for page in pages], now)
    indexing.index_pending()
    reading.read_pending()
    courses.read_pending()
