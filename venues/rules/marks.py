"""Signs that part one thing from the next in the cells of a table; no name of a room may hold one."""

MARKS = "；;：:【】[]、"
