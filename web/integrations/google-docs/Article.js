// A document's paragraphs as the text that is sent, the way back from its code points, and the cards.

const BETWEEN = "\n\n";

/** Halves of characters cannot be sent; what stands in their place is as long. */
function wellFormed(words) {
  return words.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

function textOf(paragraphs) {
  return paragraphs.join(BETWEEN);
}

/** The pieces of a span of code points, each in its paragraph, in the code units that Docs counts. */
function placed(paragraphs, [start, end]) {
  const found = [];
  let at = 0;
  paragraphs.forEach((words, paragraph) => {
    const points = [...words];
    const [from, to] = [Math.max(0, start - at), Math.min(points.length, end - at)];
    if (from < to) {
      const unit = (point) => points.slice(0, point).join("").length;
      found.push({ paragraph, start: unit(from), end: unit(to), words: points.slice(from, to).join("") });
    }
    at += points.length + BETWEEN.length;
  });
  return found;
}

/**
 * The cards of a report. Each has its place: the paragraphs on which it rests, whether it leans on what comes before them (“she
 * said”), and where its words are.
 */
function cardsOf(report, sent, { server, language }) {
  const cards = report.findings.map((finding) => {
    const said = finding.attribution || { content: [], cue: [], source: [], quote: finding.quote, speaker: null };
    const tone = toneOf(finding);
    const [first] = finding.evidence.concat(finding.nearest);
    const others = [...said.cue, ...said.source, said.date_words, said.channel].filter(Boolean);
    const content = said.content.flatMap((span) => placed(sent, span));
    const rests = content.concat(others.flatMap((span) => placed(sent, span))).map((each) => each.paragraph);
    return {
      tone,
      sign: TONES[tone].sign,
      verdict: `${TONES[tone][language]}: ${REASONS[finding.reason] ? REASONS[finding.reason][language] : finding.reason}`,
      summary: finding.summary,
      warnings: finding.warnings.map((each) => each.says),
      speaker: finding.speaker,
      quote: pieces(finding.quote, first ? first.edits.map((edit) => ({ ...edit, span: edit.quote })) : [], language),
      record: first ? recordOf(first, language) : null,
      supports: finding.evidence.length > 0,
      link: first ? linkOf(server, first) : null,
      place: { rests: [...new Set(rests)], leans: !said.speaker || !said.source.length || said.speaker.mention !== said.speaker.name, content },
    };
  });
  return { cards, problems: report.warnings.map((each) => each.says) };
}

function recordOf({ speaker, document, exact, prefix, suffix, start, edits }, language) {
  const spans = edits.map((edit) => ({ ...edit, span: edit.source.map((at) => at - start) }));
  return {
    source: [speaker, document.title, document.publisher, document.date].filter(Boolean).join(" · "),
    prefix,
    words: pieces(exact, spans, language),
    suffix,
  };
}

function linkOf(server, { document, start, end }) {
  return `${server}document?id=${encodeURIComponent(document.id)}&start=${start}&end=${end}&version=${document.version}#passage`;
}

/** A text in pieces; those that differ say how, and an empty one marks where something is missing. */
function pieces(text, differences, language) {
  const points = [...text];
  const found = [];
  let at = 0;
  const ordered = [...differences].filter((each) => !each.allowed).sort((one, other) => one.span[0] - other.span[0]);
  for (const { span: [start, end], kind } of ordered) {
    if (start < at || end > points.length) continue;
    found.push({ text: points.slice(at, start).join(""), differs: null });
    found.push({ text: points.slice(start, end).join(""), differs: EDITS[kind] ? EDITS[kind][language] : kind });
    at = end;
  }
  return found.concat({ text: points.slice(at).join(""), differs: null }).filter((each) => each.text || each.differs);
}

/** How a finding looks; what is not known to be verified never does. */
function toneOf({ status, reason }) {
  if (status === "verified" || status === "paraphrased") return status;
  const tone = REASONS[reason] && REASONS[reason].tone;
  return tone === "altered" || tone === "uncovered" ? tone : "unsourced";
}

/**
 * Which verdicts still stand: those whose paragraphs are in the document as they were sent, one behind the other, and, where they lean
 * on what comes before, with all of that.
 */
function stands(now, sent, places) {
  const same = sent.findIndex((words, at) => now[at] !== words);
  const alike = same < 0 ? sent.length : same;
  return places.map(({ rests, leans, content }) => {
    if (!content.length) return false;
    const last = Math.max(...rests);
    if (leans) return last < alike;
    const run = sent.slice(Math.min(...rests), last + 1);
    return now.some((_, at) => run.every((words, each) => now[at + each] === words));
  });
}

/** Where the first words of a statement are now: where they were, or in the only paragraph that has them once; else null. */
function whereNow(now, { content: [first] }) {
  if (!first) return null;
  const there = (now[first.paragraph] || "").slice(first.start, first.end) === first.words;
  if (there) return { paragraph: first.paragraph, start: first.start, end: first.end };
  const having = now.map((words, paragraph) => ({ words, paragraph })).filter(({ words }) => words.includes(first.words));
  if (having.length !== 1) return null;
  const [{ words, paragraph }] = having;
  const start = words.indexOf(first.words);
  return words.indexOf(first.words, start + 1) < 0 ? { paragraph, start, end: start + first.words.length } : null;
}
