// What a person does on the stand-in's page: fills in each field, then presses Create.
const typed = [["Account SID", "AC0123"], ["Auth Token", "no-real-token"]];
const labels = [...document.querySelectorAll("label")];
for (const [name, value] of typed) {
  const field = labels.find((label) => label.textContent.trim().startsWith(name)).control;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
setTimeout(() => document.getElementById("submit").click());
