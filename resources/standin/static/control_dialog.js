// Opens dialogs as an application does, and shows what they post.

import { attempt, post } from "./control_api.js";
import { element, timeOf } from "./control_parts.js";

const POLL_MS = 1000;
const form = document.getElementById("open");
const place = document.getElementById("frame-place");
const summary = document.getElementById("open-summary");
const heard = document.getElementById("heard");

async function freshAddress() {
  const [service_id, service_environment_id] = form.elements.place.value.split(" ");
  const { user_id, scenario } = form.elements;
  const asked = { user_id: user_id.value, service_id, service_environment_id, scenario: scenario.value };
  return (await post("/dialogs", asked)).url;
}

function watch(opened) {
  const poll = setInterval(() => {
    if (!opened.closed) return;
    clearInterval(poll);
    summary.textContent = "The window is closed.";
  }, POLL_MS);
}

// The window is opened within the click, before there is an address: later it would be blocked.
async function openWindow() {
  const opened = window.open(undefined, "_blank", "width=500,height=640,scrollbars=no");
  if (!opened) throw new Error("The browser has blocked the window. Allow windows for this page.");
  try {
    opened.location = await freshAddress();
  } catch (error) {
    opened.close();
    throw error;
  }
  summary.textContent = "The window is open.";
  watch(opened);
}

async function openFrame() {
  const frame = element("iframe", "", { title: "The dialog", name: "dialog", src: await freshAddress() });
  place.replaceChildren(frame);
  summary.textContent = "The dialog is on this page.";
}

function show(event) {
  document.getElementById("heard-none").hidden = true;
  const item = element("li", "");
  item.append(element("span", `${timeOf(Date.now())} from ${event.origin} `), element("code", JSON.stringify(event.data)));
  heard.prepend(item);
}

function isEnd(data) {
  return /^tray\.authpopup\.(finish|close)$/i.test(data?.type);
}

function onMessage(event) {
  if (event.source === window) return;
  show(event);
  const frame = place.firstElementChild;
  if (frame && event.source === frame.contentWindow && isEnd(event.data)) {
    frame.remove();
    summary.textContent = "The dialog has ended.";
  }
}

export function openDialogs() {
  window.addEventListener("message", onMessage);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(form.elements.way.value === "window" ? openWindow : openFrame);
  });
}
