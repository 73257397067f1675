"""Whether a client that others generate from the OpenAPI document works: it checks a quote, an article and a review.

    python benchmarks/api_generated.py [--environment FOLDER]

The generator (openapi-python-client) needs other versions of packages than we have, so it gets an environment of its own, which is made
with pip where the folder does not hold one yet. The server is that of `benchmarks/api_fuzz.py`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from benchmarks.api_fuzz import key, served
from web.api.document import openapi

GENERATOR = "openapi-python-client==0.29.1"
PROGRAM = """
import sys, time
from on_record_client import AuthenticatedClient
from on_record_client.models import Accept, ArticleAsked, QuotesAsked, ReviewSent
from on_record_client.api.checking import check_quotes
from on_record_client.api.articles import read_article, read_report, send_article
from on_record_client.api.reviews import decide, send_review

client = AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2])
said = "We will not sign the water treaty today"
asked = QuotesAsked.from_dict({"quotes": {"a": {"quote": said, "speaker": "Ilse Corvane"}}})
print("quote:", check_quotes.sync(client=client, body=asked).quotes["a"].status.value)
article = send_article.sync(client=client, body=ArticleAsked(text=f"“{said},” Ilse Corvane said."))
while read_article.sync(article.id, client=client).state not in ("done", "failed"):
    time.sleep(0.3)
print("article:", [each.status.value for each in read_report.sync(article.id, client=client).findings])
review = send_review.sync(client=client, body=ReviewSent(text=f"“{said},” Ilse Corvane said."))
about = review.statements[0]
ruling = Accept(decision="accept", statement=about.statement, basis=about.basis, seen=about.seen)
print("review:", decide.sync(review.id, client=client, body=ruling).decision.decision)
"""
EXPECTED = "quote: verified\narticle: ['verified']\nreview: accept\n"


def main() -> int:
    """Print what the generator says and what its client was answered; 1 where that is not what it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--environment", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        programs = _environment(options.environment or place / "environment")
        (place / "openapi.json").write_text(openapi(), encoding="utf-8")
        generate = [programs / "openapi-python-client", "generate", "--path", place / "openapi.json", "--meta", "none"]
        made = subprocess.run(
            [*generate, "--output-path", place / "on_record_client"],
            capture_output=True,
            text=True,
            check=True,
            cwd=place,
        )
        said = (made.stdout + made.stderr).splitlines()
        print("\n".join(line for line in said if line.startswith(("WARNING", "Cannot", "ERROR"))))
        with served(place / "server") as (address, store):
            ran = subprocess.run(
                [programs / "python", "-c", PROGRAM, address.rstrip("/"), key(store)],
                capture_output=True, text=True, cwd=place, check=False,
            )  # fmt: skip
    print(ran.stdout + ran.stderr)
    return int(ran.stdout != EXPECTED)


def _environment(folder: Path) -> Path:
    """Where the generator's programs are; they are installed where they are not."""
    programs = folder / "bin"
    if not (programs / "openapi-python-client").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", GENERATOR], check=True)
    return programs


if __name__ == "__main__":
    sys.exit(main())
