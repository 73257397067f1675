// What is sent to the server, and what its answers mean.

/** A server's address as its pages have it; throws for what is none. Google's machines ask, so it is https, and public. */
function serverAddress(written, words) {
  const whole = /^[a-z]+:\/\//i.test(written.trim()) ? written.trim() : `https://${written.trim()}`;
  const found = /^https:\/\/([a-z0-9.-]+\.[a-z0-9-]+)(:[0-9]{1,5})?(\/[^\s?#]*)?$/i.exec(whole);
  if (!found) throw new Error(words.noAddress);
  const [, host, port = "", path = ""] = found;
  return `https://${host.toLowerCase()}${port}${path.replace(/\/*$/, "/")}`;
}

/** The parameters of UrlFetchApp.fetch. */
function requestOf({ server, key, path, body }) {
  const options = { method: body ? "post" : "get", headers: { Authorization: `Bearer ${key || ""}` }, muteHttpExceptions: true, followRedirects: false };
  if (body) Object.assign(options, { contentType: "application/json", payload: JSON.stringify(body) });
  return { url: `${server}api/v1/${path}`, options };
}

/** The object that was answered; throws with the server's own sentence, or with what it means that there is none. */
function answerOf(status, text, words) {
  let read = null;
  try {
    read = JSON.parse(text);
  } catch {
    // a proxy's page, most likely
  }
  if (status >= 200 && status < 300 && read !== null) return read;
  if (read === null || !read.title) throw new Error(filled(words.strange, { status }));
  const request = read.request_id ? ` ${filled(words.request, { request: read.request_id })}` : "";
  throw new Error(`${status === 401 ? `${words.keyless} ` : ""}${read.title}. ${read.detail}${request}`);
}

function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
