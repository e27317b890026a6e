// Does on a page what a person would: finds a field by its label or a button by its text,
// and fills or presses it. Answers with "" or with what is missing.
(config) => {
  const words = (element) => (element.textContent || "").replace(/\s+/g, " ").trim().toLowerCase();
  const wanted = config.label.toLowerCase();
  const isVisible = (element) => element.getClientRects().length > 0;

  const findField = () => {
    const label = [...document.querySelectorAll("label")].find(
      (candidate) => isVisible(candidate) && words(candidate).startsWith(wanted),
    );
    return label?.control ?? document.querySelector(`[aria-label="${CSS.escape(config.label)}"]`);
  };
  const findButton = () => {
    const buttons = [...document.querySelectorAll("button, input[type=submit], a[role=button]")].filter(isVisible);
    const text = (button) => words(button) || (button.value || button.ariaLabel || "").toLowerCase();
    return buttons.find((button) => text(button) === wanted) ?? buttons.find((button) => text(button).startsWith(wanted));
  };

  if (config.action === "fill") {
    const field = findField();
    if (!field) return `no field labelled "${config.label}"`;
    field.focus();
    field.value = config.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return "";
  }
  const button = findButton();
  if (!button) return `no button "${config.label}"`;
  if (button.disabled) return `the button "${config.label}" is disabled`;
  setTimeout(() => button.click()); // after the answer, which would be lost with the page
  return "";
};
