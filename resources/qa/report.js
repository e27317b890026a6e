// Shows the dialogs that fit what is asked for. Without it, all of them are there.
const form = document.querySelector(".filter");
const cases = [...document.querySelectorAll(".case")].map((article) => ({
  article,
  text: article.innerText.toLowerCase(),
  checks: article.dataset.checks.split(" "),
}));
const words = document.getElementById("words");
const check = document.getElementById("check");
const selects = [...form.querySelectorAll("select[data-field]")];
const count = document.getElementById("count");

const fits = ({ article, text, checks }) =>
  words.value.toLowerCase().split(/\s+/).every((word) => text.includes(word)) &&
  (!check.value || checks.includes(check.value)) &&
  selects.every((select) => !select.value || article.dataset[select.dataset.field] === select.value);

const show = () => {
  let shown = 0;
  for (const one of cases) {
    const isShown = fits(one);
    one.article.hidden = !isShown;
    shown += isShown;
  }
  count.textContent = `${shown} of ${cases.length}`;
};
form.hidden = false;
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();
