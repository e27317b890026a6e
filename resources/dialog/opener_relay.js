// Runs in the opener page, in a world of its own that no page script sees.
// A pipe: it opens what it is told to, passes on what arrives, and decides nothing.
(config) => {
  const describe = (data) => {
    try {
      const text = JSON.stringify(data);
      return text === undefined ? ["", 0] : [text.length > config.maxChars ? "" : text, text.length];
    } catch {
      return ["", 0];
    }
  };

  new QWebChannel(qt.webChannelTransport, (channel) => {
    const bridge = channel.objects[config.object];
    let popup = null;
    let frame = null;

    const sourceOf = (event) => {
      if (event.source === null) return "gone";
      if (event.source === popup) return "popup";
      return event.source === frame ? "frame" : "other";
    };
    const passOn = (event) => {
      const source = sourceOf(event);
      const [text, size] = describe(event.data);
      bridge.posted(event.origin, source, text, size, event.isTrusted);
    };
    const listen = () => window.addEventListener("message", passOn, true);
    listen();
    // `document.open()`, which a page of this origin can call here, takes every listener away. It also
    // empties the document, and an observer hears of that before the next message comes.
    new MutationObserver(listen).observe(document, { childList: true });
    bridge.opening.connect((url, features) => {
      popup = window.open(url, "_blank", features);
      if (popup === null) bridge.blocked();
    });
    bridge.going.connect((url) => {
      popup.location = url;
    });
    bridge.framing.connect((url) => {
      const element = document.querySelector("iframe");
      frame = element.contentWindow;
      element.addEventListener("load", () => bridge.framed());
      element.src = url;
    });
    bridge.answering.connect((text, origin) => {
      (popup ?? frame)?.postMessage(JSON.parse(text), origin);
    });
    bridge.ready();
  });
};
