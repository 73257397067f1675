// The one setting: whose server.
"use strict";

import { isOpen, serverAddress } from "./desk.js";
import { says, speak } from "./words.js";

const field = document.getElementById("server");
const said = document.getElementById("said");
speak();
field.value = (await chrome.storage.local.get("server")).server ?? "";

document.getElementById("settings").addEventListener("submit", async (event) => {
  event.preventDefault();
  const server = serverAddress(field.value);
  field.setAttribute("aria-invalid", String(server === null));
  if (server === null) {
    said.textContent = says("noAddress");
    return field.focus();
  }
  await chrome.storage.local.set({ server });
  field.value = server;
  said.textContent = isOpen(server) ? says("savedOpen", server) : says("saved", server);
});
