// The Google Docs add-on's parts that need none of Google's services, in one scope, as Apps Script runs its files. Run by
// tests/web/test_google_docs.py.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const addon = new URL("../../../web/integrations/google-docs/", import.meta.url);
const files = ["Article.js", "Code.js", "Server.js", "Verdicts.js", "Words.js"];
const scope = vm.createContext({ console: null });
vm.runInContext(files.map((each) => readFileSync(new URL(each, addon), "utf8")).join("\n"), scope); // nothing is asked of Google before Docs calls
const here = (value) => JSON.parse(JSON.stringify(value));
const run = (code, given = {}) => here(vm.runInContext(`((given) => (${code}))`, scope)(given) ?? null);
const words = run("WORDS.en");

test("a server that Google's machines can reach over https is taken, and no other", () => {
  const address = (written) => run("serverAddress(given.written, WORDS.en)", { written });
  assert.equal(address("onrecord.paper.example"), "https://onrecord.paper.example/");
  assert.equal(address(" https://Paper.example:8443/on/record// "), "https://paper.example:8443/on/record/");
  for (const wrong of ["", "http://paper.example", "localhost", "https://a:b@paper.example", "https://paper.example/?x", "javascript:alert(1)", "paper example"]) {
    assert.throws(() => address(wrong), /such as https:/);
  }
});

test("a request carries the key, and follows nobody elsewhere", () => {
  const { url, options } = run("requestOf({ server: 'https://paper.example/', key: 'onr_live_1', path: 'articles', body: { text: 'a' } })");
  assert.equal(url, "https://paper.example/api/v1/articles");
  assert.deepEqual([options.method, options.headers.Authorization, options.contentType, options.payload], ["post", "Bearer onr_live_1", "application/json", '{"text":"a"}']);
  assert.deepEqual([options.followRedirects, options.muteHttpExceptions, options.validateHttpsCertificates], [false, true, undefined]);
  assert.equal(run("requestOf({ server: 'https://paper.example/', key: '', path: 'articles/1' }).options").method, "get");
});

test("an answer is read, and a refusal is said in the server's words", () => {
  const answer = (status, text) => run("answerOf(given.status, given.text, WORDS.en)", { status, text });
  assert.deepEqual(answer(202, '{"id":"a"}'), { id: "a" });
  const problem = JSON.stringify({ title: "There is no such key", detail: "Make another one.", request_id: "r7" });
  assert.throws(() => answer(401, problem), { message: "The server did not accept the key. There is no such key. Make another one. Request r7." });
  for (const [status, text] of [[200, "<html>"], [502, "<html>Bad gateway"], [404, "{}"], [302, ""]]) {
    assert.throws(() => answer(status, text), new RegExp(`answered with ${status}, and it was not OnRecord`));
  }
});

test("half a character becomes one that can be sent, and whole ones stay", () => {
  assert.equal(run("wellFormed(given)", "a\ud835b𝕏\udd4fc"), "a\ufffdb𝕏\ufffdc");
});

test("code points of the text lead back to the paragraphs, in the units that Docs counts", () => {
  const paragraphs = ["𝕏 rose", "", "“We 𝕐 sign,” she said"];
  const text = run("textOf(given)", paragraphs);
  const points = [...text];
  const placed = (span) => run("placed(given.paragraphs, given.span)", { paragraphs, span });
  let tried = 0;
  for (let start = 0; start < points.length; start += 1) {
    for (let end = start + 1; end <= points.length; end += 1) {
      const found = placed([start, end]);
      const words = found.map(({ paragraph, start: from, end: to }) => paragraphs[paragraph].slice(from, to));
      assert.deepEqual(words, found.map((each) => each.words));
      assert.equal(words.join("").replace(/\n/g, ""), points.slice(start, end).join("").replace(/\n/g, ""));
      tried += 1;
    }
  }
  assert.ok(tried > 300);
  assert.deepEqual(placed([6, 8]), []);
});

