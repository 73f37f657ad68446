// A guard around a real click. The driver looks where an element is and then sends mouse events to that place; a page that
// moves in between would give them to something else. Such events are stopped here, and the click is tried again, unless the
// element has already felt the button go down: then it may have acted, and nothing is done twice.

const GUARD = Symbol.for('yakin.guard');
const MOUSE_EVENTS = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];

function dropGuard() {
  window[GUARD]?.drop();
  delete window[GUARD];
}

/** Lets the next trusted click through only to `el`. */
function guardClick(el) {
  dropGuard();
  const wanted = [el, ...(el.labels ?? [])];
  const guard = { strayed: null, reached: false };
  const judge = (event) => {
    if (!event.isTrusted) return;
    const path = event.composedPath();
    if (wanted.some((one) => path.includes(one))) {
      guard.reached = true;
      // What a click brings about, such as the click of a label on its box, is no longer ours to judge.
      if (event.type === 'click') guard.drop();
      return;
    }
    guard.strayed ??= isElement(path[0]) ? textOf(path[0]).slice(0, HEADING_MAX) || path[0].tagName.toLowerCase() : '';
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const windows = framesUnder(window).map((frame) => frame.win);
  for (const win of windows) for (const type of MOUSE_EVENTS) win.addEventListener(type, judge, true);
  guard.drop = () => {
    for (const win of windows) for (const type of MOUSE_EVENTS) win.removeEventListener(type, judge, true);
  };
  window[GUARD] = guard;
}

/** What got the last click instead of its target, or null. */
function strayedClick() {
  const guard = window[GUARD];
  dropGuard();
  return guard && !guard.reached ? guard.strayed : null;
}
