// Carries out what the dialog's back end says a page is to do, in that order.

import { exactTarget, post } from "./host_messages.js";

const ACTIONS = {
  post: ({ message, target }) => post(message, target === "exact" ? exactTarget() : undefined),
  close: () => window.close(),
  leave: ({ address }) => location.replace(address),
  // Whoever drives the browser looks for this, and does what no page can do to itself.
  mark: ({ mark }) => (document.documentElement.dataset.standInInstruction = mark),
};

export function carryOut(steps) {
  for (const step of steps ?? []) ACTIONS[step.do](step);
}
