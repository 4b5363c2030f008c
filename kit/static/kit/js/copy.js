// A button that copies what stands beside it. Without a clipboard the button never appears.
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  const word = button.querySelector("span");
  const usual = word.textContent;
  button.hidden = false;
  word.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent.trim());
    word.textContent = button.dataset.done;
    setTimeout(() => { word.textContent = usual; }, 2500);
  });
}
