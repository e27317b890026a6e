// Parts of the page that are made anew: entries that can be removed, and cells of tables.

export function element(tag, text, attributes = {}) {
  return Object.assign(document.createElement(tag), { textContent: text, ...attributes });
}

function entry(text, remove) {
  const item = element("li", "");
  const button = element("button", "Remove", { type: "button", onclick: remove });
  button.append(element("span", ` ${text}`, { className: "hidden" }));
  item.append(element("span", text), button);
  return item;
}

// Shows texts as a list, each with a button that removes it, and what to say where there are none. Entries of
// one text may differ by a key.
export function showEntries(id, entries) {
  const shown = JSON.stringify(entries.map(({ text, key }) => [text, key]));
  const list = document.getElementById(id);
  // Made anew only when they differ, so that a button that has the focus keeps it.
  if (list.dataset.shown === shown) return;
  list.dataset.shown = shown;
  list.replaceChildren(...entries.map(({ text, remove }) => entry(text, remove)));
  document.getElementById(`${id}-none`).hidden = entries.length > 0;
}

const TIME = { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hourCycle: "h23" };

export const timeOf = (milliseconds) => new Date(milliseconds).toLocaleTimeString([], TIME);
