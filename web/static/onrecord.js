// Everything works without this file; it adds copying, a keyboard way to send, and a word while we look.
"use strict";

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break; // only offered where the browser lets us keep the promise
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select the line and copy it";
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

for (const form of document.querySelectorAll("form.check")) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    form.classList.add("sent");
    form.querySelector("button[type=submit]").textContent = "Checking…";
    form.querySelector("[data-progress]").textContent = "Checking the text against the record.";
  });
}

// The sources beside the findings: a link may take its time.
document.querySelector("#sources")?.addEventListener("submit", (event) => {
  if (event.submitter) event.submitter.textContent = "Adding…";
});

// A page that is restored by the back button is ready again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll(".add-source button")) button.textContent = "Add and check again";
  for (const form of document.querySelectorAll("form.sent")) {
    form.classList.remove("sent");
    form.querySelector("button[type=submit]").textContent = "Check";
  }
});
