// What a browser keeps of other people lies in a database of this name, and goes with whoever signs out.
const forget = () => globalThis.indexedDB?.deleteDatabase("private");

for (const form of document.querySelectorAll("form[data-leaving]")) form.addEventListener("submit", forget);
// This page is shown to nobody who is signed in.
if (document.documentElement.querySelector("[data-left]")) forget();
