// Tells where a page is and what a person sees to use on it: the names of fields, choices and buttons, never what is in them.
(config) => {
  const tidy = (text) => (text || "").replace(/\s+/g, " ").trim().slice(0, config.maxChars);
  const isVisible = (element) => element.getClientRects().length > 0;
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
      ...names("label", (label) => (label.control ? label.textContent : "")),
      ...names("input, textarea, select", (field) => (field.labels?.length || isButton(field) ? "" : spoken(field))),
    ],
    groups: names("fieldset, [role=group], [role=radiogroup]", (group) => group.querySelector("legend")?.textContent || spoken(group)),
    buttons: names(
      "button, input[type=submit], input[type=button], [role=button], a[href]",
      (button) => button.textContent.trim() || (isButton(button) ? button.value : "") || button.ariaLabel || button.title,
    ),
    text: tidy(document.body?.innerText),
  });
};
