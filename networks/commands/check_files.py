"""Small texts at the root of a host, by which a platform sees that the host is the library's."""

from kit.command import command
from networks.models import CheckFile, Network
from networks.steps.journal import note


@command
def put_check_file(*, network: Network, name: str, content: str, actor: int) -> CheckFile:
    """The platform asks for one content per name: a second one takes the first one's place."""
    file, _made = CheckFile.objects.update_or_create(network=network, name=name, defaults={"content": content})
    note("networks.check_file_put", subject=file, actor=actor, values={"name": [name]})
    return file


@command
def remove_check_file(*, network: Network, name: str, actor: int) -> None:
    file = CheckFile.objects.select_for_update().filter(network=network, name=name).first()
    if file is not None:
        note("networks.check_file_removed", subject=file, actor=actor, values={"name": [name]})
        file.delete()
