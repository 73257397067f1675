// Takes what page.js found (PAGE) to the desk at SERVER; web/bookmarklet.py puts both in.
((found) => {
  const text = found.selection || found.article;
  const about = found.selection ? { kind: "decide" } : { kind: "article", title: found.title, link: found.link, date: found.date };
  open(SERVER + "#" + new URLSearchParams({ text, ...about }), "_blank", "noopener");
})(PAGE)
