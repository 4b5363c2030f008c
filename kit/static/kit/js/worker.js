// Keeps tickets that were opened for when there is no network, and the one page that opens the desk without one; nothing else.
// Tickets are kept as anybody with the code sees them, without names, until their session is over; the desk's page names
// nobody. The network is asked first.
const KEPT = "tickets";
const DESK = "desk";
const SHELL = "/desk/alone/";
const TICKET = /^\/t\/[0-9A-Z]{16}\/$/;
const PART = /^\/(static|look)\//;
// What the desk's page is drawn with; and, where the browser reads no codes by itself, what does.
const DRAWN = /(?:href|src)="(\/(?:static|look)\/[^"#]+)/g;
const READ = /(?:href|src|data-module|data-wasm)="(\/(?:static|look)\/[^"#]+)/g;
// With a network this weak, what is kept is shown meanwhile.
const PATIENCE = 5000;
const PATIENCE_AT_DOORS = 2000;
// What has its own digest in its name never changes.
const DIGEST = /\.[0-9a-f]{12}\.\w+$/;
const UNTIL = "X-Keep-Until";

// One change of what is kept after the other: nothing is cleared away while it is being put there.
let turn = Promise.resolve();
function inTurn(work) {
  turn = turn.then(work, work);
  return turn;
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), inTurn(clear)])));

self.addEventListener("message", (event) => {
  const { keep: address, parts = [], large = false, shell } = event.data ?? {};
  if (shell === SHELL) event.waitUntil(inTurn(keepShell));
  if (TICKET.test(address)) event.waitUntil(inTurn(() => keep(address, parts.filter((part) => PART.test(part)), large)));
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate" && pathname.startsWith("/desk/")) event.respondWith(desk(event.request));
  else if (mode === "navigate" && TICKET.test(pathname)) {
    event.respondWith(ticket(event.request, pathname));
    event.waitUntil(inTurn(clear));
  } else if (PART.test(pathname)) event.respondWith(part(event.request, pathname));
});

async function ticket(request, address) {
  const found = await caches.match(address, { cacheName: KEPT });
  const kept = found && !isOver(found) ? found : undefined;
  const asked = fetch(request);
  if (!kept) return asked;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race([asked.catch(() => kept), late]);
}

// A proxy that finds nobody behind it is no answer either.
async function desk(request) {
  const shell = await caches.match(SHELL, { cacheName: DESK });
  const asked = fetch(request);
  if (!shell) return asked;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_AT_DOORS, shell));
  return Promise.race([asked.then((answer) => (answer.status > 501 ? shell : answer), () => shell), late]);
}

async function part(request, address) {
  const kept = (await caches.match(address, { cacheName: KEPT })) ?? (await caches.match(address, { cacheName: DESK }));
  if (!kept || DIGEST.test(address)) return kept ?? fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_AT_DOORS, kept));
  return Promise.race([fetch(request).catch(() => kept), late]);
}

// With all that it is drawn with; what it does not need any more goes.
async function keepShell() {
  const answer = await fetch(SHELL, { cache: "no-store" });
  if (!answer.ok) return;
  const page = await answer.clone().text();
  const able = (await self.BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
  const parts = [...new Set([...page.matchAll(able.includes("qr_code") ? DRAWN : READ)].map((found) => found[1]))];
  const cache = await caches.open(DESK);
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (pathname !== SHELL && !parts.includes(pathname)) await cache.delete(url);
  }
  await cache.addAll(parts.map((address) => new Request(address, { cache: DIGEST.test(address) ? "default" : "reload" })));
  await cache.put(SHELL, answer);
}

async function keep(address, parts, large) {
  const answer = await fetch(address, { credentials: "omit", cache: "no-store" });
  const cache = await caches.open(KEPT);
  const until = answer.headers.get(UNTIL);
  if (answer.status < 500 && !(answer.ok && until)) await cache.delete(address);
  if (!answer.ok || !until) return;
  const marks = `data-kept="${Date.now()}"${large ? ' data-type="large"' : ""}`;
  const page = (await answer.text()).replace("<html ", `<html ${marks} `);
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": answer.headers.get("Content-Security-Policy") ?? "default-src 'none'",
    "Referrer-Policy": "no-referrer",
    [UNTIL]: until,
  };
  await cache.put(address, new Response(page, { headers }));
  await cache.addAll(parts);
}

function isOver(kept) {
  return Number(kept.headers.get(UNTIL)) < Date.now() / 1000;
}

// Tickets of sessions that are over go; with the last one all that it was drawn with.
async function clear() {
  const cache = await caches.open(KEPT);
  let left = 0;
  for (const request of await cache.keys()) {
    if (!TICKET.test(new URL(request.url).pathname)) continue;
    if (isOver(await cache.match(request))) await cache.delete(request);
    else left += 1;
  }
  if (!left) await caches.delete(KEPT);
}
