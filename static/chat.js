/* An answer appears while it is written. Without this script the page refreshes itself instead.
   Everything that comes is put in as text; when the answer is complete, the server's own markup of it takes its place. */
(() => {
  'use strict';
  const answer = document.querySelector('[data-stream]'), said = document.getElementById('chat-said');
  if (!answer || !window.EventSource) return;
  const points = answer.querySelector('[data-points]'), prose = points.parentNode;

  const element = (name, css, text) => {
    const made = document.createElement(name);
    made.className = css;
    made.textContent = text;
    return made;
  };
  // What the rules' answer takes the place of stays at hand; the line behind it says why.
  const fold = () => {
    const before = element('details', 'disc mt-3', ''), list = document.createElement('ul');
    list.append(...points.children);
    before.append(element('summary', '', answer.dataset.before), list);
    prose.after(before);
  };
  const show = piece => {
    if (piece.kind === 'over') {
      prose.querySelectorAll('.note').forEach(note => note.remove());
      if (points.childElementCount) fold();
      return;
    }
    if (piece.kind !== 'sentence') {
      if (piece.text) prose.insertBefore(element('p', 'note', piece.text), points);
      return;
    }
    const point = element('li', '', piece.text);
    piece.cites.forEach(one => {
      const mark = element('span', 'cite', String(one.n));
      mark.setAttribute('role', 'img');
      mark.setAttribute('aria-label', `${answer.dataset.source} ${one.n}: ${one.title}`);
      point.append('\u00a0', mark);
    });
    points.append(point);
  };

  // The page as the server has it now; only this answer is taken from it, so that what is being typed stays.
  const finish = async () => {
    const page = await fetch(location.href, { headers: { 'Accept': 'text/html' } });
    const fresh = new DOMParser().parseFromString(await page.text(), 'text/html').getElementById(answer.id);
    if (!page.ok || !fresh) return location.reload();
    const shown = document.importNode(fresh, true);
    answer.replaceWith(shown);
    window.htmx?.process(shown);
    said.textContent = said.dataset.done;
  };

  const source = new EventSource(answer.dataset.stream);
  source.addEventListener('piece', event => show(JSON.parse(event.data)));
  source.addEventListener('end', () => { source.close(); finish().catch(() => location.reload()); });
  // A refusal ends the stream for good; a stream that only broke off, the browser takes up again by itself.
  source.addEventListener('error', () => { if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 3000); });
  said.textContent = said.dataset.writing;
  answer.scrollIntoView({ block: 'nearest' });
})();
