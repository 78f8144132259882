/* Keys: Escape closes what opened in place; / goes to the search. The second can be turned off
   at the foot of the page, as WCAG 2.1.4 asks of any one-character shortcut. */

import { shortcutsAreOn } from "./display.js";

const OPENED = "details.later[open], details.person[open]";
const TYPING = "input, textarea, select, [contenteditable]";

export function closeOnEscape(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const details = event.target.closest(OPENED) ?? [...root.querySelectorAll(OPENED)].at(-1);
    if (!details) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
  root.addEventListener("pointerdown", (event) => {
    for (const details of root.querySelectorAll(OPENED)) {
      if (!details.contains(event.target)) details.open = false;
    }
  });
}

export function listenForKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(TYPING) || !shortcutsAreOn()) return;
    const field = root.querySelector("main input[type=search]");
    const link = root.querySelector("a[data-search]");
    if (!field && !link) return;
    event.preventDefault();
    if (field) field.focus();
    else link.click();
  });
}
