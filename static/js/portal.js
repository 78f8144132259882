/* What the pages do beyond what HTML does. Everything works without it. */

import { guardForms } from "./forms.js";
import { keepFocus } from "./focus.js";
import { offerDisplay } from "./display.js";
import { closeOnEscape, listenForKeys } from "./keys.js";
import { offerSuggestions } from "./suggest.js";

offerDisplay(document);
guardForms(document);
keepFocus(document);
closeOnEscape(document);
listenForKeys(document);
offerSuggestions(document);

/** On a phone, where the section's lists are one line that scrolls: the one that is open is in sight. */
function showWhereOneIs(list) {
  const here = list?.querySelector("[aria-current]");
  if (!here) return;
  const margin = list.firstElementChild.offsetLeft;
  list.scrollLeft = here.offsetLeft + here.offsetWidth + margin - list.clientWidth;
}

showWhereOneIs(document.querySelector(".within-bar ul"));
