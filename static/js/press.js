/* What changes the height of a page waits until a press is over: between pointer down and up, a
   button that moves away is a button that was not pressed. */

let isDown = false;
const waiting = [];

addEventListener("pointerdown", () => (isDown = true), { capture: true });
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => {
    isDown = false;
    setTimeout(() => waiting.splice(0).forEach((act) => act())); // after the click it makes
  }, { capture: true });
}

export function afterPress(act) {
  if (isDown) waiting.push(act);
  else act();
}
