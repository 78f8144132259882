/* Where one is after the page changed: at what went wrong, else at what was done. Nobody who is
   reading further down is moved. */

const NEWS = "[data-error-summary], [data-flash]";

let hadFocus = false; // whether what is about to be replaced holds the focus

export function keepFocus(root) {
  if (!location.hash) goTo(root.querySelector(NEWS));
  root.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const focused = document.activeElement;
    hadFocus = focused !== document.body && detail.target.contains(focused);
  });
  root.addEventListener("htmx:afterSettle", (event) => afterSwap(event.detail.elt ?? event.target));
}

function afterSwap(swapped) {
  const inside = swapped.matches?.(NEWS) ? swapped : swapped.querySelector?.(NEWS);
  const news = inside ?? document.querySelector("#messages:not([data-read]) [data-flash]");
  if (news) {
    goTo(news);
  } else if (hadFocus && document.activeElement === document.body) {
    // What had focus is gone: begin where the change was.
    swapped.setAttribute("tabindex", "-1");
    swapped.focus({ preventScroll: true });
  }
  hadFocus = false;
}

function goTo(news) {
  news?.focus({ preventScroll: isInView(news) });
  news?.closest("#messages")?.setAttribute("data-read", "");
}

function isInView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}
