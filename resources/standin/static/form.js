// A form's fields: what is wrong with them, shown beside each, and what they hold.

const problem = document.getElementById("problem");

export function showProblem(text) {
  problem.textContent = text;
  problem.hidden = !text;
}

function errorOf(input) {
  return document.getElementById(`${input.id}-error`);
}

function show(input, message) {
  const error = errorOf(input);
  if (!error) return;
  error.textContent = message;
  error.hidden = !message;
  if (message) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

function messageFor(input) {
  // A space is no answer, though `required` is content with it.
  if (input.required && !input.value.trim()) return input.dataset.missing;
  if (input.validity.patternMismatch) return input.dataset.mismatch;
  return input.validity.valid ? "" : input.validationMessage;
}

// What is wrong with a field stands below it, where the button may cover it.
function focusFirstInvalid(form) {
  const first = form.querySelector('[aria-invalid="true"]');
  if (!first) return;
  first.focus();
  errorOf(first).scrollIntoView({ block: "nearest" });
}

function fieldsIn(part) {
  return [...part.querySelectorAll("input, select")].filter((input) => errorOf(input));
}

export function isValid(form, part) {
  const messages = fieldsIn(part).map((input) => {
    const message = messageFor(input);
    show(input, message);
    return message;
  });
  focusFirstInvalid(form);
  return messages.every((message) => !message);
}

export function showRefusal(form, refusal) {
  for (const [name, message] of Object.entries(refusal.fields ?? {})) {
    const input = form.elements.namedItem(name);
    if (input) show(input, message);
  }
  showProblem(refusal.message);
  focusFirstInvalid(form);
}

export function recheckWhenCorrected(form) {
  form.addEventListener("input", ({ target }) => {
    if (target.getAttribute("aria-invalid")) show(target, messageFor(target));
  });
}
