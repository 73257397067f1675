// What is on the page that is open: the words that are selected, and its article as a reader sees it. Runs there when the
// reader asks for it, changes nothing, and sends nothing; the value is what it found.
(() => {
  const text = (element) => element.innerText.trim();
  const longest = (selector) =>
    [...document.querySelectorAll(selector)].sort((one, other) => text(other).length - text(one).length)[0];
  const body = longest("article, [itemprop~=articleBody]") ?? longest("main, [role=main]") ?? document.body;
  const dated = document.querySelector("meta[property='article:published_time'], meta[itemprop=datePublished], time[datetime]");
  const date = (dated?.content ?? dated?.dateTime ?? "").slice(0, 10);
  return {
    selection: String(getSelection()).trim(),
    article: text(body),
    title: document.title.trim(),
    link: /^https?:/.test(location.href) ? location.href.split("#")[0] : "",
    date: /^\d{4}-\d\d-\d\d$/.test(date) ? date : "",
  };
})();
