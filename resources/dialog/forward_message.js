// Runs in the dialog's page, in the isolated world: a window that the dialog opened lost
// its opener on the way and has reported back; the dialog gets the message after all.
(config) => {
  window.postMessage(JSON.parse(config.payload), config.trustedOrigin);
};
