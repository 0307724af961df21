// Chips, cards, the sheet on phones, copy and save. Everything is delegated, since Gradio redraws the answers.
(() => {
  const phone = matchMedia("(max-width: 860px)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const behavior = () => (calm.matches ? "auto" : "smooth");
  let opener = null;
  let server = null;

  function showTurn(turn) {
    for (const part of all("#evidence .turn")) part.hidden = part.dataset.turn !== turn;
  }

  function openSheet(from) {
    if (!phone.matches) return;
    opener = from;
    document.body.classList.add("sheet");
    find("#evidence .close")?.focus({ preventScroll: true });
  }

  function closeSheet() {
    if (!document.body.classList.contains("sheet")) return;
    document.body.classList.remove("sheet");
    opener?.focus({ preventScroll: true });
  }

  function light(key) {
    for (const card of all("#evidence .card")) card.classList.toggle("lit", card.dataset.card === key);
    for (const chip of all(".chip[data-source]")) chip.classList.toggle("lit", chip.dataset.source === key);
  }

  // Scrolls the panel alone: the answer being read must not move.
  function bringIntoPanel(card) {
    const panel = find("#evidence");
    if (!panel) return;
    const [inner, outer] = [card.getBoundingClientRect(), panel.getBoundingClientRect()];
    const gap = inner.top - outer.top - 64;
    if (gap >= 0 && inner.bottom <= outer.bottom) return;
    panel.scrollTo({ top: panel.scrollTop + gap, behavior: behavior() });
  }

  function visit(chip) {
    const key = chip.dataset.source;
    showTurn(key.split("-")[0]);
    light(key);
    const card = document.getElementById(`source-${key}`);
    if (!card) return;
    openSheet(chip);
    bringIntoPanel(card);
    card.focus({ preventScroll: true });
  }

  function download(name, text) {
    const link = document.createElement("a");
    const type = name.endsWith(".html") ? "text/html" : "text/markdown";
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  async function copy(button, text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    const label = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 1500);
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("button, [data-close], .chip[data-source]");
    if (!target) {
      if (event.target === document.body) closeSheet();
      return;
    }
    const tools = target.closest(".tools");
    const markdown = () => tools.dataset.markdown;
    if (target.matches(".chip[data-source]")) {
      event.preventDefault(); // the card is opened without leaving a mark in the address
      visit(target);
    } else if (target.matches("[data-edit]")) type(find("[data-ask]", tools).dataset.ask).focus();
    else if (target.matches("[data-close]")) closeSheet();
    else if (target.matches("[data-open]")) {
      showTurn(target.dataset.open);
      openSheet(target);
      find("#evidence")?.scrollTo({ top: 0 });
    } else if (target.matches("[data-copy]")) copy(target, markdown());
    else if (target.matches("[data-link]")) copy(target, linkTo(tools.dataset.kept));
    else if (target.matches("[data-save]")) download(target.dataset.save, markdown());
    else if (target.matches("[data-page]")) savePage(target.dataset.page, tools.dataset.kept);
    else if (target.matches("[data-report]")) {
      download(target.dataset.report, find("iframe.report").srcdoc);
    } else if (target.matches("[data-judge]")) {
      tell(target, server.judge([tools.dataset.kept, target.dataset.judge, language()]));
    } else if (target.matches("[data-collect]")) tell(target, server.collect([tools.dataset.kept, language()]));
    const menu = target.closest(".menu");
    if (menu && !target.matches("[data-link]")) {
      closeMenus(null);
      find("summary", menu).focus();
    }
  });

  // Gradio learns of what is put into the question box as if it were typed.
  function type(text) {
    const box = find("#question textarea");
    box.value = text;
    box.dispatchEvent(new Event("input"));
    return box;
  }

  const language = () => document.documentElement.lang;
  const linkTo = (kept) => `${location.origin}${location.pathname}#answer=${kept}`;

  async function savePage(name, kept) {
    const page = await server.web_page([kept, language()]);
    if (page) download(name, page);
  }

  // What became of a judgement is said where it was given.
  async function tell(button, promise) {
    const line = find(".outcome", button.closest(".tools"));
    try {
      line.textContent = await promise;
    } catch {
      line.textContent = line.dataset.failed;
    }
  }

  // Days are picked in the browser's own calendar; Gradio makes the boxes when the settings are first opened.
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#narrow > button")) return;
    requestAnimationFrame(() => all("#since input, #until input").forEach((box) => (box.type = "date")));
  });

  function closeMenus(except) {
    for (const menu of all("details.menu[open]")) if (menu !== except) menu.open = false;
  }

  document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details.menu")), true);
  document.addEventListener("toggle", (event) => {
    const menu = event.target; // it opens upwards, out of the window when its row stands high
    if (menu.matches?.(".menu[open]")) find(".choices", menu).scrollIntoView({ block: "nearest" });
  }, true);

  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const chip = event.target.closest?.(".chip[data-source]");
      if (chip && !phone.matches) light(chip.dataset.source);
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = find("details.menu[open]");
    if (menu) {
      closeMenus(null);
      find("summary", menu).focus();
    } else closeSheet();
  });

  // A whole article is fetched when it is first opened; `read` is the server's function.
  async function fill(details, read) {
    const slot = find(".slot", details);
    if (!details.open || slot.dataset.filled) return;
    slot.dataset.filled = "true";
    const { article, start, end } = details.dataset;
    try {
      slot.innerHTML = await read([article, Number(start), Number(end), language()]);
      find("mark", slot)?.scrollIntoView({ block: "nearest" });
    } catch {
      delete slot.dataset.filled;
      slot.textContent = slot.dataset.failed;
    }
  }

  // Follows the answer while it is written, until its question has reached the top, where reading begins;
  // not when the person has scrolled elsewhere.
  let pinned = true;
  let followed = "";

  function restingPlace(exchange) {
    const head = find("#top");
    const covered = getComputedStyle(head).position === "sticky" ? head.offsetHeight : 0;
    const top = exchange.getBoundingClientRect().top + scrollY - covered;
    return Math.min(top, document.documentElement.scrollHeight - innerHeight);
  }

  addEventListener("scroll", () => {
    const exchange = find("#live .exchange");
    pinned = !exchange || Math.abs(scrollY - restingPlace(exchange)) < 160;
  }, { passive: true });

  function keepUp(live) {
    const exchange = find(".exchange", live);
    const asked = exchange ? exchange.dataset.exchange + Boolean(find('[role="status"].stage', exchange)) : "";
    if (asked !== followed && asked.endsWith("true")) {
      pinned = true;
      type("");
    }
    followed = asked;
    if (pinned && exchange) scrollTo({ top: restingPlace(exchange) });
  }

  function follow(live, trigger, functions) {
    server = functions;
    const started = () => {
      const head = find(".masthead");
      if (!head) return false;
      document.documentElement.lang = head.dataset.language;
      return true;
    };
    new MutationObserver(() => {
      if (started()) window.articlePlaces.begin(trigger);
      keepUp(live);
      window.articleHistory.note();
    }).observe(live, { childList: true, subtree: true, characterData: true });
  }

  // Where one is stands in the address: #ask, #corpus, #evaluate, or #answer=… for one that was kept.
  const places = {};
  let reopen = null;

  function go() {
    const [name, kept] = location.hash.slice(1).split("=", 2);
    if (name.startsWith("source-")) return; // a link within a place
    const place = name in places ? name : "ask";
    document.body.dataset.here = place;
    for (const link of all("[data-place]")) {
      if (link.matches(".places a")) link.ariaCurrent = link.dataset.place === place ? "page" : null;
    }
    if (place in places) places[place]({ open: language() || "en" });
    if (name === "answer" && kept && reopen) {
      history.replaceState(null, "", "#ask");
      reopen("click", { reopen: [kept] });
    }
  }

  function begin(trigger) {
    if (reopen) {
      const here = document.body.dataset.here;
      for (const link of all(".places a")) link.ariaCurrent = link.dataset.place === here ? "page" : null;
      return;
    }
    reopen = trigger;
    window.articleHistory.begin(trigger);
    const box = find("#question textarea");
    if (box) box.dir = "auto";
    if (box && !phone.matches && document.activeElement === document.body) box.focus({ preventScroll: true });
    go();
  }

  const place = (name, element, trigger) => (places[name] = (data) => trigger("click", data));
  addEventListener("hashchange", go);

  window.articlePlaces = { begin };
  window.articleChat = { fill, follow, place, type };
})();
