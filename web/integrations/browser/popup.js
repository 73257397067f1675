// The window behind the button: what is on the page, whom it would be sent to, and the way there.
"use strict";

import { MOST, deskAddress } from "./desk.js";
import { says, speak } from "./words.js";

const by = (id) => document.getElementById(id);
speak();
by("change").addEventListener("click", () => chrome.runtime.openOptionsPage());

const { server } = await chrome.storage.local.get("server");
if (server) {
  by("server").textContent = server;
  await show();
} else {
  by("server").textContent = says("none");
  tell(says("unset"));
}

async function show() {
  const found = await read();
  if (!found) return tell(says("unreadable"));
  for (const what of ["selection", "article"]) offer(what, found[what]);
  const first = document.querySelector("input[name=what]:enabled");
  if (!first) return tell(says("nothing"));
  first.checked = true;
  by("date").value = "";
  by("check").hidden = false;
  by("check").addEventListener("change", choose);
  by("check").addEventListener("submit", (event) => {
    event.preventDefault();
    send(found);
  });
  choose();
  document.querySelector("button.main").focus();
}

// The page may be one that no extension can read: the browser's own, a store's, a PDF.
async function read() {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  try {
    const [answer] = await chrome.scripting.executeScript({ target: { tabId: tab.id }, files: ["page.js"] });
    return answer.result;
  } catch {
    return null;
  }
}

function offer(what, text) {
  const label = by(what);
  const words = text.split(/\s+/).filter(Boolean).length;
  label.querySelector("input").disabled = !words || text.length > MOST;
  label.querySelector(".size").textContent = text.length > MOST ? says("long") : says("words", words);
  label.querySelector(".start").textContent = text.length > 90 ? `${text.slice(0, 90)}…` : text;
  label.hidden = !words;
}

function chosen() {
  return document.querySelector("input[name=what]:checked").value;
}
function choose() {
  by("about").hidden = chosen() !== "selection"; // an article names its speakers
}

async function send(found) {
  const brought =
    chosen() === "selection"
      ? { text: found.selection, kind: "decide", speaker: by("speaker").value.trim(), date: by("date").value.trim() }
      : { text: found.article, kind: "article", title: found.title, link: found.link, date: found.date };
  await chrome.tabs.create({ url: deskAddress(server, brought) });
  window.close();
}

function tell(message) {
  by("trouble").textContent = message;
  by("trouble").hidden = false;
}
