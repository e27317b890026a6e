// Tells whether a page can be used yet, what of it does not fit, and what it fetches without encryption.
(config) => {
  const CONTROLS = "button, input:not([type=hidden]), select, textarea, a[href], [role=button], [role=link], [tabindex]:not([tabindex='-1'])";
  const NAME_CHARS = 60;

  const isVisible = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0;
  const controls = [...document.querySelectorAll(CONTROLS)].filter(isVisible);
  if (document.readyState !== "complete" || !controls.some((one) => !one.disabled)) return "";

  const nameOf = (element) =>
    (element.labels?.[0]?.textContent || element.ariaLabel || element.textContent || element.name || element.tagName)
      .replace(/\s+/g, " ").trim().slice(0, NAME_CHARS);
  const width = document.documentElement.clientWidth;
  const clips = (style, axis) => ["hidden", "clip"].includes(style[`overflow${axis}`]);
  const isHiddenOnPurpose = (box) => box.width <= 1 || box.height <= 1;

  // What an ancestor cuts off can be reached by no scrolling.
  const cutBy = (element, box) => {
    for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      const edge = around.getBoundingClientRect();
      if (clips(style, "X") && (box.left < edge.left - config.slackPx || box.right > edge.right + config.slackPx)) return around;
      if (clips(style, "Y") && (box.top < edge.top - config.slackPx || box.bottom > edge.bottom + config.slackPx)) return around;
      if (style.position === "fixed") return null;
    }
    return null;
  };
  const rootClips = [document.documentElement, document.body].some((one) => clips(getComputedStyle(one), "Y"));

  const problemsOf = (element) => {
    const box = element.getBoundingClientRect();
    if (isHiddenOnPurpose(box)) return [];
    const problems = [];
    if (box.left < -config.slackPx || box.right > width + config.slackPx) {
      problems.push(["outside", `reaches from ${Math.round(box.left)} to ${Math.round(box.right)} px, the page from 0 to ${width}`]);
    }
    if (rootClips && box.bottom > innerHeight + config.slackPx) {
      problems.push(["outside", `ends ${Math.round(box.bottom - innerHeight)} px below the page, which cannot be scrolled`]);
    }
    const around = cutBy(element, box);
    if (around) problems.push(["cut-off", `is cut off by <${around.tagName.toLowerCase()}>`]);
    const isButton = element.matches("button, [role=button]");
    if (isButton && element.scrollWidth > element.clientWidth + config.slackPx && clips(getComputedStyle(element), "X")) {
      problems.push(["text", "does not show its whole text"]);
    }
    return problems.map(([rule, text]) => ({ rule, text: `“${nameOf(element)}” ${text}` }));
  };
  const fit = controls.flatMap(problemsOf);
  const beyond = document.documentElement.scrollWidth - width;
  if (beyond > config.slackPx) fit.push({ rule: "sideways", text: `the page is ${beyond} px wider than its window` });

  const fetched = performance.getEntriesByType("resource").map((entry) => entry.name);
  const named = [...document.querySelectorAll("[src], link[rel~=stylesheet][href], form[action]")]
    .map((one) => (one.tagName === "FORM" ? one.action : one.src || one.href));
  const isOpen = (url) => typeof url === "string" && /^(http|ws):/.test(url);
  const mixed = location.protocol === "https:" ? [...new Set([...fetched, ...named].filter(isOpen))] : [];

  return JSON.stringify({ usableMs: Math.round(performance.now()), fit: fit.slice(0, config.most), mixed: mixed.slice(0, config.most) });
};
