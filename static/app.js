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
  // A choice of how a page looks; the server writes it into the next one. Without a value it is forgotten.
  const setCookie = (name, value) => {
    const secure = location.protocol === 'https:' ? '; secure' : '';
    document.cookie = `${name}=${value}; path=/; max-age=${value ? 31536000 : 0}; samesite=lax${secure}`;
  };
  const setTheme = theme => {
    setCookie('theme', theme);
    showTheme();
  };
  showTheme();
  dark.addEventListener('change', showTheme);

  // Dependency connectors. The ordered list stays the source of truth; this only draws lines between cards.
  const NS = 'http://www.w3.org/2000/svg';
  function wires(map) {
    const svg = $('.cf-wires', map), box = map.getBoundingClientRect();
    svg.replaceChildren();
    if (getComputedStyle($('.cf-phases', map)).display !== 'grid') return;
    const columns = $$('.cf-phase', map), edges = [];
    const at = (el, column) => {
      const r = el.getBoundingClientRect();
      return { el, column, l: r.left - box.left, r: r.right - box.left, t: r.top - box.top, b: r.bottom - box.top, y: (r.top + r.bottom) / 2 - box.top };
    };
    const nodes = new Map(columns.flatMap((column, i) => $$('.cf-node', column).map(n => [n.id, at(n, i)])));
    nodes.forEach(to => (to.el.dataset.needs || '').split(' ').filter(Boolean).forEach(id => {
      const from = nodes.get('n-' + id);
      if (from) edges.push({ from, to });
    }));
    // Below each other: a short line down. Side by side: a line across the gutter. Farther ones would cross cards; "Needs" names them.
    edges.filter(({ from, to }) => from.column === to.column).forEach(e => below(svg, nodes, e));
    columns.slice(1).forEach((_, i) => across(svg, edges.filter(({ from, to }) => from.column === i && to.column === i + 1)));
  }
  function draw(svg, d, tip, { from, to }) {
    const lit = [from, to].some(n => n.el.getAttribute('aria-current') === 'true') ? ' lit' : '';
    const state = ['is-done', 'is-skipped'].find(s => from.el.classList.contains(s)) || 'is-locked';
    [d, tip].forEach(path => {
      const p = document.createElementNS(NS, 'path');
      p.setAttribute('d', path);
      p.setAttribute('class', state === 'is-done' ? state : state + lit);
      svg.append(p);
    });
  }
  function below(svg, nodes, edge) {
    const { from, to } = edge, x = from.l + 24;
    const between = [...nodes.values()].some(n => n.column === from.column && n.t >= from.b && n.b <= to.t);
    if (to.t > from.b && !between) draw(svg, `M${x} ${from.b}V${to.t - 2}`, `M${x - 4} ${to.t - 7}l4 5l4-5`, edge);
  }
  // Lines that would cross one already there are left out; those that run side by side take a lane each.
  function across(svg, edges) {
    const kept = [], rise = e => e.to.y - e.from.y, R = 8;
    [...edges].sort((a, b) => Math.abs(rise(a)) - Math.abs(rise(b))).forEach(e => {
      if (kept.every(k => (e.from.y - k.from.y) * (e.to.y - k.to.y) >= 0)) kept.push(e);
    });
    const arrivals = to => kept.filter(k => k.to === to).sort((a, b) => a.from.y - b.from.y);
    const lane = e => {
      const up = rise(e) < 0, turns = kept.filter(k => Math.abs(rise(k)) >= 4 && rise(k) < 0 === up).map(k => k.from.y);
      return [...new Set(turns)].sort((a, b) => up ? a - b : b - a).indexOf(e.from.y);
    };
    kept.forEach(e => {
      const { from, to } = e, x1 = from.r, x2 = to.l - 2, mates = arrivals(to), s = Math.sign(rise(e));
      const straight = Math.abs(rise(e)) < 4, y = straight ? from.y : to.y + (mates.length > 1 ? (mates.indexOf(e) - (mates.length - 1) / 2) * 14 : 0);
      const x = Math.min(x1 + 12 + lane(e) * 7, x2 - R - 4), tip = `M${x2 - 5} ${y - 4}l5 4l-5 4`;
      draw(svg, straight ? `M${x1} ${y}H${x2}` : `M${x1} ${from.y}H${x - R}Q${x} ${from.y} ${x} ${from.y + s * R}V${y - s * R}Q${x} ${y} ${x + R} ${y}H${x2}`, tip, e);
    });
  }
  const maps = new ResizeObserver(entries => entries.forEach(e => wires(e.target)));

  // A step was chosen and its panel has come: mark the card, say the title, and bring the panel into view where it lies below.
  function showStep(panel) {
    const shown = $('[data-step]', panel), node = shown && document.getElementById('n-' + shown.dataset.step), map = node?.closest('[data-map]');
    if (!map) return;
    $$('.cf-node', map).forEach(n => n === node ? n.setAttribute('aria-current', 'true') : n.removeAttribute('aria-current'));
    wires(map);
    $('#panel-said').textContent = $('h2', panel).textContent;
    if (innerWidth < 1200) panel.scrollIntoView({ block: 'start' });
  }

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
  });
  document.addEventListener('keydown', e => {
    if (e.key !== 'Escape') return;
    $$('details.cf-menu[open]').forEach(d => { d.open = false; $('summary', d).focus(); });
  });
  document.addEventListener('input', e => { if (e.target.matches('[data-count]')) syncCount(e.target); });
  // A browser puts back what was written before; the counter follows.
  addEventListener('pageshow', () => $$('[data-count]').forEach(syncCount));
  document.addEventListener('change', e => {
    const t = e.target;
    if (t.matches('[data-theme-choice]')) setTheme(t.value);
    if (t.matches('[name=view]')) {
      setCookie('view', t.value === 'list' ? 'list' : '');
      $$('[data-map]').forEach(wires);
    }
    if (t.form && t.type === 'checkbox') $$('[data-bulk]', t.form).forEach(syncBulk);
    const form = t.closest('form[data-submit-on-change]');
    if (form && t.type !== 'search' && t.type !== 'text') form.requestSubmit();
  });

  // htmx: new pieces are set up; a request that fails says so in words, where everybody can read it.
  let asList = false;
  document.addEventListener('htmx:beforeSwap', () => { asList = !!$('#as-list')?.checked; });
  document.addEventListener('htmx:load', e => {
    $$('#as-list', e.detail.elt).forEach(list => { list.checked = list.checked || asList; });
    setUp(e.detail.elt);
    if (e.detail.elt.id === 'panel') showStep(e.detail.elt);
  });
  // Who acts by keyboard goes on where the result is; who chose a card of the map stays on it.
  document.addEventListener('htmx:afterSettle', e => {
    const by = e.detail.requestConfig?.elt, place = $('[data-result]', e.detail.elt);
    if (place && !by?.closest('[data-map]')) place.focus();
  });
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
  });
})();
