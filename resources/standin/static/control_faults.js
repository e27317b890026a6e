// The rules by which operations fail.

import { attempt, get, post, remove } from "./control_api.js";
import { showEntries } from "./control_parts.js";

const form = document.getElementById("add-fault");
const VALUES = { status: "503", code: "access_not_allowed", delay_s: "2", redirect: "http://nowhere.invalid/" };
const NUMBERS = ["status", "delay_s"];

function describe({ number, strikes, ...fault }) {
  const { operation, probability = 1, count, ...effects } = fault;
  const effect = Object.entries(effects).map(([name, value]) => (value === true ? name : `${name} ${value}`));
  const words = [
    operation === "*" ? "every operation" : operation,
    ...effect.map((text) => text.replace("_s ", " ").replace("_", " ")),
    probability < 1 ? `${Math.round(probability * 100)} %` : "",
    count ? `${strikes} of ${count} times` : `${strikes} times so far`,
  ];
  return words.filter(Boolean).join(", ");
}

function show({ faults }) {
  const entries = faults.map((fault) => ({
    key: fault.number,
    text: describe(fault),
    remove: () => attempt(async () => show(await remove(`/faults/${fault.number}`))),
  }));
  showEntries("faults", entries);
}

function effectOf({ effect, value }) {
  if (!(effect.value in VALUES)) return true;
  return NUMBERS.includes(effect.value) ? Number(value.value) : value.value;
}

function asked() {
  const { operation, effect, count, chance } = form.elements;
  const fault = { operation: operation.value, [effect.value]: effectOf(form.elements) };
  if (count.value) fault.count = Number(count.value);
  return { ...fault, probability: Number(chance.value) / 100 };
}

function offerValue() {
  const { effect, value } = form.elements;
  value.value = VALUES[effect.value] ?? "";
  value.closest("label").hidden = !(effect.value in VALUES);
}

export async function showFaults() {
  show(await get("/faults"));
}

export function addFaults() {
  form.elements.effect.addEventListener("change", offerValue);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(async () => show(await post("/faults", { faults: [asked()] })));
  });
}
