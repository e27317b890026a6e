// Starts axe-core on the document; what it finds is kept in the isolated world until it is asked for.
(config) => {
  const tidy = (text) => (text || "").replace(/\s+/g, " ").trim().slice(0, config.maxChars);
  const found = (rule) => ({
    rule: rule.id,
    impact: rule.impact,
    help: rule.help,
    count: rule.nodes.length,
    // the selector only: the element's own text may hold what was typed
    where: tidy(rule.nodes[0]?.target.flat().join(" ")),
    why: tidy(rule.nodes[0]?.any[0]?.message || rule.nodes[0]?.all[0]?.message || rule.nodes[0]?.none[0]?.message),
  });
  globalThis.trayAudit = "";
  axe
    .run(document, {
      runOnly: { type: "tag", values: config.tags },
      rules: Object.fromEntries(config.rules.map((rule) => [rule, { enabled: true }])),
      resultTypes: ["violations"],
      iframes: false,
    })
    .then((result) => {
      const told = { version: result.testEngine.version, violations: result.violations.map(found), undecided: result.incomplete.length };
      globalThis.trayAudit = JSON.stringify(told);
    })
    .catch((error) => {
      globalThis.trayAudit = JSON.stringify({ failed: String(error) });
    });
  return "";
};
