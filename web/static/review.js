// The desk by keyboard: decisions without loading the page again. Every button works without this file too.
"use strict";

{
  const announce = (text) => { document.getElementById("announce").textContent = text; };
  const rulings = () => [...document.querySelectorAll("[data-ruling]")];
  const cardOf = (ruling) => document.getElementById(`card-${ruling.dataset.anchor}`);
  const decided = []; // anchors in the order in which they were decided here, for undo
  let current = -1;
  let busy = Promise.resolve(); // keys that are pressed faster than the server answers wait for their turn

  function show(index) {
    const all = rulings();
    if (!all.length) return;
    current = Math.max(0, Math.min(index, all.length - 1));
    for (const each of document.querySelectorAll(".card.current")) each.classList.remove("current");
    const card = cardOf(all[current]);
    card.classList.add("current");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start" });
    document.getElementById(`quote-${all[current].dataset.anchor}`)?.scrollIntoView({ block: "nearest" });
  }

  function undecided(step) {
    const all = rulings();
    for (let n = 1; n <= all.length; n++) {
      const index = (current + step * n + 2 * all.length) % all.length;
      if (all[index].classList.contains("open")) return index;
    }
    return -1;
  }

  function jump(step) {
    const index = undecided(step);
    if (index >= 0) return show(index);
    announce("All statements are decided.");
    document.getElementById("signing").scrollIntoView({ block: "nearest" });
  }

  // Puts the parts of the answer in the places of those with the same id.
  function replaceParts(html) {
    const answer = new DOMParser().parseFromString(html, "text/html");
    for (const part of answer.querySelectorAll("[data-part]")) document.getElementById(part.id)?.replaceWith(part);
  }

  async function send(form) {
    const ruling = form.closest("[data-ruling]");
    const id = ruling.id;
    let answer;
    try {
      answer = await fetch(form.action, {
        method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Part": "1" }, redirect: "error",
      });
    } catch {
      announce("The service did not answer; nothing was saved.");
      return form.submit(); // the browser says what is wrong
    }
    if (answer.status === 503) return form.submit(); // likewise, and loading that page again sends it again
    const text = await answer.text();
    if (!text.includes("data-part")) return location.reload(); // signed out, or the article is gone
    replaceParts(text);
    const fresh = document.getElementById(id);
    if (!answer.ok) {
      fresh.querySelector(".problem")?.scrollIntoView({ block: "nearest" });
      return;
    }
    announce(document.querySelector("#standing [role=status]").textContent);
    if (form.matches("[data-undo]")) show(rulings().indexOf(fresh));
    else if (form.querySelector("[name=kind]")) {
      decided.push(id);
      current = rulings().indexOf(fresh);
      jump(1);
    } else cardOf(fresh).focus({ preventScroll: true });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-live]")) return;
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "1"; // a second click on the same button sends nothing
    busy = busy.then(() => send(form));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.closest("form[data-live]")?.requestSubmit();
  });

  document.addEventListener("focusin", (event) => {
    const ruling = event.target.closest(".card")?.querySelector("[data-ruling]");
    if (ruling) current = rulings().indexOf(ruling);
  });

  function unfold(selector) {
    const details = rulings()[current]?.querySelector(selector);
    if (!details) return;
    details.open = true;
    details.querySelector("input:not([type=hidden]), select, textarea").focus();
  }

  function accept() {
    if (current < 0) return show(0);
    rulings()[current].querySelector("[data-accept]")?.requestSubmit();
  }

  function undo() {
    const id = decided.pop();
    const ruling = id ? document.getElementById(id) : rulings()[current];
    ruling?.querySelector("[data-undo]")?.requestSubmit();
  }

  const KEYS = {
    j: () => show(current + 1),
    k: () => show(current - 1),
    n: () => jump(1),
    p: () => jump(-1),
    a: accept,
    o: () => unfold("[data-override]"),
    c: () => unfold("[data-comment]"),
    u: undo,
    b: () => {
      const form = document.querySelector("[data-back]");
      if (!form) return;
      form.closest("details").open = true;
      form.querySelector("textarea").focus();
    },
    s: () => document.querySelector("[data-sign] button")?.focus(),
    "?": () => {
      const keys = document.querySelector("[data-keys]");
      keys.open = !keys.open;
      keys.querySelector("summary").focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("[data-ruling] details")) {
      const ruling = event.target.closest("[data-ruling]");
      event.target.closest("details").open = false;
      return cardOf(ruling).focus();
    }
    const typing = event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
    if (!singleKeys || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const does = KEYS[event.key];
    if (!does) return;
    event.preventDefault();
    busy = busy.then(does);
  });

  const first = rulings().findIndex((each) => each.classList.contains("open"));
  if (location.hash) current = rulings().findIndex((each) => `#${each.id}` === location.hash);
  else if (first >= 0) current = first - 1;
}
