// The desk's own page with a text in its box. It stands behind the "#", which browsers keep to themselves: no log on the way
// has it, and nothing is checked before the reader says so there.
"use strict";

export const MOST = 300_000; // code units of text; a longer address is refused by some browsers

export function deskAddress(server, brought) {
  const given = Object.entries(brought).filter(([, value]) => value);
  return `${server}#${new URLSearchParams(given)}`;
}

// A server as its reader writes it, as the address that ours are built from; null where it is none.
export function serverAddress(written) {
  const whole = /^[a-z]+:\/\//i.test(written.trim()) ? written.trim() : `https://${written.trim()}`;
  if (/\s/.test(whole) || !URL.canParse(whole)) return null;
  const url = new URL(whole);
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return null;
  return `${url.origin}${url.pathname.replace(/\/*$/, "/")}`;
}

// Whether what is sent there can be read on the way.
export function isOpen(server) {
  const { protocol, hostname } = new URL(server);
  return protocol === "http:" && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
