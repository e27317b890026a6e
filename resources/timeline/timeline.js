// Narrows the timeline to a kind and to words, and shows an event that a link leads to.
(() => {
  const words = document.getElementById("words");
  const kind = document.getElementById("kind");
  const count = document.getElementById("count");
  const rows = [...document.querySelectorAll("tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());

  const isWanted = (row) =>
    !kind.value || (kind.value === "problem" ? row.classList.contains("problem") : row.dataset.kind === kind.value);

  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/);
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !isWanted(row) || !wanted.every((word) => texts[index].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    count.textContent = `${shown} of ${rows.length} events`;
  };

  const follow = () => {
    const row = document.getElementById(location.hash.slice(1));
    if (!row || row.localName !== "tr") return;
    if (row.hidden) {
      words.value = kind.value = "";
      show();
    }
    const details = row.querySelector("details");
    if (details) details.open = true;
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
  };

  words.form.hidden = false;
  words.form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", show);
  kind.addEventListener("change", show);
  window.addEventListener("hashchange", follow);
  show();
  follow();
})();
