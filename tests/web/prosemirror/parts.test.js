// The plugin's parts that need no browser, with real ProseMirror documents. Run by tests/web/test_prosemirror.py.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

const plugin = new URL("../../../web/integrations/prosemirror/", import.meta.url);
const { schema } = createRequire(plugin)("prosemirror-schema-basic");
const { Transform } = createRequire(plugin)("prosemirror-transform");
const { events, isOpen, serverAddress } = await import(new URL("asking.js", plugin));
const { read } = await import(new URL("reading.js", plugin));
const { followed, sameFromStart, statementsOf } = await import(new URL("statements.js", plugin));
const { WORDS, speech, toneOf } = await import(new URL("words.js", plugin));

const paragraph = (...content) => schema.node("paragraph", null, content.map((each) => (typeof each === "string" ? schema.text(each) : each)));
const strong = (words) => schema.text(words, [schema.mark("strong")]);
const doc = (...blocks) => schema.node("doc", null, blocks);
const span = (text, words) => {
  const start = [...text.slice(0, text.indexOf(words))].length;
  return [start, start + [...words].length];
};
const found = (text, words, more = {}) => ({
  status: "verified",
  attribution: { content: [span(text, words)], cue: [], source: [span(text, "Corvane")], type: "direct", quote: words,
    speaker: { name: "Corvane", mention: "Corvane" }, date_words: null, channel: null, ...more },
});

test("text blocks are paragraphs; code, pictures and what is in them are not read", () => {
  const picture = schema.node("image", { src: "x" });
  const text = read(doc(
    schema.node("heading", { level: 1 }, [schema.text("A bridge")]),
    schema.node("blockquote", null, [paragraph("We ", strong("will"), picture, " not,"), paragraph()]),
    schema.node("code_block", null, [schema.text("not = 1")]),
    paragraph("one", schema.node("hard_break"), "two"),
  )).text;
  assert.equal(text, "A bridge\n\nWe will not,\n\n\n\none\ntwo");
});

test("every stretch of the text is found where it stands, whatever stands before it", () => {
  const picture = schema.node("image", { src: "x" });
  const article = doc(
    paragraph("𝕏 first"), schema.node("blockquote", null, [paragraph("We ", strong("will 𝕐"), picture, " not,", schema.node("hard_break"), "she said")]),
    schema.node("code_block", null, [schema.text("skipped")]), paragraph("last 🏴 words"),
  );
  const { text, place } = read(article);
  const points = [...text];
  const leaf = (node) => (node.type.name === "hard_break" ? "\n" : "");
  let tried = 0;
  for (let start = 0; start < points.length; start += 1) {
    for (let end = start + 1; end <= points.length; end += 1) {
      const words = points.slice(start, end).join("");
      if (words.includes("\n\n") || /^\n|\n$/.test(words)) continue; // what joins paragraphs stands nowhere
      const there = place([start, end]);
      assert.equal(article.textBetween(there.from, there.to, "\n\n", leaf), words);
      tried += 1;
    }
  }
  assert.ok(tried > 200);
  assert.equal(article.textBetween(...Object.values(place(span(text, "first\n\nWe"))), "\n\n"), "first\n\nWe");
  assert.equal(place([7, 9]), null); // between two paragraphs there is nothing
});

test("half a character is sent as something that can be sent, and moves no place", () => {
  const { text, place } = read(doc(paragraph("a\ud835b", "c")));
  assert.equal(text, "a\ufffdbc");
  assert.deepEqual(place([3, 4]), { from: 4, to: 5 });
});

test("a verdict stands through changes elsewhere, falls with its paragraph, and comes back with it", () => {
  const before = doc(paragraph("Intro."), paragraph("“We sign,” Corvane said."), paragraph("Outro."));
  const reading = read(before);
  const all = statementsOf([found(reading.text, "We sign,")], reading, before);
  const edit = (from, act) => {
    const tr = act(new Transform(from.doc));
    const same = sameFromStart(reading.text, read(tr.doc).text);
    return { doc: tr.doc, statements: followed(from.statements, (pos, side) => tr.mapping.map(pos, side), tr.doc, same) };
  };
  const words = ({ doc: now, statements: [{ content: [{ from, to }] }] }) => now.textBetween(from, to);
  const start = { doc: before, statements: all };
  const above = edit(start, (tr) => tr.insert(0, paragraph("New.")));
  assert.deepEqual([above.statements[0].stands, words(above)], [true, "We sign,"]);
  const bold = edit(above, (tr) => tr.addMark(0, tr.doc.content.size, schema.mark("strong")));
  assert.deepEqual([bold.statements[0].stands, words(bold)], [true, "We sign,"]);
  const at = bold.statements[0].content[0];
  const cut = edit(bold, (tr) => tr.delete(at.from, at.from + 3));
  assert.deepEqual([cut.statements[0].stands, words(cut)], [false, "sign,"]);
  const back = edit(cut, (tr) => tr.insert(at.from, schema.text("We ")));
  assert.deepEqual([back.statements[0].stands, words(back)], [true, "We sign,"]);
  const gone = edit(back, (tr) => tr.delete(at.from - 1, at.to));
  assert.equal(gone.statements.length, 0);
});

