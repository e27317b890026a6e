// The page that creates an authentication.

import * as actions from "./page_actions.js";
import { isValid, recheckWhenCorrected, showProblem, showRefusal } from "./form.js";
import { chosenScopes, followScopes } from "./scopes.js";
import { openEmptyWindow, signIn } from "./sign_in.js";
import { closeOnRequest, end, setBusy } from "./stages.js";
import { carryOut } from "./steps.js";

const form = document.getElementById("form");
const submit = document.getElementById("submit");
const newPart = document.getElementById("new-part");
const existingPart = document.getElementById("existing-part");
const isOAuth = JSON.parse(document.body.dataset.isOauth);
const submitText = submit.textContent;

function usesExisting() {
  return new FormData(form).get("way") === "existing";
}

function showWay() {
  newPart.hidden = usesExisting();
  existingPart.hidden = !usesExisting();
  submit.textContent = usesExisting() ? "Use this authentication" : submitText;
}

function typedFields() {
  const entries = [...new FormData(form)].filter(([name]) => name.startsWith("field."));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice("field.".length), value]));
}

async function create(popup) {
  const scopes = chosenScopes(form);
  const answer = await actions.submit({ name: form.elements.name.value, fields: typedFields(), scopes });
  if (!answer.steps) return signIn(answer, scopes, popup);
  popup?.close();
  end(answer);
}

async function onSubmit(event) {
  event.preventDefault();
  showProblem("");
  const chosen = usesExisting();
  if (!isValid(form, chosen ? existingPart : newPart)) return;
  const popup = isOAuth && !chosen ? openEmptyWindow() : null;
  setBusy(true);
  try {
    if (chosen) end(await actions.choose(form.elements.existing.value));
    else await create(popup);
  } catch (error) {
    popup?.close();
    const refusal = actions.refusalOf(error);
    showRefusal(form, refusal);
    carryOut(refusal.steps);
  } finally {
    setBusy(false);
  }
}

form.addEventListener("submit", onSubmit);
if (existingPart) form.querySelector(".choice").addEventListener("change", showWay);
recheckWhenCorrected(form);
followScopes();
closeOnRequest();
