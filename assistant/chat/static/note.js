// What a chip stands for, beside it while it is pointed at or focused: the essentials of its card in the panel.
(() => {
  const phone = matchMedia("(max-width: 860px)");
  const find = (selector, root = document) => root.querySelector(selector);
  const GAP = 8;
  let note = null;
  let chip = null;
  let waiting = 0;

  function essentials(card) {
    const made = Object.assign(document.createElement("div"), { id: "chip-note", role: "tooltip" });
    const passage = find("blockquote", card);
    const quote = Object.assign(document.createElement("q"), { dir: "auto", lang: passage.lang });
    quote.textContent = find("mark", passage).textContent;
    const parts = [find(".facts", card), quote, find(".translation", card), find(".verdict", card)];
    made.append(...parts.filter(Boolean).map((part) => (part === quote ? quote : part.cloneNode(true))));
    return made;
  }

  function hide() {
    clearTimeout(waiting);
    note?.remove();
    chip?.removeAttribute("aria-describedby");
    note = chip = null;
  }

  // Above the chip, or below it where the head of the page is in the way; never out of the window.
  function put() {
    const [at, own] = [chip.getBoundingClientRect(), note.getBoundingClientRect()];
    const [column, head] = [find("#talk").getBoundingClientRect(), find("#top").getBoundingClientRect()];
    const most = innerWidth - own.width - GAP;
    const above = at.top - own.height - GAP;
    note.style.left = `${Math.min(Math.max(at.left + at.width / 2 - own.width / 2, column.left, GAP), most)}px`;
    note.style.top = `${above >= head.bottom ? above : at.bottom + GAP}px`;
  }

  function show(target) {
    const card = document.getElementById(`source-${target.dataset.source}`);
    if (!card || !target.isConnected || target === chip) return;
    hide();
    chip = target;
    note = essentials(card);
    document.body.append(note);
    put();
    chip.setAttribute("aria-describedby", note.id);
  }

  function later(milliseconds, what) {
    clearTimeout(waiting);
    waiting = setTimeout(what, milliseconds);
  }

  const chipOf = (event) => event.target.closest?.(".chip[data-source]");

  document.addEventListener("mouseover", (event) => {
    if (phone.matches) return;
    const target = chipOf(event);
    if (target) later(120, () => show(target));
    else if (note?.contains(event.target)) clearTimeout(waiting); // it may be read and copied from
    else if (document.activeElement !== chip) later(200, hide);
  });
  document.addEventListener("focusin", (event) => {
    const target = chipOf(event);
    if (target && !phone.matches && target.matches(":focus-visible")) show(target);
    else if (!note?.contains(event.target)) hide();
  });
  document.addEventListener("click", (event) => note?.contains(event.target) || hide(), true);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("scroll", hide, { passive: true, capture: true });
})();