const place = (more) => ({ rests: [1], leans: false, content: [{ paragraph: 1, start: 0, end: 2, words: "We" }], ...more });
const standing = (now, more) => run("stands(given.now, given.sent, given.places)", { now, sent: ["Intro", "We sign", "she said", "Outro"], places: [place(more)] })[0];

test("a verdict falls with its paragraph, and stands through changes elsewhere", () => {
  assert.equal(standing(["Intro", "We sign", "she said", "Outro"]), true);
  assert.equal(standing(["New", "Intro!", "We sign", "she said"]), true);
  assert.equal(standing(["Intro", "We never sign", "she said", "Outro"]), false);
  assert.equal(standing([]), false);
});

test("it falls when something is put between it and its speaker, or where it leans on what was changed", () => {
  assert.equal(standing(["Intro", "We sign", "she said", "Outro"], { rests: [1, 2] }), true);
  assert.equal(standing(["Intro", "We sign", "or so", "she said", "Outro"], { rests: [1, 2] }), false);
  assert.equal(standing(["Intro!", "We sign", "she said", "Outro"], { leans: true }), false);
  assert.equal(standing(["Intro", "We sign", "she said", "Outro!"], { leans: true }), true);
  assert.equal(standing(["Intro", "We sign"], { content: [] }), false);
});

test("words are shown where they are, and not where they may be", () => {
  const where = (now) => run("whereNow(given.now, given.place)", { now, place: place({}) });
  assert.deepEqual(where(["", "We sign"]), { paragraph: 1, start: 0, end: 2 });
  assert.deepEqual(where(["Then We sign", "x"]), { paragraph: 0, start: 5, end: 7 });
  assert.equal(where(["x We", "or We", "y"]), null);
  assert.equal(where(["We and We"]), null);
  assert.equal(where([]), null);
});

test("differences are named on either side, and what is missing has a place", () => {
  const edits = [{ span: [9, 9], kind: "negation", allowed: false }, { span: [0, 2], kind: "name", allowed: false }, { span: [3, 7], kind: "filler", allowed: true }];
  assert.deepEqual(run("pieces(given.text, given.edits, 'en')", { text: "𝕏e will sign", edits }), [
    { text: "𝕏e", differs: "name" }, { text: " will s", differs: null }, { text: "", differs: "negation" }, { text: "ign", differs: null },
  ]);
  assert.deepEqual(run("pieces('We', given, 'ru')", [{ span: [0, 9], kind: "name", allowed: false }]), [{ text: "We", differs: null }]);
});

test("only what the server calls verified looks verified", () => {
  const looks = (status, reason) => run("toneOf(given)", { status, reason });
  assert.deepEqual([looks("verified", "exact"), looks("unsourced", "negation"), looks("unsourced", "not-covered")], ["verified", "altered", "uncovered"]);
  assert.deepEqual([looks("unsourced", "of later years"), looks("of later years", "exact")], ["unsourced", "unsourced"]);
});

test("both languages say the same things", () => {
  const other = run("WORDS.ru");
  const holes = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  assert.deepEqual(Object.keys(other), Object.keys(words));
  for (const name of Object.keys(words)) assert.deepEqual(holes(other[name]), holes(words[name]), name);
  assert.equal(run("speech('ru_RU').language"), "ru");
});

test("the manifest asks for this document, its sidebar and requests, and for nothing else", () => {
  const { oauthScopes, exceptionLogging, urlFetchWhitelist } = JSON.parse(readFileSync(new URL("appsscript.json", addon), "utf8"));
  assert.deepEqual(oauthScopes.map((each) => each.split("/").at(-1)), ["documents.currentonly", "script.container.ui", "script.external_request"]);
  assert.equal(exceptionLogging, "NONE"); // a text must not end in a log at Google
  assert.ok(urlFetchWhitelist.every((each) => /^https:\/\/[^*]+\/$/.test(each)));
});
