"""One invented speech, which the commands are tried on."""

from __future__ import annotations

from collections.abc import Mapping

SPEECH = (
    "We agreed to rebuild the Brannock bridge by the autumn of 2027. Trade between our countries grew by 14 per cent. "
    "The old ferries cost us 40 million crowns a year."
)
RECORD: Mapping[str, object] = {
    "id": "speech", "publisher": "Office of the President of Velmora (invented)", "title": "Address in Ostrava Bay",
    "date": "2025-06-10", "url": "https://president.velmora.example/1", "speakers": ["Ilse Corvane"], "text": SPEECH,
}  # fmt: skip
