// Keys, menus and lists of staff pages. Without this file every page works; it only saves steps.
import "./toasts.js";

const isTyping = (node) => node.closest?.("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    const open = [...document.querySelectorAll("details.menu[open]")].pop();
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  }
  if (isTyping(event.target)) return;
  if (event.key === "/") {
    const field = document.getElementById("staff-q");
    const way = document.querySelector(".staff-search-way");
    if (field?.offsetParent) field.focus();
    else if (way) way.click();
    event.preventDefault();
  }
  if (event.key === "?") document.getElementById("help")?.togglePopover?.();
});

// A menu closes when something else is pressed.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

const boxes = () => [...document.querySelectorAll("#list input[name=chosen]")];

function told() {
  const words = document.querySelector("#list-bulk [data-chosen]");
  if (!words) return;
  const all = boxes();
  const count = all.filter((box) => box.checked).length;
  if (count) words.textContent = (count === 1 ? words.dataset.one : words.dataset.chosen).replace("{n}", count);
  const every = document.querySelector("#list [data-every]");
  every.checked = count > 0 && count === all.length;
  every.indeterminate = count > 0 && count < all.length;
}

document.addEventListener("change", (event) => {
  if (event.target.matches?.("#list [data-every]")) {
    for (const box of boxes()) box.checked = event.target.checked;
  }
  if (event.target.closest?.("#list")) told();
});

document.addEventListener("reset", () => setTimeout(told));

// Shift and a tick take everything between.
let last = null;
document.addEventListener("click", (event) => {
  const box = event.target.closest?.("#list input[name=chosen]");
  if (!box) return;
  const all = boxes();
  if (event.shiftKey && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    for (const between of all.slice(from, to + 1)) between.checked = box.checked;
  }
  last = box;
});

function ready() {
  const every = document.querySelector("#list [data-every]");
  if (every) every.hidden = false;
  told();
}

ready();
document.addEventListener("htmx:afterSwap", ready);

// A refused form is a page like any other. Signed out meanwhile, or no right any more: show that page instead of
// what an empty part would be.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  const { xhr, pathInfo } = detail;
  const asked = new URL(pathInfo.finalRequestPath, location.href).pathname;
  const isElsewhere = xhr.responseURL && new URL(xhr.responseURL).pathname !== asked;
  if (xhr.status === 422 && !isElsewhere) {
    detail.shouldSwap = true;
    detail.isError = false;
  } else if (xhr.status >= 400 || isElsewhere) {
    detail.shouldSwap = false;
    location.assign(xhr.responseURL || location.href);
  }
});
