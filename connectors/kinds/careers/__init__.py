"""Career pages: a site's sitemap, and the JobPosting that each page says by schema.org."""

from connectors.kinds.careers.kind import KIND

__all__ = ["KIND"]
