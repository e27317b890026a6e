// Runs in every popup, in the isolated world: tells with which HTTP status the document was answered,
// as soon as it exists, so that a page that closes itself at once is not left out.
(config) => {
  if (window !== window.top || (window.opener === null && location.href === config.ours)) return;

  const status = performance.getEntriesByType("navigation")[0]?.responseStatus;
  if (!status) return;
  qt.webChannelTransport.send(
    JSON.stringify({ type: 6, object: config.object, method: "answered", args: [location.href, status], id: 1 }),
  );
};
