// The page that edits an authentication.

import * as actions from "./page_actions.js";
import { isValid, recheckWhenCorrected, showProblem, showRefusal } from "./form.js";
import { closeOnRequest, end, setBusy } from "./stages.js";
import { carryOut } from "./steps.js";

const form = document.getElementById("form");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  showProblem("");
  if (!isValid(form, form)) return;
  setBusy(true);
  try {
    end(await actions.rename(form.elements.name.value));
  } catch (error) {
    const refusal = actions.refusalOf(error);
    showRefusal(form, refusal);
    carryOut(refusal.steps);
  } finally {
    setBusy(false);
  }
});
recheckWhenCorrected(form);
closeOnRequest();
