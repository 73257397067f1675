// A card: the verdict, why, and your words beside those of the record, each difference named.

import { element } from "./element.js";

/** The contents of a statement's card. */
export function card(finding, { stands, says, desk, find }) {
  const back = element("p", {}, element("button", { type: "button", onclick: find }, says("inText")));
  if (!stands) return [element("p", {}, says("withdrawnLong")), back];
  const held = finding.evidence.length ? finding.evidence : finding.nearest;
  const [first, ...others] = held;
  return [
    element("p", { class: "onrecord-summary", lang: "en" }, finding.summary),
    finding.ambiguous ? element("p", {}, says("ambiguous")) : null,
    ...finding.warnings.map((each) => element("p", { class: "onrecord-warning", lang: "en" }, `${says("warning")} ${each.says}`)),
    sides(finding, first, says),
    first ? element("p", { class: "onrecord-links" }, ...links(first, desk, says)) : null,
    others.length ? elsewhere(others, desk, says) : null,
    element("p", { class: "onrecord-hint" }, about(finding, says)),
    back,
  ].filter(Boolean);
}

function sides(finding, place, says) {
  const differences = place ? place.edits : [];
  const yours = differences.map((edit) => ({ ...edit, span: edit.quote }));
  const theirs = differences.map((edit) => ({ ...edit, span: edit.source.map((at) => at - place.start) }));
  const record = place
    ? [element("p", { class: "onrecord-who" }, source(place, says)),
       element("blockquote", { dir: "auto", lang: place.document.language }, element("span", { class: "onrecord-around" }, `…${place.prefix}`),
         ...marked(place.exact, theirs, says), element("span", { class: "onrecord-around" }, `${place.suffix}…`))]
    : [element("p", {}, says("nothing"))];
  return element(
    "div",
    { class: "onrecord-sides" },
    element("div", {}, element("h4", {}, says("yours")), element("p", { class: "onrecord-who" }, finding.speaker ?? says("unnamed")),
      element("blockquote", { dir: "auto" }, ...marked(finding.quote, yours, says))),
    element("div", {}, element("h4", {}, says(finding.evidence.length || !place ? "record" : "nearest")), ...record),
  );
}

// Spans are code points of the text; one that is empty marks where something is missing.
function marked(text, differences, says) {
  const points = [...text];
  const found = [];
  let at = 0;
  for (const { span: [start, end], kind, allowed } of [...differences].sort((one, other) => one.span[0] - other.span[0])) {
    if (start < at || end > points.length) continue;
    found.push(points.slice(at, start).join(""));
    const words = points.slice(start, end).join("");
    const label = allowed ? null : element("span", { class: "onrecord-kind" }, words ? ` ${says.edit(kind)}` : ` ${says.edit(kind)}: ${says("missing")}`);
    found.push(element("mark", { class: allowed ? "onrecord-allowed" : "onrecord-differs" }, words || "‸", label));
    at = end;
  }
  return [...found, points.slice(at).join("")];
}

function source({ speaker, document }, says) {
  return [speaker, document.title, document.publisher, document.date ?? says("undated")].filter(Boolean).join(" · ");
}

// The record's own page of the place, and where its publisher has it; never anything but a web address.
function links({ document, start, end, link }, desk, says) {
  const place = new URLSearchParams({ id: document.id, start, end, version: document.version });
  const all = [[`${desk}document?${place}#passage`, "atRecord"], [link.startsWith("/") ? document.url : link, "atPublisher"]];
  return all.filter(([address]) => /^https?:\/\//i.test(address ?? "")).flatMap(([address, name]) => [
    element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, says(name)), " ",
  ]);
}

function elsewhere(places, desk, says) {
  const each = (place) => element("li", {}, `${source(place, says)}: “${place.exact}” `, ...links(place, desk, says));
  return element("details", {}, element("summary", {}, says("more", { count: places.length })), element("ul", {}, ...places.map(each)));
}

function about({ confidence, other_reasons, searched, provenance }, says) {
  return [
    `${says("confidence", { word: says.confidence(confidence) })}.`,
    other_reasons.length ? `${says("reasons", { list: other_reasons.map(says.reason).join(", ") })}.` : "",
    says("searched", { documents: searched.documents, first: searched.first ?? "?", last: searched.last ?? "?" }),
    says("made", { onrecord: provenance.onrecord, record: provenance.corpus_fingerprint }),
  ].filter(Boolean).join(" ");
}
