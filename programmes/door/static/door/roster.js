// 名单: who is expected at this door, and who of them is here, as far as this device knows.
import { contact, patient } from "./contact.js";
import { hashOf, isForeign, outcomeOf, tailIn } from "./deciding.js";
import { keepRoster, keptRoster, wipeRoster, wipeRosters } from "./keeping.js";
import { waiting } from "./lines.js";

const SLOW = 30000;

export class Roster {
  #byTail = new Map();
  #byCode = new Map();
  #beside;

  constructor({ data, ahead }) {
    Object.assign(this, data, { ahead });
    this.#beside = new Map(data.beside);
    for (const party of data.parties) {
      // Two that end alike: nobody is guessed.
      this.#byTail.set(party.t, this.#byTail.has(party.t) ? null : party);
      this.#byCode.set(party.c, party);
    }
  }

  // What is on this device; undefined where nothing is.
  static async kept(session) {
    const kept = await keptRoster(session).catch(() => undefined);
    return kept && new Roster(kept).#withLines();
  }

  // As the library has it now; what was not brought back yet is laid over it.
  static async fetched(session) {
    const answer = await patient(`/desk/${session}/roster/`, {}, SLOW);
    if (answer.redirected || answer.status === 401) return void (await wipeRosters());
    if (answer.status === 403 || answer.status === 404) return void (await wipeRoster(session));
    if (!answer.ok) throw new Error(answer.status);
    const kept = { data: answer.json(), ahead: contact.ahead() };
    await keepRoster(kept.data, kept.ahead).catch(() => {});
    return new Roster(kept).#withLines();
  }

  async #withLines() {
    for (const line of await waiting()) if (line.session === this.session) this.lay(line);
    return this;
  }

  // One line of what happened here.
  lay({ kind, registration, outcome, seats, seat, at, ahead, by = "" }) {
    const party = kind === "scan" ? this.#byCode.get(registration) : this.of(seat);
    if (!party?.k || (kind === "scan" && outcome !== "admitted")) return;
    for (const tick of party.k) {
      if (kind === "scan" ? (seats?.includes(tick[0]) ?? true) : tick[0] === seat) tick[2] = kind === "untick" ? 0 : 1;
    }
    if (kind !== "untick") party.a ??= [at + ahead, by];
    if (!here(party)) delete party.a;
  }

  // A card that the library wrote shows who is here.
  hear(card) {
    for (const button of card.querySelectorAll(".door-tick")) {
      const seat = Number(button.getAttribute("formaction")?.match(/seats\/(\d+)\//)?.[1]);
      const kind = button.ariaPressed === "true" ? "tick" : "untick";
      this.lay({ kind, seat, at: this.now, ahead: 0 });
    }
  }

  get now() {
    return contact.now(this.ahead);
  }

  get tally() {
    const whole = this.parties.filter((party) => party.k);
    return [whole.reduce((sum, party) => sum + here(party), 0), whole.reduce((sum, party) => sum + party.k.length, 0)];
  }

  of(seat) {
    return this.parties.find((party) => party.k?.some(([one]) => one === seat));
  }

  party(code) {
    return this.#byCode.get(code);
  }

  // Of what was read: the answer, the party, and for another session of this place which one.
  async answerTo(read) {
    const tail = tailIn(read);
    const hash = tail && (await hashOf(tail, this.salt));
    const party = this.#byTail.get(hash) ?? undefined;
    const beside = party ? undefined : this.sessions[this.#beside.get(hash)];
    if (!party && !beside && isForeign(read, [...(this.hosts ?? []), location.hostname])) return { outcome: "foreign" };
    return { ...this.answerFor(party, beside), beside };
  }

  answerFor(party, beside) {
    const told = { here: party ? here(party) : 0, beside, now: this.now };
    return { outcome: outcomeOf(this, party, told), party, since: party?.a };
  }
}

export const here = (party) => (party.k ?? []).filter(([, , isHere]) => isHere).length;
