// The add-on as Google Docs calls it: a menu, a sidebar, and what the sidebar asks for. Everything that can be decided without
// Google's services is in Article.js, Server.js and Words.js.

/** A menu entry; Docs calls this when a document is opened. */
function onOpen() {
  DocumentApp.getUi().createAddonMenu().addItem("OnRecord", "openSidebar").addToUi();
}

function onInstall() {
  onOpen();
}

function openSidebar() {
  DocumentApp.getUi().showSidebar(HtmlService.createHtmlOutputFromFile("Sidebar").setTitle("OnRecord"));
}

/** What the sidebar begins with: the language's words, the server, and whether a key is kept. */
function opening() {
  const { server = "", key = "" } = kept_().getProperties();
  return { ...speech(Session.getActiveUserLocale()), server, keyed: key !== "" };
}

/** Keep whose server it is, and with which key, for this user alone; an empty key leaves the one that is kept. */
function save(written, key) {
  const server = serverAddress(written, words_());
  if (key && !/^[\x21-\x7e]+$/.test(key)) throw new Error(words_().noKey);
  if (server !== kept_().getProperty("server")) kept_().deleteProperty("key"); // a key belongs to its server
  kept_().setProperty("server", server);
  if (key) kept_().setProperty("key", key);
  return opening();
}

/** Send the document's text; gives the article's id and the paragraphs as they were sent. */
function send() {
  const sent = paragraphs_();
  if (!sent.join("").trim()) throw new Error(words_().empty);
  const title = DocumentApp.getActiveDocument().getName().slice(0, 300);
  const { id } = ask_("articles", { text: textOf(sent), title });
  return { id, sent };
}

/** How far an article is. */
function progress(id) {
  return ask_(`articles/${encodeURIComponent(id)}`);
}

/** The cards of an article that is done. */
function cards(id, sent) {
  const report = ask_(`articles/${encodeURIComponent(id)}/report`);
  const { server } = kept_().getProperties();
  return cardsOf(report, sent, { server, ...speech(Session.getActiveUserLocale()) });
}

/** Which of the cards still stand, now that the document reads as it does. */
function standing(sent, places) {
  return stands(paragraphs_(), sent, places);
}

/** Select a statement's words in the document; says whether they are there. */
function show(place) {
  const there = whereNow(paragraphs_(), place);
  if (!there) return false;
  const document = DocumentApp.getActiveDocument();
  const words = document.getBody().getParagraphs()[there.paragraph].editAsText();
  document.setSelection(document.newRange().addElement(words, there.start, there.end - 1).build());
  return true;
}

// A name that ends in an underscore cannot be called from the sidebar.
function kept_() {
  return PropertiesService.getUserProperties();
}

function words_() {
  return speech(Session.getActiveUserLocale()).words;
}

function paragraphs_() {
  return DocumentApp.getActiveDocument().getBody().getParagraphs().map((each) => wellFormed(each.getText()));
}

function ask_(path, body) {
  const { server, key } = kept_().getProperties();
  if (!server) throw new Error(words_().unset);
  const { url, options } = requestOf({ server, key, path, body });
  let response;
  try {
    response = UrlFetchApp.fetch(url, options);
  } catch (error) {
    throw new Error(filled(words_().silent, { server, detail: error.message }));
  }
  return answerOf(response.getResponseCode(), response.getContentText(), words_());
}
