// Arrow keys walk over the days of a month; without this file each day is a link among others.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

const daysOf = (grid) => [...grid.querySelectorAll("td a")];

// One day is in the order of the Tab key: the one that is chosen, or the one last walked to.
function rove(grid, at) {
  for (const day of daysOf(grid)) day.tabIndex = day === at ? 0 : -1;
}

function prepare(grid) {
  if (grid.getAttribute("role") === "grid") return;
  grid.setAttribute("role", "grid");
  const days = daysOf(grid);
  const focused = days.find((day) => day === document.activeElement);
  rove(grid, focused ?? days.find((day) => day.hasAttribute("aria-current")) ?? days[0]);
}

const prepareAll = () => document.querySelectorAll("[data-month]").forEach(prepare);

// A day of another month: go there, and stand on it.
function leave(grid, way, place) {
  const link = document.getElementById(way);
  if (!link) return;
  sessionStorage.setItem("siji-month", place);
  link.click();
}

function arrive() {
  const place = sessionStorage.getItem("siji-month");
  const grid = document.querySelector("[data-month]");
  if (!place || !grid) return;
  sessionStorage.removeItem("siji-month");
  const days = daysOf(grid);
  const day = days.at(Number(place) < 0 ? Math.max(Number(place), -days.length) : Math.min(Number(place), days.length - 1));
  rove(grid, day);
  day.focus();
}

document.addEventListener("keydown", (event) => {
  const day = event.target.closest?.("[data-month] td a");
  if (!day || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const grid = day.closest("[data-month]");
  const days = daysOf(grid);
  const at = days.indexOf(day);
  const row = [...day.closest("tr").querySelectorAll("a")];
  let next = null;
  if (event.key in STEPS) {
    const place = at + STEPS[event.key];
    if (place < 0) leave(grid, "month-before", place);
    else if (place >= days.length) leave(grid, "month-after", place - days.length);
    else next = days[place];
  } else if (event.key === "Home") next = row[0];
  else if (event.key === "End") next = row.at(-1);
  else if (event.key === "PageUp") leave(grid, "month-before", at);
  else if (event.key === "PageDown") leave(grid, "month-after", at);
  else if (event.key === " ") day.click();
  else return;
  event.preventDefault();
  if (next) {
    rove(grid, next);
    next.focus();
  }
});

const show = () => {
  prepareAll();
  arrive();
};

document.body.addEventListener("htmx:afterSettle", show);
show();
