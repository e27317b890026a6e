// Does on a page what a person would: finds a field by its label, a button by its text or a choice by
// both, and uses it. Answers with "" or with what is missing.
(config) => {
  const tidy = (text) => (text || "").replace(/\s+/g, " ").trim().toLowerCase();
  const words = (element) => tidy(element.textContent);
  const labelText = (label) => words(label).replace(/[\s:*]+$/, ""); // a field that must be filled in is marked
  const wanted = tidy(config.label);
  const isVisible = (element) => element.getClientRects().length > 0;
  const shown = (selector) => [...document.querySelectorAll(selector)].filter(isVisible);

  /** The one that is called exactly that, else the first whose name begins so. */
  const called = (elements, name, textOf) =>
    elements.find((one) => textOf(one) === name) ?? elements.find((one) => textOf(one).startsWith(name));

  const spoken = (element) => {
    const ids = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    const named = ids.map((id) => document.getElementById(id)?.textContent || "").join(" ");
    return tidy(named || element.ariaLabel || element.placeholder);
  };
  const findField = () => {
    const labels = shown("label").filter((label) => label.control);
    const fields = shown("input, textarea, select, [role=combobox], [contenteditable=true]");
    return called(labels, wanted, labelText)?.control ?? called(fields, wanted, spoken);
  };
  const caption = (button) => words(button) || tidy(button.value || button.ariaLabel || button.title);
  const findButton = () => called(shown("button, input[type=submit], input[type=button], [role=button], a[href]"), wanted, caption);

  const tell = (field) => {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const fill = () => {
    const field = findField();
    if (!field) return `no field labelled "${config.label}"`;
    if (field.disabled || field.readOnly) return `the field "${config.label}" cannot be changed`;
    field.focus();
    if (field.isContentEditable) field.textContent = config.value;
    else field.value = config.value;
    tell(field);
    return "";
  };
  const press = () => {
    const button = findButton();
    if (!button) return `no button "${config.label}"`;
    if (button.disabled) return `the button "${config.label}" is disabled`;
    setTimeout(() => button.click()); // after the answer, which would be lost with the page
    return "";
  };

  const chooseInList = (list, option) => {
    const found = called([...list.options], option, (one) => tidy(one.label));
    if (!found) return `no choice "${config.option}" in "${config.label}"`;
    if (list.disabled || found.disabled) return `the choice "${config.option}" is disabled`;
    list.focus();
    found.selected = true;
    tell(list);
    return "";
  };
  const chooseInGroup = (group, option) => {
    const labels = [...group.querySelectorAll("label")].filter((label) => isVisible(label) && label.control);
    const found = called(labels, option, labelText)?.control;
    if (!found) return `no choice "${config.option}" in "${config.label}"`;
    if (found.disabled) return `the choice "${config.option}" is disabled`;
    if (!found.checked) found.click();
    return "";
  };
  const choose = () => {
    const option = tidy(config.option);
    const field = findField();
    if (field instanceof HTMLSelectElement) return chooseInList(field, option);
    const heading = (group) => words(group.querySelector("legend") ?? group.ownerDocument.createElement("i")) || spoken(group);
    const group = called(shown("fieldset, [role=group], [role=radiogroup]"), wanted, heading);
    if (group) return chooseInGroup(group, option);
    return `nothing to choose from that is labelled "${config.label}"`;
  };
  const findText = () =>
    tidy(document.body?.innerText).includes(wanted) ? "" : `no text "${config.label}"`;

  return { fill, press, choose, text: findText }[config.action]();
};
