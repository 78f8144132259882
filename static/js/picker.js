/* Turns <select multiple data-picker="URL"> into a text field with suggestions: the editable
   combobox with list autocomplete of the ARIA practices. The select stays in the form, hidden,
   and holds what is chosen; without this file it is an ordinary list.

   data-one      only one can be chosen
   data-new="…"  a name that is not there can be added: its value begins with these letters */

import { afterPress } from "./press.js";

const PAUSE = 160; // milliseconds of not typing before the server is asked
let made = 0;

export function offerPickers(root) {
  for (const select of root.querySelectorAll("select[data-picker]")) {
    if (!select.hidden) new Picker(select);
  }
}

class Picker {
  constructor(select) {
    this.select = select;
    this.options = []; // what is offered now
    this.active = -1;
    this.name = `picker-${(made += 1)}`;
    this.build();
    this.listen();
    this.showChosen();
  }

  // --- the parts ---------------------------------------------------------------------------

  build() {
    const { select } = this;
    this.chips = element("ul", { class: "picker-chosen" });
    this.input = element("input", {
      type: "text",
      class: "form-control picker-input",
      role: "combobox",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.name,
      enterkeyhint: "done",
    });
    this.list = element("ul", { id: this.name, role: "listbox", class: "picker-list", hidden: "" });
    this.status = element("p", { class: "picker-status", role: "status" });
    this.box = element("div", { class: "picker" });
    this.box.append(this.chips, this.input, this.list, this.status);
    this.takeOver();
    select.before(this.box);
    select.hidden = true;
  }

