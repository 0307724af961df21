// What was asked in this browser, kept in this browser only: listed, searched, reopened, deleted.
(() => {
  const KEY = `article-assistant.history.${location.pathname}`;
  const LEFT = `article-assistant.left.${location.pathname}`;
  const MOST = 200;
  const find = (selector, root = document) => root.querySelector(selector);
  let open = null;
  let current = crypto.randomUUID?.() ?? String(Math.random());
  let known = "";

  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => one && one.id && Array.isArray(one.kept)) : [];
    } catch {
      return [];
    }
  }

  // The oldest go when the browser's room is full.
  function write(all) {
    let rest = all.slice(0, MOST);
    while (rest.length) {
      try {
        localStorage.setItem(KEY, JSON.stringify(rest));
        return;
      } catch {
        rest = rest.slice(0, -1);
      }
    }
    try {
      localStorage.removeItem(KEY);
    } catch {
      return; // a browser that keeps nothing
    }
  }

  // Called when answers were drawn: the conversation as it stands takes the place of what was kept of it.
  function note() {
    const tools = [...document.querySelectorAll("#talk .tools[data-kept]")].filter((one) => one.dataset.kept);
    const kept = tools.map((one) => one.dataset.kept);
    const seen = kept.join();
    if (seen === known) return;
    known = seen;
    if (!kept.length) return;
    const questions = tools.map((one) => one.dataset.question);
    const one = { id: current, name: questions[0], questions, kept, at: new Date().toISOString() };
    write([one, ...read().filter((other) => other.id !== current)]);
  }

  function begin(trigger) {
    open = trigger;
    document.addEventListener("click", (event) => {
      if (event.target.closest?.("#new, #new button")) anew();
      if (event.target.closest?.("[data-history]")) show();
    });
    const left = JSON.parse(sessionStorage.getItem(LEFT) ?? "{}");
    sessionStorage.removeItem(LEFT);
    const one = read().find((other) => other.id === left.id);
    if (one) reopen(one);
    if (left.typed) window.articleChat.type(left.typed);
  }

  function anew() {
    current = crypto.randomUUID?.() ?? String(Math.random());
    known = "";
  }

  function reopen(one) {
    current = one.id;
    known = one.kept.join();
    find("#history")?.close();
    location.hash = "#ask";
    open("click", { reopen: one.kept });
  }

  // Makes the page anew and comes back to this conversation and to what was being typed.
  function resume() {
    const typed = find("#question textarea")?.value;
    sessionStorage.setItem(LEFT, JSON.stringify({ id: current, typed }));
    location.reload();
  }

  function element(tag, text, attributes = {}) {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  function list(dialog) {
    const words = dialog.dataset;
    const wanted = find("input", dialog).value.toLocaleLowerCase();
    const shown = read().filter((one) => one.questions.join("\n").toLocaleLowerCase().includes(wanted));
    const rows = shown.map((one) => {
      const row = element("li", "");
      const name = element("button", one.name, { type: "button", dir: "auto", class: "name" });
      const form = { dateStyle: "medium", timeStyle: "short" };
      name.append(element("small", new Date(one.at).toLocaleString(document.documentElement.lang, form)));
      name.onclick = () => reopen(one);
      const forget = element("button", words.forget, { type: "button", "aria-label": `${words.forget}: ${one.name}` });
      forget.onclick = () => {
        write(read().filter((other) => other.id !== one.id));
        list(dialog);
        find("input", dialog).focus();
      };
      row.append(name, forget);
      return row;
    });
    find("ul", dialog).replaceChildren(...rows);
    find(".hint", dialog).hidden = shown.length > 0;
    find(".all", dialog).hidden = shown.length === 0;
  }

  function show() {
    const dialog = find("#history");
    find("input", dialog).value = "";
    find("input", dialog).oninput = () => list(dialog);
    find(".close", dialog).onclick = () => dialog.close();
    const all = find(".all", dialog);
    all.dataset.label ??= all.textContent;
    all.textContent = all.dataset.label;
    all.onclick = () => {
      if (all.textContent !== all.dataset.sure) {
        all.textContent = all.dataset.sure; // what is gone cannot be brought back
        return;
      }
      all.textContent = all.dataset.label;
      write([]);
      list(dialog);
      find(".close", dialog).focus();
    };
    list(dialog);
    dialog.showModal();
  }

  window.articleHistory = { begin, note, resume };
})();
