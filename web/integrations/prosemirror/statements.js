// What was found about a document's statements, kept beside it while it is edited.
//
// A verdict is about words that were sent. It stands while the paragraphs from the statement to where its speaker is named
// read as they did then; and where the speaker is named by words that lean on what came before (“she”, “the minister”), while
// all of that reads so too. Otherwise it is withdrawn until the text is checked again: nothing that was altered after
// its check may look verified. Taking the change back brings the verdict back.

import { wordsOf } from "./reading.js";

/**
 * @typedef {{from: number, to: number, within: number, length: number, size: number, words: string, reads: boolean}} Place
 *   A piece of a statement, where it lies in its paragraph, the paragraph as it was sent, and whether it reads so now.
 * @typedef {{key: string, finding: object, content: Place[], around: Place[], reach: number, leans: boolean, start: number, stands: boolean}} Statement
 *   `around` is all from its first to its last word, with those that say whose it is.
 */

/**
 * The statements of a report.
 * @param {object[]} findings as the API gives them
 * @param {ReturnType<import("./reading.js").read>} reading the text that was sent
 * @param {import("prosemirror-model").Node} doc the document at that moment
 * @returns {Statement[]}
 */
export function statementsOf(findings, reading, doc) {
  const met = new Map();
  return findings.flatMap((finding) => {
    const said = finding.attribution;
    if (!said) return [];
    const places = (spans) => spans.flatMap((span) => pieces(reading.place(span), doc));
    const content = places(said.content);
    if (!content.length) return [];
    const name = JSON.stringify([said.quote, said.speaker?.name ?? null, said.type]);
    const nth = met.get(name) ?? 0;
    met.set(name, nth + 1);
    const spans = [...said.content, ...said.cue, ...said.source, said.date_words, said.channel].filter(Boolean);
    const start = Math.min(...spans.map(([first]) => first));
    const around = places([[start, Math.max(...spans.map(([, last]) => last))]]);
    const leans = !said.speaker || !said.source.length || said.speaker.mention !== said.speaker.name;
    return [{ key: `${name}#${nth}`, finding, content, around, reach: reach(around), leans, start, stands: true }];
  });
}

/**
 * The same after a change of the document.
 * @param {Statement[]} statements
 * @param {(pos: number, side: number) => number} map
 * @param {import("prosemirror-model").Node} doc
 * @param {number} same how many code points from its start the text reads as it was sent
 */
export function followed(statements, map, doc, same) {
  return statements.flatMap((each) => {
    const content = each.content.map((place) => moved(place, map, doc));
    const around = each.around.map((place) => moved(place, map, doc));
    if (content.every((place) => place.from >= place.to)) return []; // taken out of the text
    const reads = around.every((place) => place.reads) && reach(around) === each.reach; // nor was anything put between
    return [{ ...each, content, around, stands: reads && (!each.leans || same >= each.start) }];
  });
}

const reach = (places) => places.at(-1).from - places[0].from;

/** How many code points two texts have in common from their start. */
export function sameFromStart(one, other) {
  let at = 0;
  let points = 0;
  while (at < one.length && at < other.length && one.codePointAt(at) === other.codePointAt(at)) {
    at += one.codePointAt(at) > 0xffff ? 2 : 1;
    points += 1;
  }
  return points;
}

// A span may run over several paragraphs; each piece is kept with its own.
function pieces(span, doc) {
  const found = [];
  if (!span) return found;
  doc.nodesBetween(span.from, span.to, (node, pos) => {
    if (!node.isTextblock) return true;
    const from = Math.max(span.from, pos + 1);
    const to = Math.min(span.to, pos + 1 + node.content.size);
    if (from < to) {
      found.push({ from, to, within: from - pos - 1, length: to - from, size: node.content.size, words: wordsOf(node), reads: true });
    }
    return false;
  });
  return found;
}

// Where its paragraph reads as it did, a piece lies in it where it lay, whatever was taken out and put back meanwhile.
function moved(place, map, doc) {
  const from = map(place.from, 1);
  const to = map(place.to, -1);
  const around = doc.resolve(from);
  const block = around.parent;
  const reads = block.isTextblock && block.content.size === place.size && wordsOf(block) === place.words;
  if (!reads) return { ...place, from, to: Math.max(from, to), reads };
  const start = around.start() + place.within;
  return { ...place, from: start, to: start + place.length, reads };
}
