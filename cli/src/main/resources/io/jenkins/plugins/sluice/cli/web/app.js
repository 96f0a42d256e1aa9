// Keeps the page as it is now. Without it everything works, after a reload.
'use strict';

(() => {
  const EVERY = 1000;
  const page = document.getElementById('parts');
  const connection = document.getElementById('connection');
  let tag = '';
  let timer = 0;
  let failures = 0;

  // What a person has typed, said or opened in a part, to be put into the part that takes its place.
  function keep(part) {
    const fields = new Map();
    for (const field of part.querySelectorAll('input, select, textarea')) {
      if (field.id) fields.set(field.id, field);
    }
    return { fields, open: [...part.querySelectorAll('details')].map((d) => d.open), active: document.activeElement };
  }

  function putBack(part, kept) {
    for (const field of part.querySelectorAll('input, select, textarea')) {
      const old = kept.fields.get(field.id);
      if (!old) continue;
      if (field.type === 'checkbox') field.checked = old.checked;
      else field.value = old.value;
      if (old === kept.active) {
        field.focus({ preventScroll: true });
        if (typeof old.selectionStart === 'number') field.setSelectionRange(old.selectionStart, old.selectionEnd);
      }
    }
    part.querySelectorAll('details').forEach((d, i) => { if (i < kept.open.length) d.open = kept.open[i]; });
  }

  // Pictures and logs change in place: no flicker, and no jump.
  function changeInPlace(old, next) {
    const picture = old.querySelector('img');
    const nextPicture = next.querySelector('img');
    if (picture && nextPicture) {
      picture.src = nextPicture.getAttribute('src');
      old.dataset.version = next.dataset.version;
      return true;
    }
    const log = old.querySelector('pre.tail');
    const nextLog = next.querySelector('pre.tail');
    if (log && nextLog) {
      const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 4;
      const text = nextLog.textContent;
      if (text.startsWith(log.textContent)) log.append(text.slice(log.textContent.length));
      else log.textContent = text;
      if (atEnd) log.scrollTop = log.scrollHeight;
      old.dataset.version = next.dataset.version;
      return true;
    }
    return false;
  }

  function replace(old, next) {
    if (changeInPlace(old, next)) return;
    const notice = old.querySelector('form .notice');
    const kept = keep(old);
    old.replaceWith(next);
    putBack(next, kept);
    const place = next.querySelector('form .notice');
    if (notice && place && !notice.hidden) tell(place, notice.textContent, true);
  }

  function show(html) {
    const parsed = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
    document.title = parsed.dataset.title;
    page.toggleAttribute('data-over', parsed.hasAttribute('data-over'));
    const wanted = [...parsed.children];
    const ids = new Set(wanted.map((part) => part.id));
    for (const part of [...page.children]) if (!ids.has(part.id)) part.remove();
    let before = null;
    for (const next of wanted) {
      const old = document.getElementById(next.id);
      if (!old) {
        if (before) before.after(next); else page.prepend(next);
      } else if (old.dataset.version !== next.dataset.version) {
        replace(old, next);
      }
      before = document.getElementById(next.id);
    }
    tick();
  }

  async function poll() {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') return;
    try {
      const reply = await fetch(page.dataset.source, { headers: tag ? { 'If-None-Match': tag } : {} });
      if (reply.ok) {
        tag = reply.headers.get('ETag') || '';
        show(await reply.text());
      } else if (reply.status !== 304) {
        throw new Error((await reply.text()).trim());
      }
      failures = 0;
      connection.hidden = true;
    } catch (problem) {
      failures += 1;
      const why = problem instanceof TypeError ? 'Sluice does not answer' : problem.message;
      if (failures > 1) tell(connection, `${why}; this is how things were before.`, true);
    }
    if (!page.hasAttribute('data-over')) timer = setTimeout(poll, failures ? Math.min(10, failures) * EVERY : EVERY);
  }

  function tell(place, text, bad) {
    place.textContent = text;
    place.classList.toggle('bad', bad);
    place.hidden = false;
  }

  async function send(event) {
    const form = event.target;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form));
    const button = event.submitter;
    if (button && button.name) data.set(button.name, button.value);
    const buttons = form.querySelectorAll('button');
    const notice = () => document.getElementById(form.closest('section').id)?.querySelector('form .notice');
    buttons.forEach((b) => { b.disabled = true; });
    try {
      const reply = await fetch(form.action, { method: 'POST', body: data, headers: { Accept: 'application/json' } });
      if (!reply.ok) throw new Error((await reply.text()).trim());
      const { done, message } = await reply.json();
      if (notice()) tell(notice(), message, !done);
    } catch (problem) {
      const text = problem instanceof TypeError ? 'Sluice does not answer; nothing was sent.' : problem.message;
      if (notice()) tell(notice(), text, true);
    }
    buttons.forEach((b) => { b.disabled = false; });
    poll();
  }

  function words(seconds) {
    const two = (n) => String(n).padStart(2, '0');
    if (seconds < 60) return `${seconds}s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
    if (seconds < 86400) return `${Math.floor(seconds / 3600)}h ${two(Math.floor((seconds % 3600) / 60))}m`;
    return `${Math.floor(seconds / 86400)}d ${two(Math.floor((seconds % 86400) / 3600))}h`;
  }

  function tick() {
    const now = Date.now();
    for (const place of document.querySelectorAll('[data-since]')) {
      const text = words(Math.max(0, Math.round((now - Date.parse(place.dataset.since)) / 1000)));
      if (place.textContent !== text) place.textContent = text;
    }
    for (const place of document.querySelectorAll('[data-until]')) {
      const left = Math.round((Date.parse(place.dataset.until) - now) / 1000);
      const text = left > 0 ? ` (${words(left)} left)` : ' (over)';
      if (place.textContent !== text) place.textContent = text;
    }
  }

  document.addEventListener('submit', send);
  document.addEventListener('visibilitychange', poll);
  // Who has said their name at one gate need not do so at the next one.
  document.addEventListener('change', (event) => {
    if (event.target.name !== 'voter') return;
    for (const field of document.querySelectorAll('[name=voter]')) field.value = event.target.value;
  });
  document.querySelectorAll('pre.tail').forEach((log) => { log.scrollTop = log.scrollHeight; });
  tick();
  setInterval(tick, EVERY);
  if (!page.hasAttribute('data-over')) timer = setTimeout(poll, EVERY);
})();
