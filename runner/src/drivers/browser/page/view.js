// What can be looked at: this document, its same-origin frames, and open shadow roots in all of them.

/** Frames with their path of indexes from the top, which comes first. Unseen ones and other origins are left out. */
function framesUnder(win, path = []) {
  const found = [{ win, doc: win.document, path }];
  for (let i = 0; i < win.length; i += 1) {
    const child = win[i];
    let element = null;
    try {
      element = child.document && child.frameElement;
    } catch {
      // Another origin: its content is closed to scripts.
    }
    if (element && isShown(element)) found.push(...framesUnder(child, [...path, i]));
  }
  return found;
}

function isFrameNamed(frame, wanted) {
  const el = frame.path.length ? frame.win.frameElement : null;
  if (!el) return false;
  const names = [el.name, el.id, el.title, el.getAttribute('aria-label'), frame.doc.title].filter(Boolean);
  return names.some((name) => name === wanted || heading(name) === heading(wanted));
}

/** All frames, or only the named one with what is in it. */
function framesFor(name) {
  const frames = framesUnder(window);
  for (const frame of frames) watchLeaving(frame);
  if (!name) return frames;
  const inside = frames.filter((frame) => isFrameNamed(frame, name));
  return inside.length ? framesUnder(inside[0].win, inside[0].path) : [];
}

/**
 * How long a document that began to leave is taken for gone. A download looks the same but leaves it there, and nothing tells
 * them apart, so this is short; the driver itself waits for the top document, however long it takes.
 */
const LEAVING_MS = 3_000;
const LEAVING = Symbol.for('yakin.leaving');

/** Remembers when a document starts to be replaced: nothing else tells that the page in a frame is the old one. */
function watchLeaving({ win, doc }) {
  if (doc[LEAVING] !== undefined || !win.navigation) return;
  doc[LEAVING] = 0;
  win.navigation.addEventListener('navigate', (event) => {
    const stays = event.hashChange || event.downloadRequest !== null || event.destination.sameDocument;
    if (stays) return;
    doc[LEAVING] = performance.now();
    event.signal.addEventListener('abort', () => (doc[LEAVING] = 0));
  });
}
const isLeaving = (doc) => doc[LEAVING] > 0 && performance.now() - doc[LEAVING] < LEAVING_MS;
const isLoading = (frames) =>
  frames.some(({ doc }) => doc.readyState === 'loading' || !doc.documentElement || isLeaving(doc));

function rootsUnder(root) {
  const roots = [root];
  for (const el of root.querySelectorAll('*')) if (el.shadowRoot) roots.push(...rootsUnder(el.shadowRoot));
  return roots;
}

/** A place to search: a list of roots. `all(css)` asks them in order. */
function placeOf(frames) {
  const roots = frames.flatMap((frame) => rootsUnder(frame.doc));
  return { roots, frames, all: (css) => roots.flatMap((root) => [...root.querySelectorAll(css)]) };
}

/** The same place narrowed to what lies within one element. */
function placeWithin(place, el) {
  const roots = rootsUnder(el);
  return { ...place, roots, all: (css) => roots.flatMap((root) => [...root.querySelectorAll(css)]) };
}

function isShown(el) {
  if (el.tagName === 'OPTION' || el.tagName === 'AREA') return isShown(el.parentElement);
  return el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length > 0;
}

/** Styled boxes are often drawn by their label while the input itself is hidden: then the label is what a person sees. */
function seenPart(el) {
  if (isShown(el) || !el.labels) return el;
  return [...el.labels].find(isShown) ?? el;
}

function framePathOf(el) {
  return framesUnder(window).find((frame) => frame.doc === el.ownerDocument)?.path ?? [];
}

/** The place of this page as grants write it: its host, and `http://` before it where the way there is open to others. */
function origin() {
  const here = /^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname);
  return location.protocol === 'https:' || here ? location.host : `${location.protocol}//${location.host}`;
}