for (const [why, more] of [
  ["a pronoun", { speaker: { name: "Ilse Corvane", mention: "she" } }],
  ["nobody who is named", { speaker: null }],
  ["nobody in this sentence", { source: [], speaker: { name: "Corvane", mention: "Corvane" } }],
]) {
  test(`a statement whose speaker is ${why} falls with what comes before it, and not with what comes after`, () => {
    const before = doc(paragraph("Intro."), paragraph("“We sign,” Corvane said."), paragraph("Outro."));
    const reading = read(before);
    const all = statementsOf([found(reading.text, "We sign,", more)], reading, before);
    for (const [at, stands] of [[1, false], [before.content.size - 1, true]]) {
      const tr = new Transform(before).insert(at, schema.text("X"));
      const now = followed(all, (pos, side) => tr.mapping.map(pos, side), tr.doc, sameFromStart(reading.text, read(tr.doc).text));
      assert.equal(now[0].stands, stands);
    }
  });
}

test("a statement falls when something is put between it and its speaker", () => {
  const before = doc(paragraph("“We sign.”"), paragraph("Corvane said so."), paragraph("Outro."));
  const reading = read(before);
  const all = statementsOf([found(reading.text, "We sign.")], reading, before);
  const after = (tr) => followed(all, (pos, side) => tr.mapping.map(pos, side), tr.doc, 0)[0].stands;
  const between = before.child(0).nodeSize;
  assert.equal(after(new Transform(before).insert(between, paragraph("So somebody wrote."))), false);
  assert.equal(after(new Transform(before).insert(0, paragraph("So somebody wrote."))), true);
});

test("the same words twice are two statements", () => {
  const before = doc(paragraph("“We sign,” Corvane said. “We sign,” Corvane said."));
  const reading = read(before);
  const one = found(reading.text, "We sign,");
  const other = { ...one, attribution: { ...one.attribution, content: [[26, 34]] } };
  const keys = statementsOf([one, other], reading, before).map((each) => each.key);
  assert.equal(new Set(keys).size, 2);
});

test("only what the server calls verified and nobody has changed since looks verified", () => {
  const looks = (status, reason, stands = true) => toneOf({ finding: { status, reason }, stands });
  assert.equal(looks("verified", "exact"), "verified");
  assert.equal(looks("verified", "exact", false), "withdrawn");
  assert.equal(looks("unsourced", "negation"), "altered");
  assert.equal(looks("unsourced", "not-covered"), "uncovered");
  assert.equal(looks("unsourced", "a reason of later years"), "unsourced");
  assert.equal(looks("a status of later years", "exact"), "unsourced");
});

test("events are read however they are cut", async () => {
  const sent = new TextEncoder().encode('retry: 2000\n\nid: 1\nevent: finding\ndata: {"quote":"𝕏\\n\\n"}\n\n: ask again\n\nevent: done\ndata: {"state":"done"}\n\n');
  for (const size of [1, 3, 7, sent.length]) {
    const parts = Array.from({ length: Math.ceil(sent.length / size) }, (_, n) => sent.slice(n * size, (n + 1) * size));
    const all = [];
    for await (const each of events(ReadableStream.from(parts))) all.push(each);
    assert.deepEqual(all, [{ event: "finding", data: { quote: "𝕏\n\n" } }, { event: "done", data: { state: "done" } }]);
  }
});

test("a server's address is checked, and one that others can read along with is pointed out", () => {
  assert.equal(serverAddress("https://desk.example/on", "https://cms.example/"), "https://desk.example/on/");
  assert.equal(serverAddress("/onrecord", "https://cms.example/edit"), "https://cms.example/onrecord/");
  for (const wrong of ["ftp://desk.example", "https://a:b@desk.example", "javascript:alert(1)"]) assert.throws(() => serverAddress(wrong, "https://cms.example/"), TypeError);
  assert.deepEqual(["http://desk.example/", "https://desk.example/", "http://127.0.0.1:8000/"].map(isOpen), [true, false, false]);
});

test("both languages say the same things", () => {
  const holes = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  assert.deepEqual(Object.keys(WORDS.ru), Object.keys(WORDS.en));
  for (const name of Object.keys(WORDS.en)) assert.deepEqual(holes(WORDS.ru[name]), holes(WORDS.en[name]), name);
  assert.equal(speech("ru-RU")("check"), "Проверить");
  assert.equal(speech("de").reason("exact"), "word for word");
});
