/* Light, dark or as the device; the one-key shortcut on or off. The controls are hidden until
   they can do something.

   <div data-display hidden>
     <button data-theme-choice="light" aria-pressed="false">…
     <button data-shortcut-choice aria-pressed="true">…            */

import { recall, remember } from "./store.js";

const THEMES = ["light", "dark", "auto"];

export function shortcutsAreOn() {
  return recall("shortcuts") !== "off";
}

export function offerDisplay(root) {
  for (const controls of root.querySelectorAll("[data-display]")) {
    controls.hidden = false;
    controls.addEventListener("click", (event) => press(event.target.closest("button")));
  }
  show(root);
}

function press(button) {
  if (!button) return;
  if (button.dataset.themeChoice) choose(button.dataset.themeChoice);
  if ("shortcutChoice" in button.dataset) remember("shortcuts", shortcutsAreOn() ? "off" : "on");
  show(document);
}

function choose(theme) {
  remember("theme", theme);
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function show(root) {
  const stored = recall("theme");
  const theme = document.documentElement.dataset.theme ?? (THEMES.includes(stored) ? stored : "auto");
  for (const button of root.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  }
  for (const button of root.querySelectorAll("[data-shortcut-choice]")) {
    button.setAttribute("aria-pressed", String(shortcutsAreOn()));
  }
}
