// A page that could not be shown: says so to the page that opened it.

import * as host from "./host_messages.js";

host.error(document.body.dataset.error);
document.getElementById("close").addEventListener("click", () => {
  host.close();
  window.close();
});
