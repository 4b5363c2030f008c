// The ticket is kept for when there is no network, and handed on by the phone's own menu. Without this it stands there all the same.
const root = document.documentElement;

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    // Whoever closes the menu again has changed nothing.
    navigator.share({ title: button.dataset.share, url: location.href }).catch(() => {});
  });
}

if (root.dataset.kept) {
  const words = document.querySelector("[data-kept-words]");
  const when = new Date(Number(root.dataset.kept));
  words.querySelector("time").textContent = when.toLocaleString(root.lang, { dateStyle: "short", timeStyle: "short" });
  words.hidden = false;
  addEventListener("online", () => location.reload());
} else if (navigator.serviceWorker) {
  keep();
}

async function keep() {
  await navigator.serviceWorker.register("/sw.js", { scope: "/t/" });
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ keep: location.pathname, parts: parts(), large: root.dataset.type === "large" });
}

// What the page is drawn with: style sheets, scripts, icons.
function parts() {
  const found = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], use")].map(
    (part) => part.href?.baseVal ?? part.href ?? part.src,
  );
  return [...new Set(found.map((address) => new URL(address, location.href).pathname))];
}
