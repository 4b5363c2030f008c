// Counts ticks while they are made; without scripts the page counts when it is asked again.

const choose = document.querySelector("form[data-count]");
if (choose) {
  const told = document.querySelector(choose.dataset.count);
  const unseen = (choose.elements.spaces?.value ?? "").split(".").filter(Boolean).length;
  const count = () => {
    told.textContent = unseen + choose.querySelectorAll("input[name=v]:checked").length;
  };
  choose.addEventListener("change", count);
  count();
}

const leave = document.querySelector("form[data-leave]");
const made = leave && document.querySelector(leave.dataset.leave);
if (made) {
  const boxes = (row) => [...row.querySelectorAll("td input[name=out]")];
  const rows = [...leave.querySelectorAll("tbody tr:has(th input)")];
  const left = (row) => {
    const whole = row.querySelector("th input");
    const free = boxes(row).filter((box) => !box.defaultChecked);
    return whole.checked && !whole.defaultChecked ? free.length : free.filter((box) => box.checked).length;
  };
  const back = (row) => boxes(row).filter((box) => box.defaultChecked && !box.checked).length;
  leave.addEventListener("change", () => {
    const gone = rows.reduce((sum, row) => sum + left(row) - back(row), 0);
    made.textContent = Number(made.dataset.all) - gone;
  });
}
