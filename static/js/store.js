/* What this browser remembers for this person; nothing at all where storage is closed. */

export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Not remembered: the choice holds for this page.
  }
}
