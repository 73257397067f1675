// Everything works without this file. With it: copying, dropping a file, keys, correcting in place, and findings as they come.
"use strict";

// Copying: only offered where the browser lets us keep the promise.
function offerCopies(within) {
  if (!navigator.clipboard) return;
  for (const button of within.querySelectorAll("button[data-copy]")) button.hidden = false;
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-copy]");
  if (!button) return;
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
  } catch {
    button.textContent = button.dataset.failed;
  }
  setTimeout(() => { button.textContent = label; }, 2000);
});
offerCopies(document);

// The box: a keyboard way to send, a file that is dropped, and a word while we look.
for (const form of document.querySelectorAll("form.check")) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    const button = form.querySelector("button[type=submit]");
    form.classList.add("sent");
    button.dataset.label ??= button.textContent;
    button.textContent = form.dataset.busy;
    form.querySelector("[data-progress]").textContent = form.dataset.says;
  });
  const file = form.querySelector("input[type=file]");
  if (!file) continue;
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("dropping");
  });
  form.addEventListener("dragleave", () => form.classList.remove("dropping"));
  form.addEventListener("drop", (event) => {
    form.classList.remove("dropping");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
  });
}
// A text that the bookmarklet or the browser extension brings along stands behind the "#": no log has it, and it is
// checked when the reader says so.
function takeAlong() {
  const form = document.querySelector("form.check[action$='/check']");
  const brought = new URLSearchParams(location.hash.slice(1));
  if (!form || !brought.get("text")) return;
  history.replaceState(null, "", location.pathname + location.search);
  for (const name of ["text", "speaker", "date"]) form.elements[name].value = brought.get(name) ?? "";
  const kind = [...form.elements.kind].find((each) => each.value === brought.get("kind"));
  if (kind) kind.checked = true;
  for (const name of ["title", "link"]) {
    const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
    field.value = brought.get(name) ?? "";
  }
  form.querySelector("button[type=submit]").focus();
}
takeAlong();
window.addEventListener("hashchange", takeAlong);
// Whoever has to sign in first finds it behind the door: browsers hand on what stands behind the "#" of a form's address.
// A provider's page gets none of it.
for (const door of document.querySelectorAll(".door form")) door.action += location.hash;
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-bookmarklet]");
  if (!link) return;
  event.preventDefault(); // here it would take this page along
  document.getElementById(link.getAttribute("aria-describedby")).focus();
});
document.addEventListener("submit", (event) => {
  const busy = event.submitter?.dataset.busy;
  if (busy) {
    event.submitter.dataset.label ??= event.submitter.textContent;
    event.submitter.textContent = busy;
  }
});

// A page that is restored by the back button is ready again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll("[data-label]")) button.textContent = button.dataset.label;
  for (const form of document.querySelectorAll("form.sent")) form.classList.remove("sent");
});

// Corrections: the page is asked for anew and put in place of this one, so that nobody loses the place.
document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form[data-inplace]");
  if (!form || event.defaultPrevented || !window.htmx) return;
  event.preventDefault();
  const back = form.dataset.return ?? (form.id === "undo" ? "" : nearestCard());
  const scroll = document.querySelector(".left")?.scrollTop ?? 0;
  htmx.ajax("POST", form.action, { source: form, target: "#main", select: "#main", swap: "outerHTML show:none" })
    .then(() => {
      const left = document.querySelector(".left");
      if (left) left.scrollTop = scroll;
      const wrong = document.querySelector("#words[aria-invalid]");
      (wrong ?? document.getElementById(back) ?? document.getElementById("main")).focus({ preventScroll: !wrong && !back });
    });
});
document.addEventListener("htmx:afterSwap", (event) => {
  offerCopies(document);
  offerKeys();
  if (event.detail.target.id === "main") markCurrent(null);
  if (shown || !document.getElementById("more")) showOnly(shown ?? document.getElementById("rail")?.dataset.show);
});
// A server that has too much to do says when to come again: a page that fills goes on filling then.
document.addEventListener("htmx:responseError", (event) => {
  const { elt, requestConfig, xhr } = event.detail;
  const seconds = xhr.getResponseHeader("Retry-After");
  if (xhr.status !== 503 || seconds === null) return;
  if (requestConfig.verb !== "get") return elt.submit(); // the browser says so; loading that page again sends it again
  setTimeout(() => { if (elt.isConnected) htmx.ajax("GET", requestConfig.path, { source: elt }); }, 1000 * Number(seconds));
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-stop]")) document.getElementById("more")?.remove();
});

