/* Promises that a form can ask for.

   <form data-guard>  asks before the page is left with words that were not saved, and stays
                      where there is no connection, if it has a place to say so.
   <form data-once>   shows that it is on its way, and goes once however often it is pressed.
                      The server counts it once anyway; see records.forms.NewRecordForm.

   A form whose words are kept elsewhere, as a draft, sends the event "portal:kept": nobody is
   asked before leaving it. <span data-shows="readers"> tells the choice made in that field. */

const NOT_TYPED = ["csrfmiddlewaretoken", "warned"]; // what the page itself sends along
const asFirstShown = new WeakMap();
const onItsWay = new WeakSet();

export function guardForms(root) {
  for (const form of root.querySelectorAll("form[data-guard]")) {
    // A form that came back refused holds words that are saved nowhere.
    asFirstShown.set(form, form.querySelector("[data-error-summary]") ? null : words(form));
  }
  root.addEventListener("submit", stopTheSecond, { capture: true });
  root.addEventListener("submit", send);
  root.addEventListener("htmx:afterRequest", (event) => rest(event.target.closest("form")));
  root.addEventListener("portal:kept", ({ target }) => asFirstShown.set(target, words(target)));
  root.addEventListener("change", showChoice);
  window.addEventListener("beforeunload", askBeforeLeaving);
  window.addEventListener("pageshow", (event) => event.persisted && restAll());
}

function words(form) {
  const typed = [...new FormData(form)].filter(([name]) => !NOT_TYPED.includes(name));
  return JSON.stringify(typed.map(([name, value]) => [name, value.name ?? value]));
}

function isDirty(form) {
  return !onItsWay.has(form) && asFirstShown.has(form) && words(form) !== asFirstShown.get(form);
}

function askBeforeLeaving(event) {
  if ([...document.querySelectorAll("form[data-guard]")].some(isDirty)) event.preventDefault();
}

function showChoice({ target }) {
  const place = target.form?.querySelector(`[data-shows="${target.name}"]`);
  if (place && target.selectedOptions) place.textContent = target.selectedOptions[0]?.text ?? "";
}

function stopTheSecond(event) {
  if (!onItsWay.has(event.target) || !event.target.matches("[data-once]")) return;
  event.preventDefault();
  event.stopPropagation();
}

function send(event) {
  const form = event.target;
  const goesByHtmx = form.matches("[hx-post], [hx-get]");
  if ((event.defaultPrevented && !goesByHtmx) || !form.matches("[data-guard], [data-once]")) return;
  if (staysHere(form)) return event.preventDefault();
  onItsWay.add(form);
  if (form.matches("[data-once]")) event.submitter?.setAttribute("aria-busy", "true");
}

/** Without a connection the browser would show a page of its own in place of what was typed. */
function staysHere(form) {
  const place = form.matches("[data-guard]") && form.querySelector("[data-says-cut-off]");
  if (!place) return false;
  place.textContent = navigator.onLine ? "" : place.dataset.saysCutOff;
  place.toggleAttribute("data-said", !navigator.onLine);
  return !navigator.onLine;
}

function rest(form) {
  if (!form) return;
  onItsWay.delete(form);
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

function restAll() {
  for (const form of document.querySelectorAll("form[data-guard], form[data-once]")) rest(form);
}
