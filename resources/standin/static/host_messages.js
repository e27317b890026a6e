// What the dialog tells the page that opened it. The names are the protocol's, capital letters included.

function host() {
  const candidate = window.opener || window.parent;
  return candidate && candidate !== window ? candidate : null;
}

function tell(message) {
  // Any origin may open the dialog, and it cannot know which one did.
  host()?.postMessage(message, "*");
}

export function finish(authType, authId) {
  tell({ type: "tray.authpopup.finish", authType, authId });
}

export function close() {
  tell({ type: "tray.authpopup.close" });
}

export function error(text) {
  tell({ type: "tray.authPopup.error", error: text });
}
