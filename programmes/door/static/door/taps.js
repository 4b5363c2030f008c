// Taps of head counts that this browser keeps until the library has them, of whichever session.
import { contact } from "./contact.js";

const KEPT = "siji-count:";
const MOST = 200;
const PATIENT = 10000;
export const PART = { "X-Count": "1" };

export const prefixOf = (session) => `${KEPT}${session}:`;

const keys = (prefix) => Object.keys(localStorage).filter((key) => key.startsWith(prefix));

// Oldest first; those of a day gone by are the server's to place.
export function tapsOf(session) {
  const taps = keys(prefixOf(session)).map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }));
  return taps.sort((one, other) => one.at - other.at);
}

export function tapsKept() {
  return keys(KEPT).length;
}

// What the library answered, with those that it has now; a page that was kept has no token, then the library is asked for one first.
export async function sendTaps(session, address, token) {
  const taps = tapsOf(session).slice(0, MOST);
  const body = new FormData();
  if (token) body.set("csrfmiddlewaretoken", token);
  for (const { key, who, step, at } of taps) {
    const ago = Math.max(0, Math.round((Date.now() - at) / 1000));
    body.append("tap", `${key.slice(prefixOf(session).length)} ${who} ${step} ${ago}`);
  }
  if (!token && !(await contact.ask())) throw new Error("away");
  const answer = await contact.send(address, body, { ...PART, patience: PATIENT });
  // Also a no is an answer.
  if (answer.ok || answer.status === 422) for (const { key } of taps) localStorage.removeItem(key);
  return answer;
}

// Of all sessions, from a page of none of them. What is no longer this device's to bring stays for whoever may.
export async function bringTaps() {
  const sessions = new Set(keys(KEPT).map((key) => key.slice(KEPT.length).split(":")[0]));
  for (const session of sessions) {
    let answer;
    do answer = await sendTaps(session, `/desk/${session}/count/tap/`).catch(() => undefined);
    while (answer?.ok && tapsOf(session).length);
  }
}
