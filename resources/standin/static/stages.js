// The stages of a dialog page: its form, waiting for the third party, and the end.

import * as host from "./host_messages.js";
import { carryOut } from "./steps.js";

const form = document.getElementById("form");
const waiting = document.getElementById("waiting");
const done = document.getElementById("done");

function show(stage) {
  for (const one of [form, waiting, done]) one.hidden = one !== stage;
}

export function showForm() {
  show(form);
  document.getElementById("submit").focus();
}

export function showWaiting() {
  show(waiting);
  waiting.focus();
}

export function end(answer) {
  if (answer.progress === "complete") {
    show(done);
    done.focus();
  }
  carryOut(answer.steps);
}

export function closeOnRequest() {
  document.getElementById("close").addEventListener("click", () => {
    host.close();
    window.close();
  });
}

export function setBusy(isBusy) {
  const button = document.getElementById("submit");
  button.disabled = isBusy;
  form.setAttribute("aria-busy", String(isBusy));
}
