// The dialog in a window: opened empty in the click, as a window opened later would be blocked.

import { listen } from "./dialog_events.js";

const POLL_MS = 1000;

export async function openWindow(getLink, told) {
  const authWindow = window.open(undefined, "_blank", "width=500,height=500,scrollbars=no");
  let origin;
  let isTold = false;
  const stopListening = listen(
    (event) => event.origin === origin && event.source === authWindow,
    (event) => {
      isTold = true;
      told(event);
      authWindow.close();
    },
  );
  const poll = setInterval(() => {
    if (!authWindow.closed) return;
    clearInterval(poll);
    stopListening();
    if (!isTold) told({ kind: "gone" });
  }, POLL_MS);
  const link = await getLink();
  origin = link.origin;
  authWindow.location = link.url;
}
