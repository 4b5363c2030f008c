"""What goes wrong on somebody's machine, said in one sentence with a way on."""

import errno


class Trouble(Exception):
    """Shown to the person at the keyboard as it is, without a traceback; the exit status is 1."""


def in_words(error: OSError) -> Trouble:
    """The operating system's refusal, in words a newcomer can act on."""
    where = error.filename or "the disk"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Trouble(f"No room left for {where}: free some (make doctor shows how much is needed) and start again.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Trouble(
            f"{where} may not be read or written by you: give it back with `sudo chown -R $(id -un) {where}`, "
            "or keep the data elsewhere with DEMO_DIR=/another/folder make demo."
        )
    return Trouble(f"{where}: {error.strerror or error}. Mend that and start again.")
