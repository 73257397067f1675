// The other side of the API: one article goes there, and its findings come back.

const AT_ONCE = 50_000; // code points that are checked while their sender waits; nothing of them is kept
const PAUSE = 2_000;

/** The server said no, or there was none; `kind` is the last part of a problem's type, or "silent". */
export class Refused extends Error {
  constructor(kind, { status = 0, detail = "", request = "", wait = 0 } = {}) {
    super(detail || kind);
    Object.assign(this, { kind, status, detail, request, wait });
  }
}

/** A server's address as its pages have it, with a slash at the end; throws TypeError for what is none. */
export function serverAddress(written, here = location.href) {
  const url = new URL(written, here);
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) throw new TypeError(`“${written}” is no address of an OnRecord server`);
  return `${url.origin}${url.pathname.replace(/\/*$/, "/")}`;
}

/** Whether what is sent there can be read on the way. */
export function isOpen(server) {
  const { protocol, hostname } = new URL(server);
  return protocol === "http:" && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/**
 * What is found about the statements of an article: `{findings, problems}`, the latter sentences about what could not be checked.
 * @param {{server: string, key?: string | (() => string | Promise<string>)}} desk
 * @param {{text: string, title?: string, date?: string}} article
 * @param {{signal: AbortSignal, progress: (done: number, of: number | null) => void}} listening
 */
export async function checkArticle(desk, article, { signal, progress }) {
  if ([...article.text].length <= AT_ONCE) {
    const report = await (await ask(desk, "reports", { body: article, signal })).json();
    return { findings: report.findings, problems: report.warnings.map((each) => each.says) };
  }
  const { id } = await (await ask(desk, "articles", { body: article, signal })).json();
  const end = await follow(desk, `articles/${id}`, { signal, progress });
  if (end.state !== "done") throw new Refused("not-done", { detail: end.error?.message ?? end.state });
  const report = await (await ask(desk, `articles/${id}/report`, { signal })).json();
  return { findings: report.findings, problems: report.warnings.map((each) => each.says) };
}

// Until an article is done. Few may listen at once (503): whoever may not asks for the status now and then.
async function follow(desk, path, { signal, progress }) {
  for (;;) {
    try {
      const stream = await ask(desk, `${path}/events`, { signal });
      for await (const { event, data } of events(stream.body)) {
        if (event === "progress") progress(data.findings, data.statements);
        if (event === "done") return data;
      }
    } catch (error) {
      if (!(error instanceof Refused && error.kind === "busy")) throw error;
      const status = await (await ask(desk, path, { signal })).json();
      if (["done", "failed", "cancelled"].includes(status.state)) return status;
      await pause(PAUSE, signal);
    }
  }
}

/** Server-sent events out of a stream of bytes; data is JSON. */
export async function* events(body) {
  let held = "";
  for await (const part of texts(body)) {
    held += part;
    const whole = held.split("\n\n");
    held = whole.pop();
    for (const block of whole) {
      const lines = block.split("\n");
      const of = (name) => lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
      if (of("data").length) yield { event: of("event")[0], data: JSON.parse(of("data").join("\n")) };
    }
  }
}

async function* texts(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) yield value;
  } finally {
    await reader.cancel();
  }
}

async function ask({ server, key }, path, { body, signal }) {
  const headers = { Accept: "*/*" };
  const secret = typeof key === "function" ? await key() : key;
  if (secret) headers.Authorization = `Bearer ${secret}`; // else a server of the editor's own adds it on the way
  if (body) headers["Content-Type"] = "application/json";
  const request = { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), signal };
  let answer;
  try {
    answer = await fetch(`${server}api/v1/${path}`, { ...request, cache: "no-store", redirect: "error", referrerPolicy: "no-referrer" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused("silent"); // browsers do not tell pages more: it is not there, or does not name this page's origin
  }
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

async function refusal(answer) {
  const told = { status: answer.status, request: answer.headers.get("X-Request-Id") ?? "", wait: Number(answer.headers.get("Retry-After")) };
  try {
    const problem = await answer.json();
    return new Refused(String(problem.type).split("/").at(-1), { ...told, detail: `${problem.title}. ${problem.detail}` });
  } catch {
    return new Refused("unreadable", { ...told, detail: `${answer.status} ${answer.statusText}` });
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}
