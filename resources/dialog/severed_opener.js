// Runs in the page's own world of every popup, before the page's scripts.
// On the trusted dialog origin, where the opener was cut off, it puts a stand-in for the
// opener in place. What the page posts to it is handed to the relay in the isolated world
// by events on an element that only the two have: it is in no document, so that neither a page
// that listens nor `document.open()`, which takes a document's listeners away, comes between.
(config) => {
  if (window !== window.top || window.opener !== null || location.origin !== config.trustedOrigin) return;

  const stringify = JSON.stringify;
  const Event = CustomEvent;
  const line = document.createElement("i");
  const dispatch = line.dispatchEvent.bind(line);
  // Without a prototype, and as plain text: nothing that the page puts into prototypes has a say here.
  const hand = (kind, text) => dispatch(new Event(config.eventName, { __proto__: null, detail: `${kind} ${text}` }));
  const nothing = () => undefined;
  const opener = {
    closed: false,
    focus: nothing,
    blur: nothing,
    close: nothing,
    postMessage: (data) => {
      let text = "";
      try {
        text = stringify(data) ?? "";
      } catch {
        // no JSON form: passed on as such, and rejected where messages are judged
      }
      hand("posted", text);
    },
  };
  Object.defineProperty(window, "opener", {
    value: Object.freeze(opener),
    configurable: true,
    enumerable: true,
    writable: true,
  });
  document.dispatchEvent(new MouseEvent(config.eventName, { __proto__: null, relatedTarget: line }));
  hand("severed", "");
};
