// The dialog as a part of the page.

import { listen } from "./dialog_events.js";

export async function openFrame(getLink, told) {
  const link = await getLink();
  const frame = document.createElement("iframe");
  frame.name = "dialog";
  frame.width = 500;
  frame.height = 500;
  frame.src = link.url;
  const stopListening = listen(
    (event) => event.origin === link.origin && event.source === frame.contentWindow,
    (event) => {
      stopListening();
      frame.remove();
      told(event);
    },
  );
  document.getElementById("place").replaceChildren(frame);
}
