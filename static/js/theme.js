/* Light or dark, as this person last chose, before anything is painted. A classic script in the
   head, because a module would come too late. The admin keeps its choice under the same name. */
(function () {
  "use strict";
  try {
    var choice = localStorage.getItem("theme");
    if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  } catch (error) {
    // Storage is closed to us: the device decides.
  }
})();
