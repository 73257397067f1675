// What of Google's services the add-on uses, as far as they are documented: a document with paragraphs, its selection, a user's properties,
// requests, and the way from the sidebar to the add-on's functions. In a test's page the files of the add-on follow.

const docs = { selected: null, ...window.given }; // text, locale, properties, and the live server’s address

const DocumentApp = {
  getActiveDocument: () => ({
    getName: () => "Halvenia waits",
    getBody: () => ({ getParagraphs: () => docs.text.map((words, at) => ({ getText: () => words, editAsText: () => at })) }),
    newRange() {
      const range = {};
      return { addElement(at, start, last) { Object.assign(range, { at, start, last }); return this; }, build: () => range };
    },
    setSelection({ at, start, last }) {
      docs.selected = docs.text[at].slice(start, last + 1);
    },
  }),
};

const PropertiesService = {
  getUserProperties: () => ({
    getProperties: () => ({ ...docs.properties }),
    getProperty: (name) => docs.properties[name] ?? null,
    setProperty: (name, value) => (docs.properties[name] = value),
    deleteProperty: (name) => delete docs.properties[name],
  }),
};

const Session = { getActiveUserLocale: () => docs.locale };

// The manifest lets the add-on ask this server only, and over https; here the live one stands behind that name.
const UrlFetchApp = {
  fetch(url, { method, headers, contentType, payload, muteHttpExceptions, followRedirects }) {
    if (!muteHttpExceptions || followRedirects) throw new Error("the test expects other options");
    if (!url.startsWith("https://onrecord.paper.example/")) throw new Error("Address unavailable");
    const request = new XMLHttpRequest();
    request.open(method, url.replace("https://onrecord.paper.example/", docs.live), false);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (contentType) request.setRequestHeader("Content-Type", contentType);
    request.send(payload ?? null);
    return { getResponseCode: () => request.status, getContentText: () => request.responseText };
  },
};

function runner(done = () => {}, failed = () => {}) {
  const call = (name) => (...given) => {
    if (name.endsWith("_")) throw new Error(`${name} is private`);
    setTimeout(() => {
      try {
        const value = window[name](...JSON.parse(JSON.stringify(given)));
        setTimeout(() => done(value === undefined ? undefined : JSON.parse(JSON.stringify(value))));
      } catch (error) {
        setTimeout(() => failed({ message: error.message }));
      }
    });
  };
  const known = { withSuccessHandler: (then) => runner(then, failed), withFailureHandler: (then) => runner(done, then) };
  return new Proxy(known, { get: (_, name) => known[name] ?? call(name) });
}

const google = { script: { run: runner() } };