// Statements: the one that is looked at is marked in the article and in the rail.
let current = null;
const cards = () => [...document.querySelectorAll("#rail .card[data-tone]")].filter((card) => card.offsetParent);
function nearestCard() {
  return current?.id ?? "";
}
function markCurrent(card) {
  document.querySelectorAll(".current").forEach((each) => each.classList.remove("current"));
  current = card;
  if (!card) return;
  card.classList.add("current");
  for (const each of document.querySelectorAll(`[data-of="${CSS.escape(card.id.slice(5))}"]`)) each.classList.add("current");
}
document.addEventListener("focusin", (event) => {
  const card = event.target.closest?.("#rail .card[data-tone]");
  if (card && card !== current) markCurrent(card);
});
document.addEventListener("mouseover", (event) => {
  const said = event.target.closest?.("[data-of]");
  document.querySelectorAll(".near").forEach((each) => each.classList.remove("near"));
  if (said) document.getElementById(`card-${said.dataset.of}`)?.classList.add("near");
  const card = event.target.closest?.("#rail .card[data-tone]");
  if (card) document.querySelectorAll(`[data-of="${CSS.escape(card.id.slice(5))}"]`).forEach((each) => each.classList.add("near"));
});

// Which findings are shown: the links do it by themselves, here without asking for the page again.
let shown = null;
function showOnly(wanted) {
  const links = [...document.querySelectorAll("#filter a")];
  if (!links.length) return;
  shown = links.some((link) => link.dataset.show === wanted) ? wanted : "all";
  document.getElementById("rail").dataset.show = shown;
  for (const link of links) {
    if (link.dataset.show === shown) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  if (current && !current.offsetParent) markCurrent(null);
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#filter a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  showOnly(link.dataset.show);
  history.replaceState(null, "", link.href.split("#")[0]);
});

function go(step, wanted) {
  const all = cards();
  const from = current && current.isConnected ? all.indexOf(current) : step > 0 ? -1 : all.length;
  for (let at = from + step; at >= 0 && at < all.length; at += step) {
    if (!wanted(all[at])) continue;
    all[at].focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "start" });
    showInArticle(document.getElementById(`quote-${all[at].id.slice(5)}`));
    markCurrent(all[at]);
    return;
  }
}
// Where the article scrolls by itself beside the rail; elsewhere the card alone is what to look at.
function showInArticle(said) {
  const left = said?.closest(".left");
  if (!left || left.scrollHeight <= left.clientHeight) return;
  left.scrollTop += said.getBoundingClientRect().top - left.getBoundingClientRect().top - left.clientHeight / 3;
}
// Whoever speaks to the computer, or whose keys do something else, can switch single keys off, on every page at once.
let singleKeys = true;
try { singleKeys = localStorage.getItem("onrecord-keys") !== "off"; } catch { /* a browser that keeps nothing asks anew */ }
function offerKeys() {
  for (const box of document.querySelectorAll("[data-keys-on]")) box.checked = singleKeys;
  for (const button of document.querySelectorAll("[data-show-keys]")) button.hidden = false;
}
document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-keys-on]")) return;
  singleKeys = event.target.checked;
  try { localStorage.setItem("onrecord-keys", singleKeys ? "on" : "off"); } catch { /* for this page, then */ }
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-show-keys]")) document.getElementById("keys").showModal();
});
offerKeys();
const any = () => true;
const problem = (card) => card.dataset.tone !== "verified";
function open(id, field) {
  const details = current && document.getElementById(id + current.id.slice(5));
  if (!details) return;
  details.open = true;
  details.querySelector(field)?.focus();
}
const KEYS = {
  j: () => go(1, any),
  k: () => go(-1, any),
  n: () => go(1, problem),
  p: () => go(-1, problem),
  f: () => showOnly(document.getElementById("rail").dataset.show === "problems" ? "all" : "problems"),
  o: () => current?.querySelector("a[data-open]")?.click(),
  e: () => open("speaker-of-", "input[name=speaker]"),
  w: () => open("wrong-", "input[type=radio]"),
  u: () => document.getElementById("undo")?.requestSubmit(),
  "?": () => document.getElementById("keys")?.showModal(),
};
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=radio]), textarea, select, dialog");
  if (!singleKeys || typing || event.ctrlKey || event.metaKey || event.altKey || !document.getElementById("rail")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// Words that are selected in the article can become a statement.
function selectedWords() {
  const selection = document.getSelection();
  const article = document.getElementById("article");
  if (!article || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!article.contains(range.startContainer) || !article.contains(range.endContainer)) return null;
  const words = plain(range).trim();
  const before = document.createRange();
  before.setStart(article, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return words ? { words, occurrence: plain(before).split(words).length } : null;
}
function plain(range) {
  const piece = range.cloneContents();
  piece.querySelectorAll(".flag").forEach((flag) => flag.remove());
  return piece.textContent;
}
document.addEventListener("selectionchange", () => {
  const button = document.getElementById("selected");
  if (button) button.hidden = !selectedWords();
});
document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.("#selected")) event.preventDefault(); // keeps the selection
});
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("#selected")) return;
  const found = selectedWords();
  if (!found) return;
  const details = document.getElementById("add");
  details.open = true;
  details.querySelector("[name=words]").value = found.words;
  details.querySelector("[name=occurrence]").value = found.occurrence;
  details.querySelector("[name=speaker]").focus();
});
document.addEventListener("input", (event) => {
  if (event.target.id === "words") event.target.form.elements.occurrence.value = 1;
});
