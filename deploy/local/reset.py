"""`make demo-reset`: removes the demo's data. Asks first, unless YES=1."""

import os
import shutil
import sys

from deploy.local.children import end_leftovers
from deploy.local.demo import folder, owned, say
from deploy.local.postgres import Cluster
from deploy.local.trouble import Trouble, in_words


def agreed(question: str) -> bool:
    if os.environ.get("YES") == "1":
        return True
    if not sys.stdin.isatty():
        raise Trouble(f"{question} Nobody is here to answer: say so with YES=1.")
    return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}


def reset() -> None:
    data = folder()
    if not data.exists():
        say(f"There is nothing in {data}.")
        return
    if not agreed(f"Remove everything in {data}, the database, files and keys?"):
        say("Nothing was removed.")
        return
    with owned(data):
        end_leftovers(data / "run")
        Cluster(data, say=say).wipe()
        shutil.rmtree(data)
    say(f"{data} is gone. make demo makes a new city.")


if __name__ == "__main__":
    try:
        reset()
    except Trouble as trouble:
        sys.exit(f"✗ {trouble}")
    except OSError as error:
        sys.exit(f"✗ {in_words(error, folder=folder())}")
