/* <button hidden data-copy="#id" data-copied="Copied">Copy</button>: copies the value of a field.
   Without this file, or without leave to write to the clipboard, one selects the field oneself. */

for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.querySelector(button.dataset.copy);
  if (!field) continue;
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", () => copy(button, field));
}

async function copy(button, field) {
  try {
    await navigator.clipboard.writeText(field.value);
    button.nextElementSibling.textContent = button.dataset.copied;
  } catch {
    field.focus();
  }
}
