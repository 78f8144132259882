/* Says beside a note which of its words are better left out. Never in the way of saving.

   <textarea data-sensitive> and <input data-sensitive>; the rules stand, translated, at this
   script's own element: <script src="…/sensitive.js" data-sensitive-rules="[…]">. What was said
   here is sent along as `warned`, so that the page does not say it again after saving. */

import { afterPress } from "./press.js";

const PAUSE = 600; // milliseconds of not typing: nobody is interrupted in the middle of a word

const SOON = 100;

const rules = JSON.parse(
  document.querySelector("script[data-sensitive-rules]")?.dataset.sensitiveRules ?? "[]",
).map((rule) => ({ ...rule, expression: new RegExp(rule.pattern, "gi") }));

const watched = new WeakSet();
const timers = new WeakMap();

function watch(root) {
  for (const field of root.querySelectorAll("[data-sensitive]")) {
    if (watched.has(field)) continue;
    watched.add(field);
    field.addEventListener("input", () => {
      clearTimeout(timers.get(field));
      timers.set(field, setTimeout(() => afterPress(() => look(field)), PAUSE));
    });
    look(field);
  }
}

function look(field) {
  clearTimeout(timers.get(field));
  const found = rules.filter((rule) => finds(rule, field.value));
  const said = found.map((rule) => rule.says).join(" ");
  const place = placeOf(field, said !== "");
  if (!place || place.textContent === said) return;
  // A place that is new is heard only if it was there, empty, before it says something.
  if (!place.dataset.heard) {
    place.dataset.heard = "soon";
    setTimeout(() => look(field), SOON);
    return;
  }
  place.textContent = said;
  for (const rule of found) sendAlong(field.form, rule.key);
}

function finds({ expression, isCard }, text) {
  return [...text.matchAll(expression)].some(([match]) => !isCard || addsUp(match));
}

/** The check that every card number passes (Luhn); the same as partnerships/sensitive.py. */
function addsUp(text) {
  const digits = [...text.replace(/\D/g, "")].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const value = index % 2 ? digit * 2 : digit;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits.some(Boolean) && sum % 10 === 0;
}

/** Below the field, so that nothing above what one types moves. */
function placeOf(field, isNeeded) {
  const name = `${field.id}_sensitive`;
  const known = document.getElementById(name);
  if (known || !isNeeded) return known;
  const place = document.createElement("p");
  place.id = name;
  place.className = "sensitive";
  place.setAttribute("role", "status");
  field.after(place);
  field.setAttribute(
    "aria-describedby",
    [field.getAttribute("aria-describedby"), name].filter(Boolean).join(" "),
  );
  return place;
}

function sendAlong(form, key) {
  if (!form || form.querySelector(`input[name=warned][value="${key}"]`)) return;
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name: "warned", value: key });
  form.append(input);
}

watch(document);
document.addEventListener("htmx:load", (event) => watch(event.target));
