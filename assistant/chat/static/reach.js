// Says when the assistant cannot be reached; when it is back the page is made anew, with the conversation on it.
(() => {
  const SECONDS = { well: 20, lost: 3 };
  let lost = false;

  async function reached() {
    try {
      await fetch("robots.txt", { cache: "no-store" });
      return true;
    } catch {
      return false;
    }
  }

  async function look() {
    const line = document.querySelector(".reach");
    if (line && !document.hidden) {
      const well = await reached();
      if (well && lost) window.articleHistory.resume(); // what was started anew knows nothing of this page
      line.textContent = well ? "" : line.dataset.lost;
      line.hidden = well;
      lost = !well;
    }
    setTimeout(look, 1000 * (lost ? SECONDS.lost : SECONDS.well));
  }

  setTimeout(look, SECONDS.well * 1000);
})();
