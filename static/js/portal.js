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
