/* <input data-terms="URL">: words of the department's own, such as tags, offered from what is used
   already. The list belongs to the last word of the line; without this file one types them. */

let made = 0;

for (const input of document.querySelectorAll("input[data-terms]")) offerTerms(input);

function offerTerms(input) {
  const list = document.createElement("datalist");
  list.id = `terms-${(made += 1)}`;
  input.after(list);
  input.setAttribute("list", list.id);
  let terms;
  input.addEventListener("focus", async () => {
    terms ??= await known(input.dataset.terms);
    offer();
  });
  input.addEventListener("input", offer);

  function offer() {
    const cut = input.value.lastIndexOf(",") + 1;
    const before = cut ? `${input.value.slice(0, cut).trimEnd()} ` : "";
    const said = new Set(input.value.toLowerCase().split(",").map((term) => term.trim()));
    const rest = (terms ?? []).filter((term) => !said.has(term.toLowerCase()));
    list.replaceChildren(...rest.map((term) => new Option("", before + term)));
  }
}

async function known(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return [];
    return (await answer.json()).results;
  } catch {
    return []; // offline: one types them
  }
}
