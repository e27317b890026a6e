import { openFrame } from "./dialog_frame.js";
import { openWindow } from "./dialog_window.js";

const outcome = document.getElementById("outcome");

async function getLink({ service, environmentOf = service }) {
  const response = await fetch(`/links/${service}?environmentOf=${environmentOf}`, { method: "POST" });
  return response.json();
}

async function showAuthentications() {
  const listed = await (await fetch("/authentications")).json();
  const items = listed.map(({ id, name }) => Object.assign(document.createElement("li"), { id, textContent: name }));
  document.getElementById("authentications").replaceChildren(...items);
}

async function told({ kind, authId, error }) {
  if (kind === "finish") await showAuthentications();
  outcome.value = [kind, authId ?? error].filter(Boolean).join(" ");
}

for (const button of document.querySelectorAll("button")) {
  const open = button.dataset.way === "frame" ? openFrame : openWindow;
  button.addEventListener("click", () => open(() => getLink(button.dataset), told));
}
