// What a door answers, decided without the library: the same table as programmes/door/rules/outcomes.py, which a test holds it to.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LOOKALIKES = { I: "1", L: "1", O: "0", U: "V" };
const ADDRESS = /^https?:\/\/([^/]+)\/t\/([^/?#]+)/i;
const WHOLE = 16;
const TAIL = 6;

export function tidy(typed) {
  const narrow = typed.replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  const mended = narrow.toUpperCase().replace(/[ILOU]/g, (one) => LOOKALIKES[one]);
  return [...mended].filter((one) => ALPHABET.includes(one)).join("");
}

// The last six characters, of a ticket's address, of the whole ticket, or as somebody reads them out; empty: of another shape.
export function tailIn(read) {
  const address = read.trim().match(ADDRESS);
  const code = tidy(address ? address[2] : read);
  if (code.length === WHOLE) return code.slice(-TAIL);
  return !address && code.length === TAIL && read.trim().length <= TAIL + 4 ? code : "";
}

// `hosts`: of this library.
export function isForeign(read, hosts) {
  const address = read.trim().match(ADDRESS);
  return Boolean(address) && !hosts.includes(address[1].toLowerCase().split(":")[0]) && tidy(address[2]).length === WHOLE;
}

// A ticket, its end or a reader number; anything else is nobody's business, and is not kept until there is a network.
export function worthKeeping(read) {
  if (tailIn(read)) return tidy(read.trim().match(ADDRESS)?.[2] ?? read);
  const number = read.trim().toUpperCase().replace(/[\s-]/g, "");
  return /^[A-Z0-9]{4,24}$/.test(number) ? number : "";
}

// `party` as the roster has it, `here`: how many of it are here; `beside`: it is for another session of this place and day.
export function outcomeOf(roster, party, { here, beside, now }) {
  if (!party) return beside ? "another_session" : "unknown";
  if (party.s === "ended") return "cancelled";
  if (roster.is_off) return "called_off";
  if (party.s) return party.s === "asked" ? "unapproved" : "waiting_list";
  if (here) return "already_here";
  if (now < roster.opens) return "too_early";
  return now <= roster.closes ? "admitted" : "over";
}

export async function hashOf(tail, salt) {
  const bytes = new TextEncoder().encode(`${salt}:${tail}`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...hash.slice(0, 6)));
}
