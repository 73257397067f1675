// Puts the reader's language into a page: data-says names the message of an element.
"use strict";

export const says = (name, ...values) => chrome.i18n.getMessage(name, values.map(String));

export function speak() {
  document.documentElement.lang = chrome.i18n.getUILanguage().split("-")[0] === "ru" ? "ru" : "en";
  document.title = says(document.documentElement.dataset.title);
  for (const element of document.querySelectorAll("[data-says]")) element.textContent = says(element.dataset.says);
}
