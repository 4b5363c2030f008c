// The desk opens without a network as well: the worker keeps one page for all doors, with no names on it.
if (navigator.serviceWorker) {
  await navigator.serviceWorker.register("/sw.js", { scope: "/desk/" });
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ shell: "/desk/alone/", large: document.documentElement.dataset.type === "large" });
}
