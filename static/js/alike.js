/* While a name, an e-mail, a phone or a website is typed, names what is in the portal already and
   may be the same. It asks and never blocks; without this file the form asks once, when it is sent.
   What is typed goes in the body of the request, so that it stands in nobody's log. */

const PAUSE = 400; // milliseconds of not typing before the server is asked
const FIELDS = ["name", "email", "phone", "website"];

for (const place of document.querySelectorAll("[data-alike]")) watch(place);

function watch(place) {
  const form = place.closest("form");
  if (!form) return;
  let timer;
  let asking;
  let asked = typed(form).toString();
  form.addEventListener("input", ({ target }) => {
    if (!FIELDS.includes(target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  async function ask() {
    const body = typed(form);
    if (body.toString() === asked) return;
    asked = body.toString();
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(place.dataset.alike, {
        method: "POST",
        body,
        signal: asking.signal,
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      });
      if (!answer.ok || answer.redirected) return;
      place.innerHTML = await answer.text(); // our own page, escaped by the server
    } catch {
      asked = ""; // offline, or typed on: asked again with the next key
    }
  }
}

function typed(form) {
  const words = new URLSearchParams();
  for (const name of FIELDS) words.set(name, form.elements[name]?.value.trim() ?? "");
  return words;
}
