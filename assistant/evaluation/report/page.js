const questions = [...document.querySelectorAll(".question")];
const selects = [...document.querySelectorAll("[data-filter]")];
const search = document.querySelector("[data-search]");
const count = document.querySelector("[data-count]");
const texts = new Map(questions.map((question) => [question, question.textContent.toLowerCase()]));

function filter() {
  const wanted = search.value.trim().toLowerCase();
  let shown = 0;
  for (const question of questions) {
    const fits = selects.every((select) => !select.value || question.dataset[select.dataset.filter] === select.value);
    question.hidden = !(fits && texts.get(question).includes(wanted));
    shown += question.hidden ? 0 : 1;
  }
  count.textContent = `${shown} of ${questions.length}`;
}

for (const select of selects) select.addEventListener("change", filter);
search.addEventListener("input", filter);
document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
for (const button of document.querySelectorAll("[data-all]")) {
  button.addEventListener("click", () => {
    const open = button.dataset.all === "open";
    for (const question of questions) if (!open || !question.hidden) question.open = open;
  });
}
for (const button of document.querySelectorAll("[data-outcome]")) {
  button.addEventListener("click", () => {
    document.querySelector("[data-filter=state]").value = button.dataset.outcome;
    filter();
    document.querySelector(".filters").scrollIntoView();
  });
}
