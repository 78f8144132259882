/* Loses nothing that is typed into <form data-draft="URL">: kept on this device at once, and by
   the portal once the typing stops. What the portal has is removed from the device. Nothing is
   sent before the portal has the words, so that no lost connection or session loses them.

   Here, under draft:<person>:<key of the form>: { words, tab, seen }. There, partnerships/views/
   draft.py: it answers with the key (another tab's words make this a draft of its own), with when
   the draft was saved, and with what to say. */

import { afterPress } from "./press.js";
import { forget, names, recall, remember } from "./store.js";

const PAUSE = 2000; // milliseconds of not typing before the portal is told
const AGAIN = 10000; // before it is told again after it was not reached
const PATIENCE = 15000; // before it counts as not reached
const NO_WORDS = ["csrfmiddlewaretoken", "submission_key", "warned"];
const thisTab = [...crypto.getRandomValues(new Uint8Array(8))].join("-");

class Draft {
  constructor(form) {
    this.form = form;
    this.key = form.elements.submission_key;
    this.line = form.querySelector("[data-draft-line]");
    this.status = form.querySelector("[data-draft-status]");
    this.seen = form.dataset.seen;
    this.kept = form.querySelector("[data-error-summary]") ? "" : this.text; // as the portal knows
    this.listen();
    this.bringIn();
    if (this.kept === "") this.typed(); // refused: it stands nowhere but in this page
  }

  listen() {
    const { form } = this;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("online", () => this.isCutOff && this.save());
    window.addEventListener("offline", () => this.isTyped && this.fail("offline"));
    window.addEventListener("pageshow", (event) => event.persisted && (this.mayGo = false));
    document.addEventListener("visibilitychange", () => document.hidden && this.isTyped && this.save());
  }

  // --- what is typed -------------------------------------------------------------------------

  get words() {
    const words = {};
    for (const [name, value] of new FormData(this.form)) {
      if (!NO_WORDS.includes(name)) (words[name] ??= []).push(value);
    }
    return words;
  }

  get text() {
    return JSON.stringify(this.words);
  }

  get isTyped() {
    return this.text !== this.kept;
  }

  get isCutOff() {
    return this.state === "offline" || this.state === "waiting";
  }

  get name() {
    return `draft:${this.form.dataset.person}:${this.key.value}`;
  }

  typed() {
    clearTimeout(this.timer);
    if (!this.isTyped) return;
    const copy = JSON.stringify({ words: this.words, tab: thisTab, seen: this.seen });
    this.isHere = remember(this.name, copy);
    if (this.isHere) this.isSafe();
    this.timer = setTimeout(() => this.save(), this.isCutOff ? AGAIN : PAUSE);
  }

  isSafe() {
    this.form.dispatchEvent(new CustomEvent("portal:kept", { bubbles: true }));
  }

  // --- to the portal -------------------------------------------------------------------------

  /** One at a time; what was typed while it was under way goes along with the next. */
  save() {
    clearTimeout(this.timer);
    this.saving = (this.saving ?? Promise.resolve()).then(() => this.send());
    return this.saving;
  }

  async send() {
    const text = this.text;
    if (text === this.kept) return "kept";
    const here = this.name;
    const answer = await tell(this.form, this.key.value, JSON.parse(text), thisTab, this.seen);
    if (answer.state === "kept") {
      this.key.value = answer.key;
      this.seen = answer.seen;
      this.kept = text;
      if (this.isTyped) this.typed();
      else this.isSafe();
      if (!this.isTyped || here !== this.name) forget(here);
      this.say("kept", answer.says);
    } else if (answer.state === "made") {
      forget(here);
      this.say("made", answer.says, answer.url, this.form.dataset.saysOpen);
    } else {
      this.fail(answer.state);
    }
    return answer.state;
  }

  fail(state) {
    const { saysOffline, saysClosed, saysAway, saysEnter, saysTrouble, enter } = this.form.dataset;
    if (state === "away") this.say(state, saysAway, enter, saysEnter);
    else if (state === "offline") this.say(state, this.isHere === false ? saysClosed : saysOffline);
    else this.say(state, saysTrouble);
    clearTimeout(this.timer);
    if (state !== "away") this.timer = setTimeout(() => this.save(), AGAIN);
  }

  // --- the press that saves ------------------------------------------------------------------

  async submit(event) {
    if (this.mayGo) return;
    event.preventDefault();
    if (this.isGoing) return;
    this.isGoing = true;
    const { submitter } = event;
    submitter?.setAttribute("aria-busy", "true");
    this.kept = ""; // asks the portal in any case, so that the form goes nowhere in vain
    this.typed();
    const state = await this.save();
    submitter?.removeAttribute("aria-busy");
    this.isGoing = false;
    if (state === "offline") this.say("waiting", this.form.dataset.saysWait);
    if (state !== "kept" && state !== "trouble") return;
    this.form.elements.csrfmiddlewaretoken.value = token(this.form);
    this.mayGo = true;
    this.form.requestSubmit(submitter);
  }

  // --- what other pages left on this device --------------------------------------------------

  async bringIn() {
    for (const name of names(`draft:${this.form.dataset.person}:`)) {
      const key = name.split(":")[2];
      const { words, tab, seen } = parsed(recall(name)) ?? {};
      if (!words || !this.key.value) continue;
      const isOpenHere = key === this.key.value;
      const answer = await tell(this.form, key, words, tab, seen, { line: "1" });
      if (answer.state === "kept" || answer.state === "made") forget(name);
      if (answer.state !== "kept") continue;
      if (isOpenHere && answer.key === key && !this.isTyped) location.reload();
      else this.offer(answer);
    }
  }

  offer({ key, line }) {
    const section = document.querySelector("[data-drafts]");
    const row = document.createElement("template");
    row.innerHTML = line; // the portal's own piece of this page
    section.querySelector(`[data-key="${key}"]`)?.remove();
    section.querySelector("ul").prepend(row.content);
    section.hidden = false;
  }

  // --- words ---------------------------------------------------------------------------------

  /** Seen always; heard when it says something else than before, not at every saving. */
  say(state, ...words) {
    const isNews = this.state !== state;
    this.state = state;
    afterPress(() => this.show(isNews, ...words));
  }

  show(isNews, text, url, label) {
    this.line.textContent = text;
    this.line.dataset.state = this.state;
    if (url) {
      const link = document.createElement("a");
      Object.assign(link, { href: url, textContent: label, target: "_blank" });
      this.line.append(" ", link);
    }
    if (isNews) this.status.textContent = text;
  }
}

/** What became of it: kept, made (the form was saved), away (signed out), offline, trouble. */
async function tell(form, key, words, tab, seen, more = {}) {
  const body = new URLSearchParams({ ...more, submission_key: key, tab: tab ?? "", seen: seen ?? "" });
  for (const [name, values] of Object.entries(words)) {
    for (const value of values) body.append(name, value);
  }
  const headers = { "X-CSRFToken": token(form) };
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body, headers, signal, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) return { state: "away" };
    if (answer.ok) return { ...(await answer.json()), state: "kept" };
    if (answer.status === 409) return { ...(await answer.json()), state: "made" };
    return { state: "trouble" };
  } catch {
    return { state: "offline" };
  }
}

/** The one that holds now: somebody may have signed in again, in another tab, since the page came. */
function token(form) {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return cookie?.split("=")[1] ?? form.elements.csrfmiddlewaretoken.value;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) new Draft(form);
