// Keeps tickets that were opened for when there is no network, and nothing else. They are kept as anybody with the
// code sees them, without names, until their session is over; the network is asked first.
const KEPT = "tickets";
const TICKET = /^\/t\/[0-9A-Z]{16}\/$/;
const PART = /^\/(static|look)\//;
// With a network this weak, what is kept is shown meanwhile.
const PATIENCE = 5000;
const UNTIL = "X-Keep-Until";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), clear()])));

self.addEventListener("message", (event) => {
  const { keep: address, parts = [], large = false } = event.data ?? {};
  if (TICKET.test(address)) event.waitUntil(keep(address, parts.filter((part) => PART.test(part)), large));
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate" && TICKET.test(pathname)) event.respondWith(ticket(event.request, pathname));
  else if (PART.test(pathname)) event.respondWith(part(event.request, pathname));
});

async function ticket(request, address) {
  await clear();
  const kept = await caches.match(address, { cacheName: KEPT });
  const asked = fetch(request);
  if (!kept) return asked;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race([asked.catch(() => kept), late]);
}

async function part(request, address) {
  return (await caches.match(address, { cacheName: KEPT })) ?? fetch(request);
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

// Tickets of sessions that are over go; with the last one all that it was drawn with.
async function clear() {
  const cache = await caches.open(KEPT);
  const now = Date.now() / 1000;
  let left = 0;
  for (const request of await cache.keys()) {
    if (!TICKET.test(new URL(request.url).pathname)) continue;
    const until = Number((await cache.match(request)).headers.get(UNTIL));
    if (until < now) await cache.delete(request);
    else left += 1;
  }
  if (!left) await caches.delete(KEPT);
}
