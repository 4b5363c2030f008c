// 待上传: what was answered without a network, line by line, until the library has it. Told again it is the same there.
import { contact } from "./contact.js";
import { forgetLines, keepLine, keptLines } from "./keeping.js";

// Of one request; programmes/door/forms/uploads.py takes no more.
const MOST = 50;
const told = new EventTarget();
export { told };

// False: it is only in this page's memory.
export async function add(line) {
  const isKept = await keepLine(line);
  told.dispatchEvent(new Event("change"));
  return isKept;
}

export async function waiting() {
  return keptLines();
}

// One page of this browser at a time.
export async function bringBack() {
  const work = () => bringAll().finally(() => told.dispatchEvent(new Event("change")));
  return navigator.locks ? navigator.locks.request("desk-lines", work) : work();
}

async function bringAll() {
  const refused = new Set();
  for (;;) {
    const lines = (await keptLines()).filter((line) => !refused.has(line.session));
    if (!lines.length) return;
    if (contact.isUp) await contact.ask();
    if (!contact.isUp || !contact.mayBring) return;
    const { session } = lines[0];
    const some = lines.filter((line) => line.session === session).slice(0, MOST);
    // From now on it may have arrived, and is not changed any more.
    for (const line of some.filter((one) => !one.tried)) await keepLine(Object.assign(line, { tried: true }));
    const taken = await send(session, some);
    if (taken) await forgetLines(taken);
    else refused.add(session);
    told.dispatchEvent(new Event("change"));
  }
}

async function send(session, lines) {
  try {
    const answer = await contact.post(`/desk/${session}/upload/`, { sent: Date.now(), lines });
    return answer.ok ? answer.json().taken : undefined;
  } catch {
    contact.lose();
    return undefined;
  }
}
