// The one entry. The library is sent once for each document and stays there under a symbol; each call brings its request
// and WebDriver's callback. Elements are registered under a number, and fetched by a second, tiny script inside their frame
// when a real click or key is needed.

const REGISTER = Symbol.for('yakin.elements');
function register(el) {
  const known = (window[REGISTER] ??= []);
  let id = known.indexOf(el);
  if (id < 0) id = known.push(el) - 1;
  return { id, path: framePathOf(el), ...(el.ownerDocument === document ? { element: el } : {}) };
}

const wantedText = (locator) => {
  const [, arg] = Object.entries(locator.by)[0];
  return typeof arg === 'string' ? arg : (arg.name ?? arg.role);
};

/** The failure of a target, with what a person needs to mend it. */
const failure = (found, target, frame, purpose) =>
  found.state === 'none'
    ? { ...found, ...surroundings(wantedText(target.bundle[0]), frame, purpose !== 'click') }
    : { ...found, els: undefined, key: undefined };

/** Waits for a target to be there and usable. */
async function findReady({ target, purpose, frame, ms, spares }) {
  let last = { state: 'none', hidden: 0 };
  const done = await until(ms, async () => {
    const found = locateTarget(target, purpose, frame, spares);
    last = found;
    if (found.state !== 'one') return null;
    if (purpose === 'read' || purpose === 'text') return found;
    const why = await hindrance(found.els[0], purpose);
    if (why) last = { state: 'not_ready', ...why, name: found.name };
    return why ? null : found;
  });
  return done ?? failure(last, target, frame, purpose);
}

const OPERATIONS = {
  async find(request) {
    const found = await findReady(request);
    if (found.state !== 'one') return found;
    if (request.private) keepPrivate(found.els);
    const el = request.purpose === 'click' ? seenPart(found.els[0]) : found.els[0];
    if (request.purpose === 'click') guardClick(el);
    return { state: 'one', which: found.which, how: found.how, exact: found.exact, name: found.name, ...register(el) };
  },
  async read(request) {
    const found = await findReady({ ...request, purpose: 'read' });
    if (found.state !== 'one') return found;
    const [el] = found.els;
    return {
      state: 'one',
      which: found.which,
      how: found.how,
      exact: found.exact,
      value: found.value ?? (isControl(el) ? shownValue(el) : textOf(el, true)),
    };
  },
  async table(request) {
    const found = await findReady({ ...request, purpose: 'text' });
    if (found.state !== 'one') return found;
    const table = tableAt(found.els[0]);
    return table
      ? { state: 'one', ...tableOf(table) }
      : { state: 'none', hidden: 0, ...surroundings(wantedText(request.target.bundle[0]), request.frame) };
  },
  async cell({ row, field, frame, ms }) {
    const found = await until(ms, () => {
      const values = [...new Set(valuesInRows(stayingPlace(frame), row, field))];
      return values.length > 0 ? values : null;
    });
    if (found?.length === 1) return { state: 'one', value: found[0] };
    return found
      ? { state: 'many', names: found.map(() => field) }
      : { state: 'none', hidden: 0, ...surroundings(row, frame) };
  },
  async see({ signs, frame, ms, wanted }) {
    const seen = await until(ms, () => seeSigns(signs, frame));
    return seen ? { state: 'one', ...seen } : { state: 'none', hidden: 0, ...surroundings(wanted, frame) };
  },
  async fill({ fields, keys, frame, ms, spares }) {
    const end = performance.now() + ms;
    const done = [];
    for (const one of fields) {
      const field = await fillField({ ...one, keys, frame, ms: Math.max(end - performance.now(), 0), spares });
      done.push(field);
      if (field.refusal) break;
    }
    moveOn();
    return { state: 'one', fields: done.map((field) => resultOf(field, register)) };
  },
  compare: ({ checks }) => ({
    state: 'one',
    held: checks.map(({ id, text }) => comparison({ el: window[REGISTER][id], want: text })),
    lens: checks.map(({ id }) => heldText(window[REGISTER][id]).length),
  }),
  clicked: () => ({ state: 'one', strayed: strayedClick() }),
  focused: () => ({ state: 'one', ...register(keyTarget()) }),
  text: ({ frame, covered }) => ({
    state: 'one',
    value: placeOf(framesFor(frame))
      .roots.flatMap((root) =>
        covered
          ? linesForEyes(root, root.ownerDocument ?? root)
          : linesOf(root.body ?? root.documentElement ?? root, true),
      )
      .join('\n'),
  }),
  describe: async ({ all, ms }) => {
    await until(ms, () => !isLoading(framesFor(null)));
    return { state: 'one', ...whileStill(() => describe(all)) };
  },
  frame: async ({ name, ms }) =>
    (await until(ms, () => framesFor(name).length > 0))
      ? { state: 'one' }
      : { state: 'none', hidden: 0, ...surroundings(name, null) },
  mask({ spec }) {
    putMasks(spec);
    return { state: 'one' };
  },
  unmask: ({ spec }) => ({ state: 'one', complete: takeMasks(spec) }),
};

