// Runs in every main frame and in the frames right below it, in the isolated world: tells with which HTTP status
// the document was answered, as soon as it exists, so that a page that closes itself at once is not left out.
// Frames have no channel: from them it goes over the console, marked, and is taken off there.
(config) => {
  if (window.parent !== window.top || !/^https?:$/.test(location.protocol)) return;
  if (window === window.top && window.opener === null && location.href === config.ours) return;

  const status = performance.getEntriesByType("navigation")[0]?.responseStatus;
  if (!status) return;
  if (window !== window.top) console.debug(config.mark + JSON.stringify({ address: location.href, status }));
  else {
    qt.webChannelTransport.send(
      JSON.stringify({ type: 6, object: config.object, method: "answered", args: [location.href, status], id: 1 }),
    );
  }
};
