// The list of permissions: how many are ticked, and a filter for long lists.

const list = document.getElementById("scope-list");
const filter = document.getElementById("scope-filter");

function boxes() {
  return [...list.querySelectorAll("input")];
}

function showCount() {
  const ticked = boxes().filter((box) => box.checked).length;
  document.getElementById("scope-count").textContent = `${ticked} of ${boxes().length}`;
}

function applyFilter() {
  const wanted = filter.value.trim().toLowerCase();
  const items = [...list.children];
  for (const item of items) item.hidden = !item.textContent.toLowerCase().includes(wanted);
  document.getElementById("scope-none").hidden = items.some((item) => !item.hidden);
}

export function followScopes() {
  if (!list) return;
  list.addEventListener("change", showCount);
  filter?.addEventListener("input", applyFilter);
  showCount();
}

export function chosenScopes(form) {
  const data = new FormData(form);
  const extra = (data.get("extra") ?? "").split(/[\s,]+/).filter(Boolean);
  return [...new Set([...data.getAll("scope"), ...extra])];
}
