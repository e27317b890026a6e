// Runs in every document of a dialog, in the isolated world: tells which of its requests were answered with an
// error. The observer is this world's own: a page neither sees it nor takes its entries away, and can only bring
// one about by making the request. Frames have no channel: it goes over the console, marked, and is taken off there.
(config) => {
  if (window === window.top && window.opener === null && location.href === config.ours) return;

  let left = config.most + 1; // one more than is told shows that there were more
  const say = (entry) => {
    const facts = [entry.name.slice(0, config.maxChars), entry.responseStatus, entry.initiatorType, Math.round(entry.duration)];
    console.debug(config.mark + JSON.stringify(facts));
  };
  const isIcon = (entry) => entry.initiatorType === "icon" || /^[^?#]*\/favicon\.ico([?#]|$)/.test(entry.name);
  const tell = (entries) => {
    const failed = entries.filter((entry) => entry.responseStatus >= 400 && !isIcon(entry)).slice(0, left);
    left -= failed.length;
    failed.forEach(say);
    if (left <= 0) observer.disconnect();
  };
  const observer = new PerformanceObserver((list) => tell(list.getEntries()));
  observer.observe({ type: "resource", buffered: true });
};
