// The plugin: what was found stays with the text while it is edited, is drawn into it, and is read in a panel beside it.

import { Plugin, PluginKey, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { Refused, checkArticle, serverAddress } from "./asking.js";
import { Panel } from "./panel.js";
import { read } from "./reading.js";
import { followed, sameFromStart, statementsOf } from "./statements.js";
import { signOf, speech, toneOf } from "./words.js";

export const onrecordKey = new PluginKey("onrecord");

const panels = new WeakMap(); // of each editor its own

const NOTHING = { statements: [], problems: [], checked: null, changed: false, news: null, sent: null, trouble: null, open: null };

/**
 * Checks the statements of a document on an OnRecord server.
 * @param {object} options
 * @param {string} options.server address of the server, or of what stands before it; shown to whoever writes
 * @param {string | (() => string | Promise<string>)} [options.key] a key with the scope `check`; without one, your server adds it
 * @param {string} [options.desk] address of the desk's pages, where that is another
 * @param {HTMLElement} [options.panel] where the cards go; else behind the editor
 * @param {"en" | "ru"} [options.language] else that of the page
 * @param {() => {title?: string, date?: string}} [options.article] what the editor knows of the article; with its date, “on Sunday” says when
 */
export function onrecord(options) {
  const server = serverAddress(options.server);
  const says = speech(options.language ?? document.documentElement.lang);
  const desk = { server, key: options.key };
  return new Plugin({
    key: onrecordKey,
    onrecord: { desk, article: options.article ?? (() => ({})) },
    state: {
      init: () => NOTHING,
      apply(tr, value) {
        const now = tr.docChanged ? edited(value, tr) : value;
        const change = tr.getMeta(onrecordKey);
        return change ? change(now, tr.doc) : now;
      },
    },
    props: {
      decorations: (state) => drawn(onrecordKey.getState(state), state.doc, says),
      handleKeyDown(view, event) {
        const command = commandOf(event);
        return command ? command(view.state, view.dispatch, view) : false;
      },
      handleClick(view, pos) {
        const hit = statementAt(onrecordKey.getState(view.state), pos);
        if (hit) change(view, (value) => ({ ...value, open: hit.key }));
        return false;
      },
    },
    view(view) {
      const doing = {
        check: () => check(view.state, view.dispatch, view),
        stop: () => stop(view.state, view.dispatch),
        open: (key) => change(view, (value) => ({ ...value, open: value.open === key ? null : key })),
        find: (key) => find(view, key),
        leave: () => view.focus(),
      };
      const place = options.panel ?? view.dom.parentNode.appendChild(document.createElement("div"));
      const panel = new Panel(place, { server, desk: serverAddress(options.desk ?? server), says, doing });
      const show = () => panel.show(onrecordKey.getState(view.state));
      panels.set(view, panel);
      show();
      return {
        update: (_, before) => onrecordKey.getState(before) === onrecordKey.getState(view.state) || show(),
        destroy() {
          onrecordKey.getState(view.state)?.sent?.stopping.abort();
          panel.destroy();
        },
      };
    },
  });
}

/** Command: send the text and show what is found. */
export function check(state, dispatch, view) {
  const value = onrecordKey.getState(state);
  if (!value || value.sent) return false;
  if (dispatch && view) ask(view);
  return true;
}

/** Command: wait no longer for an answer. */
export function stop(state, dispatch) {
  const value = onrecordKey.getState(state);
  if (!value?.sent) return false;
  if (dispatch) {
    value.sent.stopping.abort();
    dispatch(state.tr.setMeta(onrecordKey, (now) => ({ ...now, sent: null })));
  }
  return true;
}

/** Command: go to the next statement and open its card. */
export const nextStatement = (state, dispatch) => go(state, dispatch, 1);

/** Command: go to the one before. */
export const previousStatement = (state, dispatch) => go(state, dispatch, -1);

function go(state, dispatch, step) {
  const all = onrecordKey.getState(state)?.statements ?? [];
  if (!all.length) return false;
  const here = state.selection.from;
  const order = step > 0 ? all : [...all].reverse();
  const aim = order.find((each) => step * (startOf(each) - here) > 0) ?? order[0];
  if (dispatch) dispatch(at(state.tr, aim).setMeta(onrecordKey, (now) => ({ ...now, open: aim.key })));
  return true;
}

// Into the card of the statement where the caret is; Escape there leads back.
function intoCard(state, dispatch, view) {
  const hit = statementAt(onrecordKey.getState(state), state.selection.from);
  if (!hit || !view) return false;
  dispatch(state.tr.setMeta(onrecordKey, (now) => ({ ...now, open: hit.key })));
  panels.get(view)?.enter(hit.key);
  return true;
}

function commandOf(event) {
  if (event.key === "F8" && !event.altKey && !event.ctrlKey && !event.metaKey) return event.shiftKey ? previousStatement : nextStatement;
  return event.key === "Enter" && event.altKey ? intoCard : null;
}

function find(view, key) {
  const aim = onrecordKey.getState(view.state).statements.find((each) => each.key === key);
  if (!aim) return;
  view.dispatch(at(view.state.tr, aim));
  view.focus();
}

function at(tr, statement) {
  return tr.setSelection(TextSelection.near(tr.doc.resolve(startOf(statement)))).scrollIntoView();
}

const startOf = (statement) => statement.content[0].from;

function statementAt(value, pos) {
  return value?.statements.find((each) => each.content.some(({ from, to }) => from <= pos && pos <= to));
}

async function ask(view) {
  const { desk, article } = onrecordKey.get(view.state).spec.onrecord;
  const { doc } = view.state;
  const reading = read(doc);
  const stopping = new AbortController();
  // Only while this very question is open: the editor may be gone, hold another text, or wait no longer.
  const still = (next) => {
    if (!view.isDestroyed) change(view, (value, now) => (value.sent?.stopping === stopping ? next(value, now) : value));
  };
  change(view, (value) => ({ ...value, trouble: null, sent: { doc, reading, maps: [], stopping, progress: null } }));
  try {
    if (!reading.text.trim()) throw new Refused("empty");
    const known = Object.entries(article()).filter(([, given]) => given);
    const found = await checkArticle(desk, { text: reading.text, ...Object.fromEntries(known) }, {
      signal: stopping.signal,
      progress: (done, of) => still((value) => ({ ...value, sent: { ...value.sent, progress: { done, of } } })),
    });
    still((value, now) => arrived(value, found, now));
  } catch (error) {
    still((value) => ({ ...value, sent: null, trouble: error }));
    if (!(error instanceof Refused) && error.name !== "AbortError") throw error; // a fault of ours is seen by whoever develops
  }
}

function change(view, next) {
  view.dispatch(view.state.tr.setMeta(onrecordKey, next));
}

function edited(value, tr) {
  const sent = value.sent && { ...value.sent, maps: [...value.sent.maps, ...tr.mapping.maps] };
  if (value.checked === null) return { ...value, sent };
  const { text } = read(tr.doc);
  const same = sameFromStart(value.checked, text);
  const statements = followed(value.statements, (pos, side) => tr.mapping.map(pos, side), tr.doc, same);
  return { ...value, statements, sent, changed: text !== value.checked };
}

// The text may have been edited while the server read it: what it found is led through those edits.
function arrived(value, found, doc) {
  const { reading, doc: asked, maps } = value.sent;
  const { text } = read(doc);
  const made = statementsOf(found.findings, reading, asked).map((each) => known(each, value.statements));
  const map = (pos, side) => maps.reduce((place, each) => each.map(place, side), pos);
  const statements = followed(made, map, doc, sameFromStart(reading.text, text)).sort((one, other) => startOf(one) - startOf(other));
  const lost = found.findings.filter((each) => !made.some((one) => one.sent === each)).map((each) => `“${each.quote}” ${each.summary}`);
  const before = new Set(value.statements.map((each) => each.finding));
  const news = value.checked === null ? null : statements.filter((each) => !before.has(each.finding)).length;
  const open = statements.some((each) => each.key === value.open) ? value.open : null;
  return { ...NOTHING, statements, problems: [...found.problems, ...lost], checked: reading.text, changed: text !== reading.text, news, open };
}

// A statement about which the same was found again keeps what it had, so that its card is not touched.
function known(statement, before) {
  const earlier = before.find((each) => each.key === statement.key)?.finding;
  const same = earlier && judged(earlier) === judged(statement.finding);
  return { ...statement, sent: statement.finding, finding: same ? earlier : statement.finding };
}

function judged({ id, attribution, ...rest }) {
  return JSON.stringify(rest);
}

function drawn({ statements, open }, doc, says) {
  return DecorationSet.create(doc, statements.flatMap((each) => lines(each, each.key === open, says)));
}

function lines(statement, open, says) {
  const tone = toneOf(statement);
  const pieces = statement.content.filter(({ from, to }) => from < to);
  const attributes = { class: `onrecord-said onrecord-${tone}${open ? " onrecord-open" : ""}` };
  const sign = () => {
    const drawing = document.createElement("span");
    drawing.className = `onrecord-sign onrecord-${tone}`;
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", says.tone(tone));
    drawing.textContent = signOf(tone);
    return drawing;
  };
  return [
    ...pieces.map(({ from, to }) => Decoration.inline(from, to, attributes)),
    Decoration.widget(pieces.at(-1).to, sign, { side: -1, key: `${tone} ${statement.key}`, ignoreSelection: true, marks: [] }),
  ];
}
