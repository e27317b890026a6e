// Runs in every popup, in the isolated world: carries what the stand-in for a severed
// opener was given to the bridge. It writes its frame straight on the transport, because
// the handshake of `new QWebChannel` would lose what a page posts while it is parsed.
// The frame is Qt's own: type 6 is "invoke a method" (qwebchannel.js, QWebChannelMessageTypes).
(config) => {
  if (window !== window.top || location.origin !== config.trustedOrigin) return;

  let id = 0;
  const invoke = (method, args) => {
    id += 1;
    qt.webChannelTransport.send(JSON.stringify({ type: 6, object: config.object, method, args, id }));
  };
  const hear = (event) => {
    const [kind, text] = String(event.detail).split(/ (.*)/s, 2);
    if (kind === "severed") invoke("severed", [location.origin]);
    else invoke("posted", [location.origin, text.length > config.maxChars ? "" : text, text.length]);
  };
  // Before the page's scripts run, the other half sends the element on which it speaks.
  document.addEventListener(
    config.eventName,
    (event) => {
      event.stopImmediatePropagation();
      event.relatedTarget.addEventListener(config.eventName, hear);
    },
    { capture: true, once: true },
  );
};
