"""What goes wrong on somebody's machine, said in one sentence with a way on."""

import errno
from pathlib import Path


class Trouble(Exception):
    """Shown to the person at the keyboard as it is, without a traceback; the exit status is 1."""


NO_ROOM = ("No space left on device", "Disk quota exceeded")


def no_room(folder: Path | str) -> Trouble:
    return Trouble(f"No room left for {folder}: free some (make doctor shows how much is needed) and start again.")


def from_log(text: str, *, otherwise: str, folder: Path) -> Trouble:
    """What another program wrote before it gave up: a full disk is told apart, since the way on is another."""
    return no_room(folder) if any(words in text for words in NO_ROOM) else Trouble(otherwise)


def in_words(error: OSError, *, folder: Path) -> Trouble:
    """The operating system's refusal, in words a newcomer can act on."""
    where = error.filename or folder
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return no_room(where)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Trouble(
            f"{where} may not be read or written by you: give it back with "
            f"`sudo chown -R $(id -un) {folder} && chmod -R u+rwX {folder}`, or keep the data elsewhere with DEMO_DIR=/another/folder make demo."
        )
    return Trouble(f"{where}: {error.strerror or error}. Mend that and start again.")
