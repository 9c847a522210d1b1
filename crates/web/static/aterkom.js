// A little help on pages that work without it. Texts come with the tag that loads this, in the reader's language.
"use strict";
(() => {
  const say = document.currentScript.dataset;
  const main = document.getElementById("main");
  const seen = main.textContent;
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  main.prepend(status);

  // Copy a number: for who rings from another telephone.
  if (navigator.clipboard) {
    for (const link of document.querySelectorAll('a.tel[href^="tel:"]')) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet copy";
      const name = (text) => {
        button.textContent = text;
        button.setAttribute("aria-label", `${text}: ${link.textContent}`);
      };
      name(say.copy);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(link.textContent);
        name(say.copied);
        status.className = "unseen";
        status.textContent = `${say.copied}: ${link.textContent}`;
        setTimeout(() => name(say.copy), 2000);
      });
      link.after(" ", button);
    }
  }

  // In a list, J and K go to the next and the one before; nowhere else, so that no key is taken from whoever writes.
  const cards = [...document.querySelectorAll(".cards > li")];
  document.addEventListener("keydown", (event) => {
    const at = cards.findIndex((card) => card.contains(document.activeElement));
    const writes = event.target.closest("input, textarea, select");
    const step = { j: 1, k: -1 }[event.key];
    if (at < 0 || writes || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = cards[at + step];
    if (to) to.querySelector("a, button, summary").focus();
  });

  // Look again now and then. What changed is told, and not put under somebody's finger.
  if (!("refresh" in main.dataset)) return;
  const look = async () => {
    if (document.hidden) return;
    const answer = await fetch(location.href, { headers: { "Cache-Control": "no-cache" } }).catch(() => null);
    if (!answer || !(answer.ok || answer.redirected)) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.redirected && page.getElementById("main").textContent === seen) return;
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = say.reload;
    status.className = "notice";
    status.replaceChildren(`${say.changed} `, link);
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  };
  const timer = setInterval(look, 60000);
  document.addEventListener("visibilitychange", look);
})();
