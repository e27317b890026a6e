// What a page posts to the page that opened it, and what it tells its own host about that.

const { reportTicket, targetOrigin } = document.body.dataset;
const ANY = "*";

function host() {
  const candidate = window.opener || window.parent;
  return candidate && candidate !== window ? candidate : null;
}

function receiverName(receiver) {
  if (!receiver) return "nobody";
  return receiver === window.opener ? "opener" : "parent";
}

// The address may say it; a frame knows its ancestors, and a window often where it was opened from.
export function exactTarget() {
  const framedBy = window.opener ? null : location.ancestorOrigins?.[0];
  const cameFrom = document.referrer ? new URL(document.referrer).origin : "";
  return targetOrigin || framedBy || cameFrom;
}

function report(message, target, receiver) {
  fetch("/messages", {
    method: "POST",
    // The page may close before the request has gone out.
    keepalive: true,
    headers: { Authorization: `Bearer ${reportTicket}`, "Content-Type": "application/json" },
    body: JSON.stringify({ message, target, receiver }),
  }).catch(() => {});
}

// Any origin may open the dialog, and as a rule it does not know which one did.
export function post(message, target = ANY) {
  const receiver = target ? host() : null;
  receiver?.postMessage(message, target);
  report(message, target, receiverName(receiver));
}

export function close() {
  post({ type: "tray.authpopup.close" });
}

export function error(text) {
  post({ type: "tray.authPopup.error", error: text });
}
