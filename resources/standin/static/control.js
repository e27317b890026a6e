// The control page: it shows what the stand-in does now, and changes it.

import { attempt, keepUp, post } from "./control_api.js";
import { advanceClock, showClock } from "./control_clock.js";
import { openDialogs } from "./control_dialog.js";
import { addFaults, showFaults } from "./control_faults.js";
import { filterRecord, forgetRecord, showRecord } from "./control_record.js";
import { chooseScenarios, showScenarios } from "./control_scenarios.js";

const POLL_MS = 1000;

async function showAll() {
  await Promise.all([showScenarios(), showFaults(), showClock(), showRecord()]);
}

async function reset() {
  await post("/reset", {});
  forgetRecord();
  await showAll();
}

async function follow() {
  for (;;) {
    if (!document.hidden) await keepUp(showAll);
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
}

openDialogs();
chooseScenarios();
addFaults();
advanceClock();
filterRecord();
document.getElementById("reset").addEventListener("click", () => attempt(reset));
follow();
