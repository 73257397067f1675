// A document as the text that the server reads, and the way back: its places are code points of that text, the
// editor's are positions in the document.

const BREAK = /^hard_?break$/i;

/**
 * The text of a document, its text blocks one paragraph each. Code and what stands in atoms (pictures, notes) is not read.
 * @param {import("prosemirror-model").Node} doc
 */
export function read(doc) {
  const pieces = [];
  let text = "";
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    if (node.type.spec.code) return false;
    if (text) text += "\n\n";
    walk(node, pos + 1, (words, at, each) => {
      pieces.push({ at: text.length, size: words.length, pos: at, each });
      text += words;
    });
    return false;
  });
  text = text.toWellFormed(); // half a character cannot be sent; what stands in its place is as long
  let units; // only for who asks for places, since this is read at each key
  return {
    text,
    /** Where a span of code points lies in the document; null where it holds nothing of it. */
    place([start, end]) {
      units ??= starts(text);
      return placed(pieces, units[start], units[end]);
    },
  };
}

/** The words of one text block, as they are read. */
export function wordsOf(block) {
  let found = "";
  walk(block, 0, (words) => (found += words));
  return found.toWellFormed();
}

function walk(parent, start, take) {
  parent.forEach((node, offset) => {
    const pos = start + offset;
    if (node.isText) take(node.text, pos, true);
    else if (node.type.spec.leafText) take(node.type.spec.leafText(node), pos, false);
    else if (BREAK.test(node.type.name)) take("\n", pos, false);
    else if (!node.isAtom) walk(node, pos + 1, take);
  });
}

// Where each code point begins, in the code units that the editor counts.
function starts(text) {
  const found = [];
  for (let at = 0; at < text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) found.push(at);
  found.push(text.length);
  return found;
}

function placed(pieces, start, end) {
  const within = pieces.filter((each) => each.at < end && each.at + each.size > start);
  if (!within.length) return null;
  const first = within[0];
  const last = within.at(-1);
  return {
    from: first.each ? first.pos + Math.max(0, start - first.at) : first.pos,
    to: last.each ? last.pos + Math.min(last.size, end - last.at) : last.pos + 1,
  };
}