/** Finds one field and fills it; options that a script is still loading are waited for. */
async function fillField(request) {
  const end = performance.now() + request.ms;
  const found = await findReady({ ...request, purpose: 'control' });
  if (found.state !== 'one') return { refusal: found };
  // Before anything is filled: a picture is also taken when a field refuses its value.
  if (request.private) keepPrivate(found.els);
  let refusal = null;
  const acts = await until(end - performance.now(), () => {
    try {
      return plan(found.els, request.value);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal = { ...error };
      return refusal.state === 'no_option' ? null : [];
    }
  });
  if (!acts?.length) return { refusal: { ...refusal, name: found.name } };
  const closed = acts.find(({ el }) => isDisabled(el) || isReadOnly(el));
  if (closed)
    return {
      refusal: { state: 'not_ready', reason: isDisabled(closed.el) ? 'disabled' : 'read_only', name: found.name },
    };
  for (const act of acts) if (!request.keys || !isTyped(act)) act.run();
  return { acts, which: found.which, how: found.how, exact: found.exact, name: found.name };
}

const LAST_FIELD = Symbol.for('yakin.last-field');

/** Where the focus is, also inside frames and shadow roots. */
function focusedElement() {
  let el = document.activeElement;
  for (;;) {
    const inner =
      el?.shadowRoot?.activeElement ?? (/^I?FRAME$/.test(el?.tagName ?? '') ? el.contentDocument?.activeElement : null);
    if (!inner) return el;
    el = inner;
  }
}

/** Where keys go when no target is named: the focus, else the field filled last. */
function keyTarget() {
  const el = focusedElement();
  const last = window[LAST_FIELD];
  return (!el || el === el.ownerDocument.body) && last?.isConnected
    ? last
    : (el ?? document.body ?? document.documentElement);
}

/** Lets the last field's `change` happen as if the person had moved on; a key pressed next still goes to that field. */
function moveOn() {
  const el = focusedElement();
  if (!el || !(isControl(el) || el.isContentEditable)) return;
  window[LAST_FIELD] = el;
  el.blur();
}

/** Nothing is read from a page that the run may not visit, and nothing is put into it. An empty page, or the browser's own
 * about a failure, holds nothing; pictures are evidence of where the run went. */
const isStrange = ({ op, origins }) =>
  origins && op !== 'mask' && op !== 'unmask' && !/^(about|chrome-error):/.test(location.protocol)
    ? !origins.includes(origin())
    : false;

window[Symbol.for('yakin.page')] = async (request, done) => {
  try {
    done(isStrange(request) ? { state: 'strange', origin: origin() } : await OPERATIONS[request.op](request));
  } catch (error) {
    // What the library itself asks for is well written: only a selector or an XPath of the scenario is refused so.
    const state = ['SyntaxError', 'NamespaceError'].includes(error?.name) ? 'selector' : 'error';
    done({ state, message: `${error?.name}: ${error?.message}` });
  }
};
