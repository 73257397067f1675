"""Sources and their runs, as JSON and in words."""

from __future__ import annotations

from dataclasses import asdict

from checker.export.contract import Object
from checker.wording import count
from corpus.sync.freshness import Freshness
from corpus.sync.log import Known, Run

_OUTCOMES = {
    "running": "is running", "done": "done", "limit": "stopped at the limit", "stopped": "stopped by hand",
    "blocked": "refused by the source", "moved": "the pages are built otherwise now", "failed": "failed",
    "interrupted": "was ended from outside",
}  # fmt: skip


def run_object(run: Run) -> Object:
    """A run, with what became of each entry; `failed` is news, `known_failures` could not be had before either."""
    return {
        "source": run.source, "started": run.started_at, "ended": run.ended_at, "outcome": run.outcome,
        **asdict(run.counts), "error": run.error or None,
    }  # fmt: skip


def synced_object(run: Run, held: int) -> Object:
    """A run as `corpus sync --format jsonl` gives it, with the number of documents that are held of its source now."""
    return {**run_object(run), "held": held}


def synced_text(run: Run, held: int) -> str:
    """A run in one line, with the number of documents that are held of its source now."""
    counts = run.counts
    parts = [f"{counts.new:,} new", f"{counts.changed:,} changed", f"{counts.unchanged:,} unchanged"]
    others = (
        (counts.not_looked_at, "not looked at"), (counts.gone, "gone"), (counts.barred, "barred by robots.txt"), (counts.failed, "failed"),
        (counts.known_failures, "failed before and still missing"),
    )  # fmt: skip
    parts += [f"{number:,} {says}" for number, says in others if number]
    error = f": {run.error}" if run.error else ""
    return f"{run.source}: {', '.join(parts)}; {held:,} document{'' if held == 1 else 's'} held; {_OUTCOMES[run.outcome]}{error}"


def freshness_object(state: Freshness | None) -> Object:
    """How a source stands, for `corpus connectors --format jsonl` and `corpus coverage --format json`."""
    if state is None:
        return {
            "documents": 0,
            "gone": 0,
            "failing": 0,
            "newest": None,
            "usual_silence": None,
            "last_run": None,
            "last_good_run": None,
            "alarms": [],
        }
    return {
        "documents": state.documents,
        "gone": state.gone,
        "failing": state.failing,
        "newest": state.newest.isoformat() if state.newest else None,
        "usual_silence": state.patience,
        "last_run": run_object(state.last) if state.last else None,
        "last_good_run": run_object(state.last_good) if state.last_good else None,
        "alarms": [asdict(alarm) for alarm in state.alarms],
    }


def failure_object(known: Known) -> Object:
    """What could not be had, for `corpus connectors --failures --format jsonl`."""
    return {
        "id": known.entry.id, "url": known.entry.url, "outcome": known.outcome, "error": known.error,
        "attempts": known.attempts, "last_tried": known.noted_at,
    }  # fmt: skip


def failure_line(known: Known) -> str:
    """What could not be had, and since when it was not tried, in words."""
    times = "once" if known.attempts == 1 else f"{known.attempts:,} times"
    return f"{known.error} (tried {times}, last {known.noted_at[:10]})"


def freshness_lines(state: Freshness | None) -> list[str]:
    """How a source stands, in words."""
    if state is None or state.last is None:
        return ["never synced"]
    counts = state.last.counts
    gone = f" ({state.gone:,} of them gone at the source, and kept here)" if state.gone else ""
    held = f"{count(state.documents, 'document')}{gone}, the newest of {state.newest or 'an unknown day'}"
    when = f"last run {state.last.started_at[:16].replace('T', ' ')} UTC: {_OUTCOMES[state.last.outcome]}"
    run = f"{when}, {counts.new:,} new, {counts.changed:,} changed, {counts.failed:,} failed"
    failing = (
        [f"{state.failing:,} could not be had when they were tried last; --failures names them"]
        if state.failing
        else []
    )
    return [held, run, *failing, *(f"ALARM ({alarm.kind}): {alarm.says}" for alarm in state.alarms)]
