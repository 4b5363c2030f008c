// Answers without the library: from the roster, on a card like its own, and keeps what it answered until it can be brought back.
import { contact } from "./contact.js";
import { tailIn, worthKeeping } from "./deciding.js";
import { newId } from "./ids.js";
import { forgetLines } from "./keeping.js";
import { add, waiting } from "./lines.js";
import { here } from "./roster.js";

const SEAT = /\/seats\/(\d+)\/(un)?tick\/$/;
// In the library's own time, whatever the device believes.
const clock = (at) => new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: words("zone") });

// `asked`: address and form data, as they would have gone to the library, or did (`isSent`): it may have them and have answered too
// late. Undefined where it takes the library's own hand.
export async function answerAlone(roster, { address, body, isSent = false }) {
  const tick = address.match(SEAT);
  if (tick) return ticked(roster, Number(tick[1]), tick[2] ? "untick" : "tick");
  if (!address.endsWith("/ask/")) return undefined;
  const registration = body.get("registration");
  const read = body.get("code") ?? "";
  const found = registration ? roster.answerFor(roster.party(registration)) : await roster.answerTo(read);
  const line = {
    ...started(roster, body.get("client_id")),
    kind: "scan",
    way: body.get("way") || "typed",
    outcome: found.outcome,
    registration: found.party?.c ?? "",
    tried: isSent,
  };
  const kept = await keep(roster, line);
  return card(roster, found, { kept, read: found.outcome === "unknown" ? worthKeeping(read) : "" });
}

// The library has let them in; how they are called stands on the roster.
export function answerRight(roster, found) {
  const line = { ...started(roster), kind: "scan", outcome: "admitted", registration: found.party.c, by: roster.keeper };
  roster.lay(line);
  const shown = card(roster, found, {});
  shown.querySelector(".door-alone").remove();
  const more = shown.querySelector("[data-more]");
  more.hidden = false;
  more.setAttribute("formaction", `/desk/${roster.session}/sign-ups/${found.party.c}/`);
  return shown;
}

export async function onTrust(roster, code) {
  const line = { ...started(roster), kind: "scan", way: tailIn(code) ? "typed" : "reader_number", outcome: "on_trust", code };
  const kept = await keep(roster, line);
  return card(roster, { outcome: "on_trust" }, { kept });
}

async function ticked(roster, seat, kind) {
  const party = roster.of(seat);
  if (!party) return undefined;
  const kept = await keep(roster, { ...started(roster), kind, seat });
  return card(roster, { outcome: "admitted", party, since: party.a }, { kept, isTick: true });
}

function started(roster, id = newId()) {
  const at = Date.now();
  return { client_id: id, session: roster.session, at, ahead: contact.ahead(roster.ahead), asker: roster.asker };
}

async function keep(roster, line) {
  roster.lay({ ...line, by: roster.keeper });
  return (await unsent(roster, line)) ?? add(line);
}

// Who is unticked before the scan was brought back was not let in by it.
async function unsent(roster, { kind, seat }) {
  if (kind === "scan") return undefined;
  const party = roster.of(seat);
  const scan = (await waiting()).find((one) => one.registration === party.c && one.outcome === "admitted" && !one.tried);
  if (!scan) return undefined;
  if (!scan.place) await forgetLines([scan.client_id]);
  return add({ ...scan, seats: party.k.filter(([, , isHere]) => isHere).map(([one]) => one) });
}

function card(roster, { outcome, party, since, beside }, { kept, read = "", isTick = false }) {
  const shown = document.getElementById(`alone-${outcome}`).content.firstElementChild.cloneNode(true);
  const put = (part, words) => {
    const node = shown.querySelector(part);
    if (words !== undefined) node.textContent = words;
    node.hidden = !node.textContent;
    return node;
  };
  if (isTick) shown.dataset.quiet = "";
  if (party?.f) shown.dataset.attention = "";
  if (isTick) put(".door-word span", fill(words("some"), { here: here(party), all: party.k.length }));
  put(".door-says", said(roster, outcome, { since, beside, isTick }));
  const isOpen = ["admitted", "already_here"].includes(outcome);
  put(".door-who", party && !isOpen ? party.n : "");
  for (const need of party?.f ?? []) shown.querySelector(".door-ticks").before(copy("alone-need", need));
  if (isOpen) shown.querySelector(".door-ticks").append(...(party?.k ?? []).map((tick) => tickOf(roster, tick)));
  if (kept === false) shown.querySelector(".door-ticks").before(copy("alone-full"));
  const trust = shown.querySelector("[data-trust]");
  if (trust && read) Object.assign(trust, { hidden: false }).dataset.trust = read;
  return shown;
}

function said(roster, outcome, { since, beside, isTick }) {
  if (outcome === "another_session") return beside;
  if (outcome === "too_early") return fill(words("opens"), { time: clock(roster.opens) });
  if (outcome === "over") return fill(words("closes"), { time: clock(roster.closes) });
  if (outcome !== "already_here" && !(isTick && since)) return undefined;
  const [at, name] = since ?? [];
  return at ? fill(words(name ? "sinceby" : "since"), { time: clock(at), name }) : "";
}

const words = (name) => document.getElementById("alone-words").dataset[name];
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

export function copy(template, text) {
  const node = document.getElementById(template).content.firstElementChild.cloneNode(true);
  if (text !== undefined) node.querySelector("span").textContent = text;
  return node;
}

function tickOf(roster, [seat, name, isHere]) {
  const item = copy(isHere ? "alone-ticked" : "alone-unticked", name);
  item.querySelector("button").setAttribute("formaction", `/desk/${roster.session}/seats/${seat}/${isHere ? "un" : ""}tick/`);
  return item;
}