  /** The field keeps its label, its help, its error and its place in links: they move over. */
  takeOver() {
    const { select, input } = this;
    input.id = select.id;
    select.removeAttribute("id");
    for (const name of ["aria-describedby", "aria-invalid", "aria-label"]) {
      if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    }
    if (select.required) input.setAttribute("aria-required", "true");
    select.required = false; // a hidden field that must be filled would stop the form unseen
    input.classList.toggle("is-invalid", select.classList.contains("is-invalid"));
    input.autofocus = select.autofocus;
    this.chips.setAttribute("aria-label", this.words("chosen"));
    this.list.setAttribute("aria-label", this.words("list"));
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("focus", () => this.input.value || this.offer(this.likely(""), false));
    this.input.addEventListener("click", () => this.list.hidden && this.typed(0));
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps focus
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.choose(this.options[[...this.list.children].indexOf(row)]);
    });
    this.box.addEventListener("focusout", (event) => {
      if (!this.box.contains(event.relatedTarget)) afterPress(() => this.leave());
    });
    this.select.form?.addEventListener("reset", () => setTimeout(() => this.showChosen()));
  }

  // --- what is offered ---------------------------------------------------------------------

  get text() {
    return this.input.value.trim();
  }

  get chosen() {
    return [...this.select.selectedOptions];
  }

  /** Rows that came with the page and are not chosen, such as those met of late. */
  likely(text) {
    const begins = folded(text).split(/\s+/);
    const says = (row) => begins.every((begin) => ` ${folded(row.text)}`.includes(` ${begin}`));
    return [...this.select.options]
      .filter((row) => !row.selected && says(row))
      .map((row) => ({ value: row.value, label: row.text, note: "" }));
  }

  /** Whoever is not there yet, below those who are: only once it is known who is. */
  newcomer(text) {
    const name = text.replace(/\s+/g, " ");
    if (!("new" in this.select.dataset) || name.length < 2) return [];
    const label = this.words("new", { name });
    return [{ value: this.select.dataset.new + name, label, adds: this.words("add", { name }) }];
  }

  typed(pause = PAUSE) {
    clearTimeout(this.timer);
    this.asking?.abort();
    // At once, so that nobody is offered, or chooses, what the text no longer says.
    const { text } = this;
    const isAsked = text && this.select.dataset.picker;
    this.offer(this.likely(text), !isAsked);
    if (isAsked) this.timer = setTimeout(() => this.ask(text), pause);
  }

  async ask(text) {
    this.asking = new AbortController();
    const { signal } = this.asking;
    const address = new URL(this.select.dataset.picker, location.href);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const { results } = await answer.json();
      const rows = results.map((row) => ({ ...row, value: String(row.value) }));
      this.offer([...rows, ...this.newcomer(text)]);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.offer([...this.likely(text), ...this.newcomer(text)]);
      this.say("offline", {}, true);
    }
  }

  offer(rows, aloud = true) {
    const chosen = new Set(this.chosen.map((row) => row.value));
    const pointedAt = this.options[this.active]?.value;
    this.options = rows.filter((row) => !chosen.has(row.value));
    const known = this.options.filter((row) => !row.adds);
    this.list.replaceChildren(...this.options.map((row, index) => this.row(row, index)));
    const isAway = !this.box.contains(document.activeElement);
    this.open(this.options.length > 0 && !isAway);
    this.activate(this.options.findIndex((row) => row.value === pointedAt));
    if (!aloud) return;
    if (known.length) this.say("count", { count: known.length });
    else this.say(this.text ? "none" : "", {}, true);
  }

  row({ label, note, adds }, index) {
    const row = element("li", { role: "option", id: `${this.name}-${index}`, "aria-selected": "false" });
    row.append(element("span", adds ? { class: "picker-add" } : {}, adds ?? label));
    if (note) row.append(element("span", { class: "note" }, note));
    return row;
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    this.activate(-1);
  }

  activate(index) {
    this.active = index;
    for (const [at, row] of [...this.list.children].entries()) {
      row.setAttribute("aria-selected", String(at === index));
    }
    const row = this.list.children[index];
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  // --- the keyboard ------------------------------------------------------------------------

  press(event) {
    if (event.isComposing) return;
    const does = {
      ArrowDown: () => this.step(1, event),
      ArrowUp: () => this.step(-1, event),
      Enter: () => this.enter(event),
      Escape: () => this.escape(event),
      Backspace: () => !this.input.value && this.unchoose(this.chosen.at(-1)),
      Home: () => this.activate(-1), // the caret moves, as in any text field
      End: () => this.activate(-1),
    }[event.key];
    does?.();
  }

  step(by, event) {
    event.preventDefault();
    if (this.list.hidden) {
      if (this.options.length && this.text) this.open(true);
      else return this.typed(0);
    }
    if (event.altKey) return;
    const size = this.options.length + 1; // one more: back in the text field
    this.activate(((this.active + 1 + by + size) % size) - 1);
  }

  enter(event) {
    const known = this.options.filter((row) => !row.adds);
    const only = !this.list.hidden && this.text && known.length === 1 ? 0 : -1;
    const at = this.active >= 0 ? this.active : only;
    if (at >= 0 || this.text) event.preventDefault(); // half a name is no reason to send the form
    if (at >= 0) this.choose(this.options[at]);
  }

  escape(event) {
    if (this.list.hidden && !this.input.value) return;
    event.preventDefault();
    event.stopPropagation(); // closes this and nothing around it
    clearTimeout(this.timer); // nor does an answer on its way open it again
    this.asking?.abort();
    if (this.list.hidden) this.input.value = "";
    this.say("");
    this.open(false);
  }

  leave() {
    if (this.box.contains(document.activeElement)) return; // and came back
    clearTimeout(this.timer);
    this.asking?.abort();
    this.open(false);
    if (this.text) this.say("unchosen", { text: this.text }, true);
    else this.say("");
  }

  // --- what is chosen ----------------------------------------------------------------------

  choose({ value, label }) {
    const known = [...this.select.options].find((row) => row.value === value);
    const option = known ?? new Option(label, value);
    if (!known) this.select.append(option);
    if ("one" in this.select.dataset) for (const other of this.chosen) other.selected = false;
    option.selected = true;
    this.input.value = "";
    this.changed("added", label);
    this.open(false);
    this.input.focus();
  }

  unchoose(option) {
    if (!option) return;
    option.selected = false;
    this.input.focus(); // before the button that was pressed is gone
    this.changed("removed", option.text);
    this.open(false);
  }

  changed(what, name) {
    this.options = [];
    this.showChosen();
    this.say(what, { name });
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  showChosen() {
    this.chips.hidden = !this.chosen.length;
    this.chips.replaceChildren(
      ...this.chosen.map((option) => {
        const chip = element("li", {}, option.text);
        const name = this.words("remove", { name: option.text });
        const button = element("button", { type: "button", "aria-label": name, title: name }, "×");
        button.addEventListener("click", () => this.unchoose(option));
        chip.append(button);
        return chip;
      }),
    );
  }

  // --- words -------------------------------------------------------------------------------

  words(key, values = {}) {
    const words = this.select.getAttribute(`data-says-${key}`) ?? "";
    return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /** Everybody hears it; it is seen where `isSeen`, because what else happened can be seen. */
  say(key, values = {}, isSeen = false) {
    this.status.textContent = key ? this.words(key, values) : "";
    this.status.classList.toggle("vh", !isSeen);
  }
}

/** Without case and accents, as the server compares. */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function element(tag, attributes, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

offerPickers(document);
document.addEventListener("htmx:load", (event) => offerPickers(event.target));
