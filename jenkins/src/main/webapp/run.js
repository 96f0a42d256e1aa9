/* Keeps the page of a run up to date: asks for its parts and puts those that have changed where the old ones are. */
(function () {
  "use strict";
  const root = document.getElementById("sluice-run");
  if (!root) {
    return;
  }
  const connection = document.getElementById("sluice-connection");
  const PAUSE = 3000;
  const shown = new Map();

  function isOver() {
    const head = document.getElementById("sluice-head");
    return head !== null && head.dataset.over === "true";
  }

  function words(seconds) {
    const two = (n) => String(n).padStart(2, "0");
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return Math.floor(seconds / 60) + "m " + two(seconds % 60) + "s";
    }
    return Math.floor(seconds / 3600) + "h " + two(Math.floor((seconds % 3600) / 60)) + "m";
  }

  function tick() {
    root.querySelectorAll("time.sluice-since").forEach((time) => {
      const since = Date.parse(time.dateTime);
      if (!Number.isNaN(since)) {
        time.title = time.title || time.textContent;
        time.textContent = words(Math.max(0, Math.floor((Date.now() - since) / 1000)));
      }
    });
  }

  function scrolls(part) {
    return Array.from(part.querySelectorAll(".sluice-wide")).map((wide) => [wide.scrollLeft, wide.scrollTop]);
  }

  function put(parts) {
    let before = null;
    const ids = new Set();
    parts.forEach((part) => {
      ids.add(part.id);
      const text = part.outerHTML;
      const old = document.getElementById(part.id);
      let now = old;
      if (old === null) {
        now = part;
        if (before === null) {
          root.prepend(part);
        } else {
          before.after(part);
        }
      } else if (shown.get(part.id) !== text) {
        const places = scrolls(old);
        const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
        old.replaceWith(part);
        now = part;
        part.querySelectorAll(".sluice-wide").forEach((wide, i) => {
          if (places[i]) {
            wide.scrollLeft = places[i][0];
            wide.scrollTop = places[i][1];
          }
        });
        if (focused !== null) {
          const again = Array.from(part.querySelectorAll("a")).find((a) => a.getAttribute("href") === focused);
          if (again) {
            again.focus({ preventScroll: true });
          }
        }
      }
      shown.set(part.id, text);
      before = now;
    });
    Array.from(root.children).forEach((part) => {
      if (!ids.has(part.id)) {
        part.remove();
      }
    });
    tick();
  }

  async function refresh() {
    if (!document.hidden) {
      try {
        const answer = await fetch("parts", { credentials: "same-origin", cache: "no-store" });
        if (!answer.ok) {
          throw new Error("status " + answer.status);
        }
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const parts = Array.from(page.body.querySelectorAll(":scope > section"));
        if (parts.length > 0) {
          put(parts);
        }
        connection.hidden = true;
      } catch (e) {
        connection.hidden = false;
      }
    }
    if (!isOver()) {
      setTimeout(refresh, PAUSE);
    }
  }

  Array.from(root.children).forEach((part) => shown.set(part.id, part.outerHTML));
  tick();
  setInterval(tick, 1000);
  if (!isOver()) {
    setTimeout(refresh, PAUSE);
  }
})();
