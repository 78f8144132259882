/* <form data-suggest="URL">: its search field offers, while one types, what is found in each kind: an
   editable combobox with list autocomplete, as the ARIA practices say. Enter without a choice
   searches, as ever; without this file the field is a search field. */

const PAUSE = 200; // milliseconds of not typing before the server is asked
const SHORTEST = 2;
let made = 0;

export function offerSuggestions(root) {
  for (const form of root.querySelectorAll("form[data-suggest]")) new Suggestions(form);
}

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("[type=search]");
    this.active = -1;
    this.build();
    this.listen();
  }

  build() {
    this.list = element("ul", {
      id: `suggestions-${(made += 1)}`,
      role: "listbox",
      class: "suggestions",
      "aria-label": this.form.dataset.saysList,
      hidden: "",
    });
    this.status = element("p", { class: "vh", role: "status" });
    this.form.append(this.list, this.status);
    const names = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    };
    for (const [name, value] of Object.entries(names)) this.input.setAttribute(name, value);
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps focus
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.go(row);
    });
    this.form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.form.contains(relatedTarget)) this.close();
    });
  }

  typed() {
    clearTimeout(this.timer);
    this.asking?.abort();
    const text = this.input.value.trim();
    if (text.length < SHORTEST) return this.close();
    this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text) {
    this.asking = new AbortController();
    const address = new URL(this.form.dataset.suggest, location.href);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address, {
        signal: this.asking.signal,
        headers: { Accept: "application/json" },
      });
      if (!answer.ok || answer.redirected) return this.close();
      this.offer((await answer.json()).results);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // offline: the field searches all the same
    }
  }

  offer(results) {
    const { saysCount, saysNone } = this.form.dataset;
    this.list.replaceChildren(...results.map((result, index) => this.row(result, index)));
    this.status.textContent = results.length
      ? saysCount.replace("{count}", results.length)
      : saysNone;
    this.open(results.length > 0 && this.form.contains(document.activeElement));
  }

  row({ kind, title, note, url }, index) {
    const row = element("li", {
      role: "option",
      id: `${this.list.id}-${index}`,
      "aria-selected": "false",
      "data-url": url,
    });
    row.append(element("span", {}, title));
    row.append(element("span", { class: "note" }, note ? `${kind} · ${note}` : kind));
    return row;
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    this.activate(-1);
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.status.textContent = "";
    this.open(false);
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

  press(event) {
    if (event.isComposing || this.list.hidden) return;
    const size = this.list.children.length + 1; // one more: back in the field
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.activate(((this.active + 1 + step + size) % size) - 1);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.go(this.list.children[this.active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation(); // closes this and keeps what was typed
      this.close();
    }
  }

  go(row) {
    this.close();
    location.assign(row.dataset.url);
  }
}

function element(tag, attributes, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}
