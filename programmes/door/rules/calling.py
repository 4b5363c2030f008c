"""How somebody is called at a door, where others stand by: by the given name alone."""

from people.rules.names import family_name


def called(name: str) -> str:
    """*小雨 of 王小雨; a name of one or two characters may be a given name already, and only loses its first of two."""
    rest = name[len(family_name(name)) :]
    return f"*{rest}" if rest else name
