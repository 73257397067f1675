// A small editor with the plugin in it. Text and people are invented.

import { baseKeymap } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { DOMParser } from "prosemirror-model";
import { schema } from "prosemirror-schema-basic";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { onrecord } from "../index.js";
import "./editor.css";

const ARTICLE = `<h2>Halvenia waits</h2>
<p>“We will not sign the water treaty today,” Ilse Corvane said.</p>
<p>“Both countries will pay for the repairs: 62 million crowns will come from Halvenia and 58 million from Kareth,” she said.</p>`;

const by = (id) => document.getElementById(id);

function open(event) {
  event.preventDefault();
  const holder = document.createElement("div");
  holder.innerHTML = ARTICLE;
  const plugins = [
    history(),
    keymap({ "Mod-z": undo, "Mod-y": redo }),
    keymap(baseKeymap),
    onrecord({ server: by("server").value || by("server").placeholder, key: () => by("key").value.trim(), panel: by("panel") }),
  ];
  const state = EditorState.create({ doc: DOMParser.fromSchema(schema).parse(holder), plugins });
  window.view?.destroy(); // in reach of whoever tries things out in the console
  window.view = new EditorView(by("editor"), { state, attributes: { "aria-label": "Article", role: "textbox", "aria-multiline": "true" } });
}

by("desk").addEventListener("submit", open);
