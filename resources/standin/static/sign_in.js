// Signing in at the third party, in a window of its own, and learning how that ended.

import * as actions from "./page_actions.js";
import { end, showForm, showWaiting } from "./stages.js";
import { showProblem } from "./form.js";
import { carryOut } from "./steps.js";

const POLL_MS = 1000;
const CLOSED_POLL_MS = 20;
const CALLBACK = "stand-in.signed-in";
const { api, service, progressIsPolled } = document.body.dataset;
const problem = document.getElementById("waiting-problem");

let waitingFor = null;
let address = "";
let signInWindow = null;

function openWindow(url) {
  signInWindow = window.open(url, "_blank", "popup,width=500,height=700");
  return signInWindow;
}

function showWaitingProblem(text) {
  problem.textContent = text;
  problem.hidden = !text;
}

// The window is opened within the click, before there is an address: later it would be blocked.
export const openEmptyWindow = () => openWindow("about:blank");

export async function signIn(made, scopes, popup) {
  const { session, csrf } = await actions.beginSession();
  const query = new URLSearchParams({ csrf, scope: scopes.join(" "), session });
  address = `${api}/oauth2/auth/${made.authenticationId}?${query}`;
  waitingFor = made.authenticationId;
  showWaitingProblem(popup ? "" : "The window was blocked. Open it with the button below.");
  showWaiting();
  if (popup) popup.location = address;
  if (JSON.parse(progressIsPolled)) poll(made.authenticationId);
}

function stopWaiting(text) {
  waitingFor = null;
  showForm();
  showProblem(text);
}

// A page that shows the dialog in a frame may take the frame away at the end; the closing would go with it.
function whenClosed(then, patienceMs = 2000) {
  if (!signInWindow || signInWindow.closed || patienceMs <= 0) then();
  else setTimeout(() => whenClosed(then, patienceMs - CLOSED_POLL_MS), CLOSED_POLL_MS);
}

function judge(answer) {
  if (!waitingFor) return;
  if (answer.progress === "denied") {
    stopWaiting(`Access to ${service} was denied. You can try again.`);
  } else if (answer.steps) {
    waitingFor = null;
    // It closes itself, unless the dialog is gone before it has come so far.
    signInWindow?.close();
    whenClosed(() => end(answer));
  }
}

// An error with steps is how signing in has ended; any other, that it is not known how.
async function check() {
  try {
    judge(await actions.progress());
  } catch (error) {
    const { message, steps } = actions.refusalOf(error);
    if (!steps) throw error;
    stopWaiting(message);
    carryOut(steps);
  }
}

async function poll(authenticationId) {
  while (waitingFor === authenticationId) {
    await new Promise((wake) => setTimeout(wake, POLL_MS));
    if (waitingFor === authenticationId) await check().catch(() => {});
  }
}

async function checkOnRequest() {
  showWaitingProblem("");
  try {
    await check();
    if (waitingFor) showWaitingProblem(`${service} has not confirmed yet. Finish in its window first.`);
  } catch (error) {
    showWaitingProblem(actions.refusalOf(error).message);
  }
}

// The word of another window is only a reason to ask the backend; it decides nothing.
window.addEventListener("message", ({ origin, data }) => {
  if (origin !== location.origin || data?.type !== CALLBACK || data.id !== waitingFor) return;
  checkOnRequest();
});

document.getElementById("check").addEventListener("click", checkOnRequest);
document.getElementById("again").addEventListener("click", () => openWindow(address));
document.getElementById("back").addEventListener("click", () => stopWaiting(""));
