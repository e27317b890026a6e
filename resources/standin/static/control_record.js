// What has happened: every request that was answered and every message that a page posted, newest first.

import { get } from "./control_api.js";
import { element, timeOf } from "./control_parts.js";

const MOST_ROWS = 200;
// What a page is made of says nothing of what it does.
const UNSHOWN = ["static_file", "icon"];
const filter = document.getElementById("filter");
const after = { requests: 0, messages: 0 };

const CELLS = {
  requests: (one) => [
    timeOf(one.at * 1000),
    one.host,
    one.operation || one.path,
    one.token_kind,
    one.code ? `${one.status} ${one.code}` : one.status,
    `${Math.round(one.duration_s * 1000)} ms`,
    one.fault ?? "",
  ],
  messages: (one) => [
    timeOf(one.at * 1000),
    one.host,
    one.page ?? "",
    JSON.stringify(one.message),
    one.target,
    one.receiver,
  ],
};

function applyFilter(row) {
  row.hidden = !row.textContent.toLowerCase().includes(filter.value.trim().toLowerCase());
}

function rowOf(kind, one) {
  const row = element("tr", "");
  row.append(...CELLS[kind](one).map((text) => element("td", text)));
  applyFilter(row);
  return row;
}

async function showNew(kind) {
  const records = (await get(`/${kind}?after=${after[kind]}`))[kind];
  if (records.length === 0) return;
  after[kind] = records.at(-1).number;
  const rows = document.getElementById(kind);
  const shown = records.filter((one) => !UNSHOWN.includes(one.operation)).slice(-MOST_ROWS);
  rows.prepend(...shown.reverse().map((one) => rowOf(kind, one)));
  while (rows.rows.length > MOST_ROWS) rows.lastElementChild.remove();
}

export async function showRecord() {
  await showNew("requests");
  await showNew("messages");
}

export function forgetRecord() {
  for (const kind of Object.keys(after)) {
    after[kind] = 0;
    document.getElementById(kind).replaceChildren();
  }
}

export function filterRecord() {
  filter.addEventListener("input", () => {
    for (const row of document.querySelectorAll(".record tbody tr")) applyFilter(row);
  });
}
