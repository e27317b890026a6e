// The page that edits an authentication.

import * as actions from "./page_actions.js";
import { isValid, recheckWhenCorrected, showProblem, showRefusal } from "./form.js";
import { closeOnRequest, finish, setBusy } from "./stages.js";

const form = document.getElementById("form");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  showProblem("");
  if (!isValid(form, form)) return;
  setBusy(true);
  try {
    finish(await actions.rename(form.elements.name.value));
  } catch (error) {
    showRefusal(form, actions.refusalOf(error));
  } finally {
    setBusy(false);
  }
});
recheckWhenCorrected(form);
closeOnRequest();
