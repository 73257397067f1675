// A running batch shows its results as they come; without this file the page loads itself again.
"use strict";

{
  async function look() {
    const progress = document.getElementById("progress");
    if (progress.dataset.state !== "running") return;
    try {
      const answer = await fetch(`${location.pathname}/progress?since=${encodeURIComponent(progress.dataset.since)}`);
      if (answer.status === 503) throw new Error("too much to do");
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!fresh.getElementById("progress")) return location.reload(); // signed out
      for (const part of fresh.querySelectorAll("[data-part]")) document.getElementById(part.id)?.replaceWith(part);
      if (document.getElementById("progress").dataset.state !== "running") return location.reload();
    } catch {
      // The service is being restarted, or has too much to do; it goes on where it was.
    }
    setTimeout(look, 1000);
  }

  setTimeout(look, 1000);
}
