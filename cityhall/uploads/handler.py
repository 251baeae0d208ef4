"""Taking files in from a form: what is too large is read past, not kept, and told at its field.

A request is never cut off in the middle, so that the words typed beside a file come back with the answer.
"""

import errno
import io
import logging
import tempfile
from contextlib import suppress

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from cityhall.uploads import store
from cityhall.uploads.check import LARGEST, TOO_LARGE, megabytes

log = logging.getLogger(__name__)

WHOLE = 6 * LARGEST  # bytes kept of one request
IN_MEMORY = 1024 * 1024  # bytes of a file; a larger one waits on the disk
FILES = 20  # kept of one request; more are named, not kept
TOGETHER = "一度に送れる書類は、合わせて50MBまでです。分けて送ってください。"


class Arriving(UploadedFile):
    """A file on its way in: without a name on the disk, so that nothing is left when a process dies."""

    refusal = ""  # why it was not kept

    def refuse(self, reason: str) -> None:
        """Let go of what there is of it."""
        self.refusal = reason
        with suppress(OSError):  # a full disk is told once more when what waits to be written is closed
            self.file.close()
        self.file = io.BytesIO()


class Intake(FileUploadHandler):
    """The only upload handler of this site."""

    def __init__(self, request=None):
        super().__init__(request)
        self.kept = self.count = 0

    def new_file(self, *args, **kwargs):
        """Begin a file; one too many begins as refused."""
        super().new_file(*args, **kwargs)
        self.count += 1
        self.file = Arriving(io.BytesIO(), self.file_name, self.content_type, 0)
        if self.count > FILES:
            self.file.refuse(TOGETHER)
        else:
            self._on_disk(self._open)

    def receive_data_chunk(self, raw_data, start):
        """Keep the bytes as long as the file is welcome; what follows is read past."""
        if self.file.refusal:
            return
        size = start + len(raw_data)
        if size > LARGEST:
            self.file.refuse(TOO_LARGE)  # how large is known only at its end
        elif self.kept + size > WHOLE:
            self.file.refuse(TOGETHER)
        else:
            self._on_disk(self.file.write, raw_data)

    def file_complete(self, file_size):
        """The file, whole or refused; it goes to the form either way."""
        if file_size > LARGEST:
            self.file.refuse(TOO_LARGE.format(megabytes(file_size)))
        self._on_disk(self.file.flush)
        self.file.size = file_size
        self.kept += 0 if self.file.refusal else file_size
        self.file.seek(0)
        return self.file

    def upload_interrupted(self):
        """The line was cut: nothing is kept."""
        self.file.close()

    def _open(self):
        if not store.has_room(LARGEST):
            raise OSError(errno.ENOSPC, "below the floor of free disk")
        self.file.file = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=store.folder())  # noqa: SIM115 see close

    def _on_disk(self, act, *args):
        """Do something the disk may refuse."""
        try:
            act(*args)
        except OSError as error:
            log.error("an upload could not be kept: %s", error.strerror)
            self.file.refuse(store.NO_ROOM)
