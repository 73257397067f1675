// Beside the text: whom it goes to, the button, and a card for each statement. Ordinary headings, buttons and links, in the
// order in which they are read; all that others wrote is put there as text.

import { isOpen } from "./asking.js";
import { card } from "./card.js";
import { element } from "./element.js";
import { signOf, toneOf } from "./words.js";

let panels = 0;

export class Panel {
  constructor(place, { server, desk, says, doing }) {
    Object.assign(this, { server, desk, says, doing, items: new Map(), name: `onrecord-${(panels += 1)}` });
    this.button = element("button", { type: "button", class: "onrecord-main", onclick: () => this.press() });
    this.status = element("p", { role: "status", class: "onrecord-status" });
    this.said = element("p", { class: "onrecord-said-only", "aria-live": "polite" });
    this.trouble = element("p", { role: "alert", class: "onrecord-trouble" });
    this.list = element("ol", { class: "onrecord-list", "aria-label": says("statements") });
    this.problems = element("ul", { class: "onrecord-problems", "aria-label": says("unchecked") });
    this.root = element(
      "section",
      { class: "onrecord-panel", lang: says.language, "aria-label": "OnRecord", onkeydown: (event) => this.leave(event) },
      element("h2", {}, "OnRecord"),
      element("p", { class: "onrecord-server" }, `${says("server")} `, element("b", {}, server), isOpen(server) ? ` ${says("open")}` : ""),
      element("p", {}, this.button),
      this.trouble,
      this.status,
      this.said,
      this.list,
      this.problems,
      element("p", { class: "onrecord-hint" }, says("promise")),
      element("p", { class: "onrecord-hint" }, says("keys")),
    );
    place.append(this.root);
  }

  press() {
    if (this.asking) this.doing.stop();
    else this.doing.check();
  }

  leave(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.doing.leave();
  }

  /** Show the plugin's state; of the cards, only those are touched of which something is new. */
  show(state) {
    this.asking = state.sent !== null;
    say(this.button, this.says(this.asking ? "stop" : state.checked === null ? "check" : "again"));
    say(this.status, this.summary(state));
    say(this.trouble, state.trouble ? this.reason(state.trouble) : "");
    this.trouble.hidden = !state.trouble;
    this.cards(state);
    const problems = state.problems.map((each) => element("li", {}, `${this.says("unchecked")} ${each}`));
    this.problems.replaceChildren(...problems);
    this.problems.hidden = !problems.length;
  }

  /** Lead whoever writes into a statement's card. */
  enter(key) {
    this.items.get(key)?.button.focus();
  }

  destroy() {
    this.root.remove();
  }

  summary({ sent, statements, checked, changed, news }) {
    const { says } = this;
    if (sent) return sent.progress?.of ? says("progress", sent.progress) : says("asking");
    if (checked === null) return "";
    const counts = new Map();
    for (const each of statements) counts.set(toneOf(each), (counts.get(toneOf(each)) ?? 0) + 1);
    const tones = [...counts].map(([tone, count]) => `${count} ${says.tone(tone).toLowerCase()}`).join("; ");
    const found = statements.length ? says(statements.length === 1 ? "one" : "found", { count: statements.length, tones }) : says("none");
    const since = news === null ? "" : news ? says("news", { count: news }) : says("noNews");
    return [found, changed ? says("changed") : since].filter(Boolean).join(" ");
  }

  reason(error) {
    const { says, server } = this;
    const told = {
      empty: says("empty"),
      silent: says("silent", { server, origin: location.origin }),
      "too-many-requests": says("later", { wait: error.wait }),
    }[error.kind];
    if (told) return told;
    const plain = error.kind ? error.detail : says("fault", { detail: error.message });
    return [error.status === 401 ? says("keyless") : "", plain, error.request ? says("request", error) : ""].filter(Boolean).join(" ");
  }

  cards({ statements, open }) {
    const here = new Set(statements.map((each) => each.key));
    for (const [key, item] of this.items) {
      if (here.has(key)) continue;
      item.root.remove();
      this.items.delete(key);
    }
    statements.forEach((each, place) => {
      const item = this.items.get(each.key) ?? this.item(each.key);
      if (item.finding !== each.finding || item.stands !== each.stands) this.fill(item, each);
      const shown = String(each.key === open);
      if (item.button.getAttribute("aria-expanded") !== shown) {
        item.button.setAttribute("aria-expanded", shown);
        item.card.hidden = each.key !== open;
        if (each.key === open) {
          item.root.scrollIntoView({ block: "nearest" });
          say(this.said, item.button.textContent); // the caret is elsewhere, and nobody would hear of it
        }
      }
      if (this.list.children[place] !== item.root) this.list.insertBefore(item.root, this.list.children[place] ?? null);
    });
  }

  item(key) {
    const id = `${this.name}-${this.items.size}-${Math.random().toString(36).slice(2)}`;
    const button = element("button", { type: "button", "aria-expanded": "false", "aria-controls": id, onclick: () => this.doing.open(key) });
    const inside = element("div", { id, class: "onrecord-card", hidden: true });
    const made = { button, card: inside, root: element("li", {}, element("h3", {}, button), inside) };
    this.items.set(key, made);
    return made;
  }

  fill(item, { key, finding, stands }) {
    const { says, desk } = this;
    const tone = toneOf({ finding, stands });
    const quote = finding.attribution.quote;
    item.root.className = `onrecord-item onrecord-${tone}`;
    item.button.replaceChildren(
      element("span", { class: "onrecord-sign", "aria-hidden": "true" }, signOf(tone)),
      element("span", { class: "onrecord-verdict" }, stands ? `${says.tone(tone)}: ${says.reason(finding.reason)}` : says.tone(tone)),
      element("span", { class: "onrecord-start", dir: "auto" }, ` ${quote.length > 90 ? `${quote.slice(0, 90)}…` : quote}`),
    );
    item.card.replaceChildren(...card(finding, { stands, says, desk, find: () => this.doing.find(key) }));
    Object.assign(item, { finding, stands });
  }
}

function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
