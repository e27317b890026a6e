// Which scenario counts for which service.

import { attempt, get, put } from "./control_api.js";
import { showEntries } from "./control_parts.js";

const EVERY = "*";
const form = document.getElementById("choose");
let chosen = {};

function show(answer) {
  ({ chosen } = answer);
  const entries = Object.entries(chosen).map(([service, scenario]) => ({
    text: `${service === EVERY ? "every service" : service}: ${scenario}`,
    remove: () => choose(Object.fromEntries(Object.entries(chosen).filter(([name]) => name !== service))),
  }));
  showEntries("chosen", entries);
}

function choose(wanted) {
  attempt(async () => show(await put("/scenarios", { chosen: wanted })));
}

function showSummary() {
  const { summary } = form.elements.scenario.selectedOptions[0].dataset;
  document.getElementById("scenario-summary").textContent = summary;
}

export async function showScenarios() {
  show(await get("/scenarios"));
}

export function chooseScenarios() {
  form.addEventListener("change", showSummary);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    choose({ ...chosen, [form.elements.service.value]: form.elements.scenario.value });
  });
  showSummary();
}
