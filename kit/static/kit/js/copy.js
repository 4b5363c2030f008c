// A button that copies what stands beside it, in a field as it was changed. Without a way to copy the button never appears.
async function copied(source) {
  if (navigator.clipboard) return navigator.clipboard.writeText((source.value ?? source.textContent).trim());
  source.select();
  document.execCommand("copy");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  if (!source || !(navigator.clipboard || source.select)) continue;
  const word = button.querySelector("span");
  const usual = word.textContent;
  button.hidden = false;
  word.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await copied(source);
    word.textContent = button.dataset.done;
    setTimeout(() => { word.textContent = usual; }, 2500);
  });
}
