// May a person use this element now? And how the page waits for it.

/** Two animation frames, or 100 ms where a background window draws none. */
const twoFrames = () => Promise.race([
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  new Promise((done) => setTimeout(done, 100)),
]);
const boxOf = (el) => {
  const r = el.getClientRects()[0];
  return r ? [r.x, r.y, r.width, r.height] : [];
};

const isDisabled = (el) => el.matches(':disabled') || el.closest('[aria-disabled=true]') !== null || el.closest('[inert]') !== null;
const isReadOnly = (el) => el.readOnly === true || el.getAttribute('aria-readonly') === 'true';

/** What lies over the middle of an element, or null if nothing does; frames are asked outwards. */
function coverOf(el) {
  let [x, y] = [0, 0];
  for (let it = el; it; it = it.ownerDocument.defaultView.frameElement) {
    const rect = it === el ? it.getClientRects()[0] : it.getBoundingClientRect();
    const win = it.ownerDocument.defaultView;
    if (it === el) [x, y] = [(Math.max(rect.left, 0) + Math.min(rect.right, win.innerWidth)) / 2, (Math.max(rect.top, 0) + Math.min(rect.bottom, win.innerHeight)) / 2];
    else [x, y] = [x + rect.left + it.clientLeft, y + rect.top + it.clientTop];
    const top = it.getRootNode().elementFromPoint(x, y);
    if (!top || !(it.contains(top) || it.shadowRoot?.contains(top) || [...(it.labels ?? [])].some((label) => label.contains(top)))) return top ?? it;
    if (win === window) return null;
  }
  return null;
}

/** null when the element may be used, else why not: { reason, by }. */
async function hindrance(el, purpose) {
  const part = purpose === 'click' ? seenPart(el) : el;
  if (!isShown(seenPart(el))) return { reason: 'hidden' };
  if (isDisabled(el)) return { reason: 'disabled' };
  if (purpose === 'control' && isReadOnly(el)) return { reason: 'read_only' };
  part.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  const before = boxOf(part);
  await twoFrames();
  if (!part.isConnected) return { reason: 'moving' };
  if (String(before) !== String(boxOf(part))) return { reason: 'moving' };
  if (purpose === 'click' && part.tagName !== 'AREA' && part.tagName !== 'OPTION') {
    if (coverOf(part)) part.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const cover = coverOf(part);
    if (cover) return { reason: 'covered', by: tidy(cover.textContent ?? '').slice(0, HEADING_MAX) || cover.tagName.toLowerCase() };
  }
  return null;
}

/**
 * Calls `attempt(late)` at once, after each change of the page and every 50 ms until it returns something or `ms` have passed.
 * A burst of changes is answered once, 5 ms after its first.
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
      const result = await attempt();
      if (result) return result;
      const left = end - performance.now();
      if (left <= 0) return null;
      await new Promise((done) => {
        const timer = setTimeout(done, Math.min(left, 50));
        wake = () => {
          clearTimeout(timer);
          setTimeout(done, 5);
        };
      });
    }
  } finally {
    for (const observer of observers) observer.disconnect();
  }
}
