"""Files of a form as they stream in: kept in memory, in bounds, and never written to a disk."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from connectors.uploads import LARGEST_FILE

# Of all files of one form together, and of what comes over the wire with them.
MOST_BYTES = 60_000_000
MOST_FILES = 20


class Bounded(FileUploadHandler):
    """Drops a file as soon as it is too large, and goes on with the next; ``dropped`` are their names."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.dropped: list[str] = []
        self._total = self._count = 0

    def new_file(self, *arguments: Any, **rest: Any) -> None:
        """Another file begins."""
        super().new_file(*arguments, **rest)
        self._chunks: list[bytes] = []
        self._size = 0
        self._count += 1
        if self._count > MOST_FILES:
            self._drop()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep it, while there is room."""
        self._size += len(raw_data)
        if self._size > LARGEST_FILE or self._total + self._size > MOST_BYTES:
            self._drop()
        self._chunks.append(raw_data)

    def file_complete(self, file_size: int) -> SimpleUploadedFile:
        """The file, as Django hands it on."""
        self._total += file_size
        content, self._chunks = b"".join(self._chunks), []
        return SimpleUploadedFile(str(self.file_name), content, self.content_type or "")

    def _drop(self) -> None:
        self._chunks = []
        self.dropped.append(str(self.file_name))
        raise SkipFile
