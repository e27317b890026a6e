// Tells where a page is and what a person sees to use on it: the names of fields, choices and buttons, never what is in them.
(config) => {
  const tidy = (text) => (text || "").replace(/\s+/g, " ").trim().slice(0, config.maxChars);
  const LEAST_OPACITY = 0.1; // as for the driver
  const opacityOf = (element) =>
    element ? Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement) : 1;
  const isVisible = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0 && opacityOf(element) >= LEAST_OPACITY;
  const textOf = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    return node.nodeType === Node.ELEMENT_NODE && node.matches("select, textarea, script, style")
      ? " "
      : [...node.childNodes].map(textOf).join("");
  };
  const names = (selector, nameOf) => {
    const found = [...document.querySelectorAll(selector)].filter(isVisible).map((one) => tidy(nameOf(one)));
    return [...new Set(found.filter(Boolean))].slice(0, config.maxNames);
  };
  const spoken = (element) => element.ariaLabel || element.placeholder;
  const isButton = (element) => element.matches("input[type=submit], input[type=button]");
  return JSON.stringify({
    address: location.href,
    title: tidy(document.title),
    fields: [
      ...names("label", (label) => (label.control ? textOf(label) : "")),
      ...names("input, textarea, select", (field) => (field.labels?.length || isButton(field) ? "" : spoken(field))),
    ],
    groups: names("fieldset, [role=group], [role=radiogroup]", (group) => group.querySelector("legend")?.textContent || spoken(group)),
    buttons: names(
      "button, input[type=submit], input[type=button], summary, a[href], [role=button], [role=link], [role=tab], [role=menuitem]",
      (button) => button.textContent.trim() || (isButton(button) ? button.value : "") || button.ariaLabel || button.title,
    ),
    text: tidy(document.body?.innerText),
  });
};
