/* CareerForge page behaviour. Everything here is an enhancement: each page reads and works without it.
   Clicks and changes are heard once, on the document; what must be drawn or measured is set up anew for every piece that htmx swaps in. */
(() => {
  'use strict';
  const root = document.documentElement;
  const $ = (s, el = document) => el.querySelector(s);
  const $$ = (s, el = document) => [...(el.matches?.(s) ? [el] : []), ...el.querySelectorAll(s)];
  root.classList.add('js');

  // Theme: the cookie wins, else the system. The server writes the cookie's value into the page; this fills in the system's.
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1] || '';
  const showTheme = () => {
    root.setAttribute('data-bs-theme', chosen() || (dark.matches ? 'dark' : 'light'));
    $$('[data-theme-choice]').forEach(r => { r.checked = r.value === chosen(); });
  };
  const setTheme = theme => {
    const secure = location.protocol === 'https:' ? '; secure' : '';
    document.cookie = `theme=${theme}; path=/; max-age=${theme ? 31536000 : 0}; samesite=lax${secure}`;
    showTheme();
  };
  showTheme();
  dark.addEventListener('change', showTheme);

  // Dependency connectors. The ordered list stays the source of truth; this only draws lines between cards.
  const NS = 'http://www.w3.org/2000/svg';
  function wires(map) {
    const svg = $('.cf-wires', map), box = map.getBoundingClientRect(), R = 8;
    svg.replaceChildren();
    if (getComputedStyle($('.cf-phases', map)).display !== 'grid') return;
    const rect = el => {
      const r = el.getBoundingClientRect();
      return { l: r.left - box.left, r: r.right - box.left, y: (r.top + r.bottom) / 2 - box.top };
    };
    const draw = (d, cls) => {
      const p = document.createElementNS(NS, 'path');
      p.setAttribute('d', d);
      p.setAttribute('class', cls);
      svg.append(p);
    };
    $$('.cf-node', map).forEach(to => (to.dataset.needs || '').split(' ').filter(Boolean).forEach((id, _, all) => {
      const from = document.getElementById('n-' + id);
      if (!from || !map.contains(from)) return;
      const a = rect(from), b = rect(to);
      if (b.l <= a.r) return;
      const lit = [from, to].some(n => n.getAttribute('aria-current') === 'true') ? ' lit' : '';
      const state = from.classList.contains('is-done') ? 'is-done' : from.classList.contains('is-skipped') ? 'is-skipped' : 'is-locked';
      const cls = state === 'is-done' ? state : state + lit;
      const straight = Math.abs(a.y - b.y) < 4, up = b.y < a.y, s = up ? -1 : 1;
      const y2 = straight || all.length === 1 ? b.y : b.y + (up ? 14 : -14);
      const x1 = a.r, x2 = b.l - 2, xm = x1 + (x2 - x1) * (up ? .42 : .58), y = straight ? b.y : y2;
      draw(straight ? `M${x1} ${y}H${x2}`
        : `M${x1} ${a.y}H${xm - R}Q${xm} ${a.y} ${xm} ${a.y + s * R}V${y2 - s * R}Q${xm} ${y2} ${xm + R} ${y2}H${x2}`, cls);
      draw(`M${x2 - 5} ${y - 4}l5 4l-5 4`, cls);
    }));
  }
  const maps = new ResizeObserver(entries => entries.forEach(e => wires(e.target)));

  // Choosing a step: mark it, and show its panel when the panels are on the page.
  function choose(node) {
    const map = node.closest('[data-map]'), panel = document.getElementById('p-' + node.id.slice(2));
    $$('.cf-node', map).forEach(n => n === node ? n.setAttribute('aria-current', 'true') : n.removeAttribute('aria-current'));
    wires(map);
    if (!panel) return;
    $$('.cf-panel').forEach(p => p.classList.toggle('is-default', p === panel));
    const said = document.getElementById('panel-said');
    if (said) said.textContent = $('h2', panel).textContent;
    if (innerWidth < 1200) panel.scrollIntoView({ block: 'start' });
  }
  const nodeOf = hash => hash.startsWith('#p-') && document.getElementById('n-' + hash.slice(3));

  function syncBulk(bar) {
    const boxes = $$('tbody input[type=checkbox]', bar.closest('form'));
    const count = boxes.filter(b => b.checked).length;
    bar.hidden = !count;
    $('[data-bulk-n]', bar).textContent = count;
    boxes.forEach(b => b.closest('tr').classList.toggle('is-on', b.checked));
  }

  function syncCount(area) {
    const out = document.getElementById(area.dataset.count), show = n => n.toLocaleString(root.lang || 'en');
    out.textContent = (out.dataset.text || '{n} of {max}').replace('{n}', show(area.value.length)).replace('{max}', show(area.maxLength));
    out.classList.toggle('bad', area.value.length > area.maxLength * .95);
  }

  // Runs for the page and for every piece swapped into it.
  function setUp(el) {
    $$('[data-map]', el).forEach(map => { wires(map); maps.observe(map); document.fonts?.ready.then(() => wires(map)); });
    $$('[data-bulk]', el).forEach(syncBulk);
    const around = el.closest?.('form');
    if (around) $$('[data-bulk]', around).forEach(syncBulk);
    $$('[data-count]', el).forEach(syncCount);
    if (innerWidth < 1200) $$('details[data-close-sm]', el).forEach(d => { d.open = false; });
    $$('[data-theme-choice]', el).forEach(r => { r.checked = r.value === chosen(); });
  }

  document.addEventListener('click', e => {
    if (!(e.target instanceof Element)) return;
    const hit = s => e.target.closest(s);
    $$('details.cf-menu[open]').forEach(d => d.contains(e.target) || (d.open = false));
    if (hit('[data-theme-toggle]')) setTheme(root.getAttribute('data-bs-theme') === 'dark' ? 'light' : 'dark');
    const press = hit('[data-press]');
    if (press) {
      const on = press.getAttribute('aria-pressed') !== 'true';
      $$('[data-press]', press.parentNode).forEach(x => x.setAttribute('aria-pressed', String(x === press && on)));
    }
    const clear = hit('[data-bulk-clear]');
    if (clear) {
      const bar = clear.closest('[data-bulk]');
      $$('tbody input[type=checkbox]', bar.closest('form')).forEach(b => { b.checked = false; });
      syncBulk(bar);
    }
    const link = hit('a[href^="#p-"]'), node = hit('[data-map] .cf-node') || (link && nodeOf(link.hash));
    if (node) {
      if (link && document.getElementById(link.hash.slice(1))) e.preventDefault();
      choose(node);
    }
  });
  document.addEventListener('keydown', e => {
    if (e.key !== 'Escape') return;
    $$('details.cf-menu[open]').forEach(d => { d.open = false; $('summary', d).focus(); });
  });
  document.addEventListener('input', e => { if (e.target.matches('[data-count]')) syncCount(e.target); });
  document.addEventListener('change', e => {
    const t = e.target;
    if (t.matches('[data-theme-choice]')) setTheme(t.value);
    if (t.matches('[name=view]')) $$('[data-map]').forEach(wires);
    if (t.form && t.type === 'checkbox') $$('[data-bulk]', t.form).forEach(syncBulk);
    const form = t.closest('form[data-submit-on-change]');
    if (form && t.type !== 'search' && t.type !== 'text') form.requestSubmit();
  });

  // htmx: new pieces are set up; a request that fails says so in words, where everybody can read it.
  document.addEventListener('htmx:load', e => setUp(e.detail.elt));
  document.addEventListener('htmx:historyRestore', () => { showTheme(); setUp(document); });
  const failed = () => {
    const place = $('#said'), words = $('#said-failed');
    if (place && words) place.replaceChildren(words.content.cloneNode(true));
  };
  document.addEventListener('htmx:responseError', failed);
  document.addEventListener('htmx:sendError', failed);
  document.addEventListener('htmx:timeout', failed);
  document.addEventListener('htmx:beforeRequest', () => $('#said')?.replaceChildren());

  document.addEventListener('DOMContentLoaded', () => {
    setUp(document);
    const node = nodeOf(location.hash);
    if (node) choose(node);
  });
})();
