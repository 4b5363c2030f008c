// What this browser keeps for a door without a network. "private" (rosters, sealed) goes when nobody is signed in any more, see
// kit/js/leaving.js; "desk" holds what was not brought back yet, without names, and stays until it was.
const STORES = { private: { keys: undefined, rosters: undefined }, desk: { lines: { keyPath: "place", autoIncrement: true } } };
// A second drawer for the lines, where the first is full.
const DRAWER = "desk-lines";
const open = {};

function database(name) {
  return (open[name] ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => {
      for (const [store, options] of Object.entries(STORES[name])) asked.result.createObjectStore(store, options);
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => {
        asked.result.close();
        delete open[name];
      };
      resolve(asked.result);
    };
    asked.onerror = () => {
      delete open[name];
      reject(asked.error);
    };
  }));
}

async function within(name, store, mode, work) {
  const change = (await database(name)).transaction(store, mode, { durability: "strict" });
  return new Promise((resolve, reject) => {
    const asked = work(change.objectStore(store));
    change.oncomplete = () => resolve(asked.result);
    change.onerror = change.onabort = () => reject(change.error ?? asked.error);
  });
}

const read = (name, store, work) => within(name, store, "readonly", work);
const write = (name, store, work) => within(name, store, "readwrite", work);

export async function keepRoster(data, ahead) {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(data)));
  await write("private", "keys", (store) => store.put(key, data.session));
  await write("private", "rosters", (store) => store.put({ iv, sealed, ahead, until: data.until }, data.session));
}

// Undefined where there is none, or it is to be wiped.
export async function keptRoster(session) {
  const kept = await read("private", "rosters", (store) => store.get(session));
  const key = await read("private", "keys", (store) => store.get(session));
  if (!kept || !key) return undefined;
  if (Date.now() + kept.ahead > kept.until) return void (await wipeRoster(session));
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, key, kept.sealed);
  return { data: JSON.parse(new TextDecoder().decode(plain)), ahead: kept.ahead };
}

export async function keptSessions() {
  return read("private", "rosters", (store) => store.getAllKeys());
}

export async function wipeRoster(session) {
  await write("private", "keys", (store) => store.delete(session));
  await write("private", "rosters", (store) => store.delete(session));
}

// Whoever is not signed in any more keeps no names.
export async function wipeRosters() {
  for (const session of await keptSessions()) await wipeRoster(session);
}

// False: there is no room left anywhere, and it is only in this page's memory.
export async function keepLine(line) {
  try {
    await write("desk", "lines", (store) => store.put(line));
  } catch {
    try {
      localStorage.setItem(DRAWER, JSON.stringify([...drawer(), line]));
    } catch {
      spilled.push(line);
      return false;
    }
  }
  return true;
}

const spilled = [];
const drawer = () => JSON.parse(localStorage.getItem(DRAWER) ?? "[]");

// In the order in which they were kept.
export async function keptLines() {
  const lines = await read("desk", "lines", (store) => store.getAll()).catch(() => []);
  return [...lines, ...drawer(), ...spilled];
}

export async function forgetLines(ids) {
  const gone = new Set(ids);
  const left = (lines) => lines.filter((line) => !gone.has(line.client_id));
  for (const line of await keptLines()) {
    if (line.place && gone.has(line.client_id)) await write("desk", "lines", (store) => store.delete(line.place));
  }
  if (drawer().length) localStorage.setItem(DRAWER, JSON.stringify(left(drawer())));
  spilled.splice(0, Infinity, ...left(spilled));
}
