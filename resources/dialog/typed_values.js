// Runs in every document of a dialog, in the isolated world: tells what is typed, so that it can be taken
// out of whatever the page says later, on its console or in a message. It is kept in memory only, and only
// until the dialog is gone. Frames have no channel: from them it goes over the console, marked, and is
// taken off there.
(config) => {
  if (window === window.top && window.opener === null && location.href === config.ours) return;

  const say = (text) => {
    if (window !== window.top) console.debug(config.mark + text);
    else qt.webChannelTransport.send(JSON.stringify({ type: 6, object: config.object, method: "typed", args: [text], id: 1 }));
  };
  const tell = (event) => {
    const field = event.composedPath()[0];
    const text = field?.value ?? (field?.isContentEditable ? field.textContent : "");
    if (typeof text !== "string" || text.length < config.minChars || text.length > config.maxChars) return;
    say(text);
  };
  window.addEventListener("input", tell, true);
  window.addEventListener("change", tell, true);
};
