import json
import logging

import pytest
import structlog

from config.logs import logging_config, masked


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Sent to 13812345678.", "Sent to ***."),
        ("Sent to +86 138 1234 5678.", "Sent to ***."),
        ("Key (phone)=(+8613812345678) exists", "Key (phone)=(***) exists"),
        ("wang.fang+x@example.com wrote", "*** wrote"),
        ("id 32010619900307123X", "id ***"),
        ("order 1381234567890123", "order 1381234567890123"),
        ("took 12 ms", "took 12 ms"),
    ],
)
def test_what_looks_like_a_person_is_masked(text, kept):
    assert masked(text) == kept


def test_a_library_s_line_passes_the_same_mask(capsys):
    formatter = logging_config(readable=False)["formatters"]["line"]
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]
        )
    )
    record = logging.LogRecord("lib", logging.WARNING, "x.py", 1, "no route to %s", ("13812345678",), None)
    line = json.loads(handler.format(record))
    assert line["event"] == "no route to ***"
    assert line["level"] == "warning"
