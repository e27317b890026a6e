// The clock that codes, tokens and lists go by.

import { attempt, get, post } from "./control_api.js";

let shown = { now: 0, offset_s: 0, at: 0 };

function tick() {
  const now = new Date((shown.now + (performance.now() - shown.at) / 1000) * 1000);
  const time = document.getElementById("now");
  time.dateTime = now.toISOString();
  time.textContent = now.toLocaleString([], { hourCycle: "h23" });
}

function show(answer) {
  shown = { ...answer, at: performance.now() };
  const ahead = answer.offset_s ? `${answer.offset_s} seconds ahead` : "as the computer's";
  document.getElementById("ahead").textContent = ahead;
  tick();
}

export async function showClock() {
  show(await get("/clock"));
}

export function advanceClock() {
  setInterval(tick, 1000);
  for (const button of document.querySelectorAll("#advance button")) {
    const seconds = Number(button.dataset.seconds);
    button.addEventListener("click", () => attempt(async () => show(await post("/clock/advance", { seconds }))));
  }
}
