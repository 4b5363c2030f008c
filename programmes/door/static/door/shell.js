// The door after a start without a network: what this device kept says which one.
import { contact } from "./contact.js";
import { keptSessions } from "./keeping.js";
import { Roster } from "./roster.js";

// Once it stands, the parts that work it are set going.
const [, session, counts] = location.pathname.match(/^\/desk\/([\w-]+)\/(count\/)?$/) ?? [];
const roster = session && !counts && globalThis.indexedDB ? await Roster.kept(session) : undefined;
const put = (part, text) => Object.assign(document.querySelector(`[data-shell=${part}]`), { textContent: text });
const copy = (name) => document.getElementById(name).content.firstElementChild.cloneNode(true);

if (counts) {
  heads();
  await import("./headcount.js");
} else if (roster) {
  door(roster);
  await Promise.all([import("./desk.js"), import("./line.js"), import("./card.js"), import("./camera.js")]);
} else {
  await sessions();
  await import("./left.js");
}
contact.addEventListener("change", () => again());
document.querySelector("[data-again]").addEventListener("click", () => location.reload());

function door({ title, clock, where, parties }) {
  document.title = title;
  put("title", title);
  put("when", `${clock} · ${where}`);
  const desk = document.querySelector("door-desk");
  desk.dataset.session = session;
  for (const form of desk.querySelectorAll("form[data-asks]")) form.action = `/desk/${session}/ask/`;
  const list = desk.querySelector(".door-parties");
  list.replaceChildren(...parties.filter((party) => party.k).map(lineOf));
  const find = desk.querySelector("[type=search]");
  find.addEventListener("input", () => {
    for (const row of list.children) row.hidden = !row.textContent.toLowerCase().includes(find.value.trim().toLowerCase());
  });
  desk.hidden = false;
}

// What this device last saw, and the taps that it has not brought back, are in its hands; headcount.js adds them up.
function heads() {
  const seen = JSON.parse(localStorage.getItem(`siji-heads:${session}`) ?? "{}");
  const { title = "", when = "", ...sums } = seen;
  if (title) document.title = title;
  put("what", [title, when].filter(Boolean).join(" · "));
  const count = document.querySelector("head-count");
  Object.assign(count.dataset, { session, title, when, sums: `/desk/${session}/count/sums/` });
  Object.assign(count.querySelector("#heads-sums").dataset, sums);
  count.querySelector("form").action = `/desk/${session}/count/tap/`;
  document.querySelector("[data-unseen]").hidden = Boolean(sums.day);
  document.querySelector("[data-heads]").hidden = false;
  contact.ask();
}

function lineOf(party) {
  const row = copy("shell-line");
  row.id = `party-${party.c}`;
  row.querySelector("strong").textContent = party.n;
  row.querySelector("[data-with]").textContent = party.w ?? "";
  row.querySelector(".door-flag").hidden = !party.f;
  row.querySelector("button").value = party.c;
  row.querySelector("button").setAttribute("formaction", `/desk/${session}/ask/`);
  return row;
}

async function sessions() {
  const kept = globalThis.indexedDB ? await keptSessions().catch(() => []) : [];
  const list = document.querySelector("[data-sessions]");
  for (const one of (await Promise.all(kept.map(Roster.kept))).filter(Boolean).sort((a, b) => a.opens - b.opens)) {
    const row = copy("shell-session");
    row.querySelector("a").href = `/desk/${one.session}/`;
    row.querySelector(".desk-clock").textContent = one.clock;
    row.querySelector("strong").textContent = one.title;
    row.querySelector(".soft").textContent = one.where;
    row.querySelector("[data-tally]").textContent = one.tally.join("/");
    list.append(row);
  }
  document.querySelector("[data-elsewhere]").hidden = location.pathname === "/desk/";
  document.querySelector("[data-none]").hidden = Boolean(list.children.length);
  document.querySelector("[data-list]").hidden = false;
}

// The whole page is back; not in the middle of a question.
function again() {
  document.querySelector("[data-again]").hidden = !contact.isUp;
}
