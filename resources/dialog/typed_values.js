// Runs in every popup, in the isolated world: tells what is typed, so that it can be taken out of
// whatever the page says later, on its console or in a message. It is kept in memory only, and only
// until the dialog is gone.
(config) => {
  if (window !== window.top) return;

  const tell = (event) => {
    const field = event.composedPath()[0];
    const text = field?.value ?? (field?.isContentEditable ? field.textContent : "");
    if (typeof text !== "string" || text.length < config.minChars || text.length > config.maxChars) return;
    qt.webChannelTransport.send(JSON.stringify({ type: 6, object: config.object, method: "typed", args: [text], id: 1 }));
  };
  window.addEventListener("input", tell, true);
  window.addEventListener("change", tell, true);
};
