"""A tune for the demo's gallery: 茉莉花, a folk song of the Yangtze delta, as a music box would play it."""

import io
import math
import struct
import wave

RATE = 11_025
# Of the pentatonic scale on F, by halftones from A4, and how many eighths each lasts.
_TUNE = (
    (0, 2), (0, 1), (3, 1), (5, 1), (8, 1), (8, 1), (5, 1), (3, 2), (3, 1), (5, 1), (3, 4),
    (0, 2), (0, 1), (3, 1), (5, 1), (8, 1), (8, 1), (5, 1), (3, 2), (3, 1), (5, 1), (3, 4),
    (3, 2), (3, 2), (3, 2), (0, 1), (3, 1), (5, 2), (5, 2), (3, 4),
    (0, 2), (-2, 1), (0, 1), (3, 2), (0, 1), (-2, 1), (-4, 2), (-4, 1), (-2, 1), (-4, 4),
)  # fmt: skip
_EIGHTH = 0.26


def melody() -> bytes:
    """A WAV file, the same every time."""
    samples = [sample for halftone, eighths in _TUNE for sample in _note(halftone, eighths * _EIGHTH)]
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"{len(samples)}B", *samples))
    return out.getvalue()


def _note(halftone: int, seconds: float) -> list[int]:
    """Struck, and dying away; a little of the octave above makes it a bell."""
    pitch = 440 * 2 ** (halftone / 12)
    return [
        round(128 + 90 * math.exp(-3.2 * at) * (0.8 * _wave(pitch, at) + 0.2 * _wave(2 * pitch, at)))
        for at in (number / RATE for number in range(round(RATE * seconds)))
    ]


def _wave(pitch: float, at: float) -> float:
    return math.sin(math.tau * pitch * at)
