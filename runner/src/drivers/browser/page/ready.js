// May a person use this element now? And how the page waits for it.

/** The next animation frame, or 50 ms where a background window draws none. */
const nextFrame = () =>
  Promise.race([new Promise((done) => requestAnimationFrame(done)), new Promise((done) => setTimeout(done, 50))]);
const boxOf = (el) => {
  const r = el.getClientRects()[0];
  return r ? [r.x, r.y, r.width, r.height] : [];
};

const isDisabled = (el) =>
  el.matches(':disabled') || el.closest('[aria-disabled=true]') !== null || el.closest('[inert]') !== null;
const isReadOnly = (el) => el.readOnly === true || el.getAttribute('aria-readonly') === 'true';

/** What lies over the middle of an element, or null if nothing does; frames are asked outwards. */
function coverOf(el) {
  let [x, y] = [0, 0];
  for (let it = el; it; it = it.ownerDocument.defaultView.frameElement) {
    const rect = it === el ? it.getClientRects()[0] : it.getBoundingClientRect();
    const win = it.ownerDocument.defaultView;
    if (it === el)
      [x, y] = [
        (Math.max(rect.left, 0) + Math.min(rect.right, win.innerWidth)) / 2,
        (Math.max(rect.top, 0) + Math.min(rect.bottom, win.innerHeight)) / 2,
      ];
    else [x, y] = [x + rect.left + it.clientLeft, y + rect.top + it.clientTop];
    const top = it.getRootNode().elementFromPoint(x, y);
    if (
      !top ||
      !(it.contains(top) || it.shadowRoot?.contains(top) || [...(it.labels ?? [])].some((label) => label.contains(top)))
    )
      return top ?? it;
    if (win === window) return null;
  }
  return null;
}

/**
 * null when the element may be used, else why not: { reason, by }. That it rests, in two frames one after the other,
 * matters only to a click, which goes to a place; keys go to the element.
 */
async function hindrance(el, purpose) {
  const part = seenPart(el);
  if (!isShown(part)) return { reason: 'hidden' };
  if (isDisabled(el)) return { reason: 'disabled' };
  if (purpose === 'control' && isReadOnly(el)) return { reason: 'read_only' };
  part.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  if (part.tagName === 'AREA') return null;
  if (coverOf(part)) part.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  if (purpose === 'click') {
    const before = String(boxOf(part));
    await nextFrame();
    if (!part.isConnected || String(boxOf(part)) !== before) return { reason: 'moving' };
  }
  const cover = coverOf(part);
  return cover && { reason: 'covered', by: textOf(cover).slice(0, HEADING_MAX) || cover.tagName.toLowerCase() };
}

/**
 * Calls `attempt` at once, after each change of the page and every 50 ms until it returns something or `ms` have
 * passed. A burst of changes is answered once, and on a large page at least half of the time is left to the page itself.
 */
async function until(ms, attempt) {
  const end = performance.now() + ms;
  let wake = () => {};
  const observers = framesUnder(window).map(({ doc }) => {
    const observer = new MutationObserver(() => wake());
    observer.observe(doc, { subtree: true, childList: true, attributes: true, characterData: true });
    return observer;
  });
  try {
    for (;;) {
      const began = performance.now();
      const result = await attempt();
      if (result) return result;
      const rest = Math.max(performance.now() - began, 5);
      const left = end - performance.now();
      if (left <= 0) return null;
      await new Promise((done) => {
        const timer = setTimeout(done, Math.min(left, Math.max(rest, 50)));
        wake = () => {
          clearTimeout(timer);
          setTimeout(done, Math.min(left, rest));
        };
      });
    }
  } finally {
    for (const observer of observers) observer.disconnect();
  }
}
