// Shows a question only where the answer before it asks for it, and a child's only where the child comes. Without this
// file all of them are shown, each with the words that say when it is asked.
const given = (form, name) =>
  [...form.elements]
    .filter((one) => one.name === name && !one.closest("[hidden]"))
    .flatMap((one) => {
      if (one.type === "checkbox" || one.type === "radio") return one.checked ? [one.value === "on" ? "yes" : one.value] : [];
      return [one.value];
    });

function comes(form, code) {
  const box = [...form.elements].find((one) => one.name === "children" && one.value === code);
  if (box) return box.checked;
  const name = form.elements[`${code}-name`];
  return !name || name.value.trim() !== "";
}

function show(form) {
  for (const part of form.querySelectorAll("[data-child]")) part.hidden = !comes(form, part.dataset.child);
  // In their order, so that what hangs on a hidden one is hidden as well.
  for (const part of form.querySelectorAll("[data-if]")) part.hidden = !given(form, part.dataset.if).includes(part.dataset.is);
}

for (const form of new Set([...document.querySelectorAll(".signup-questions")].map((part) => part.closest("form")))) {
  if (!form) continue;
  for (const words of form.querySelectorAll("[data-condition]")) words.hidden = true;
  form.addEventListener("input", () => show(form));
  show(form);
}
