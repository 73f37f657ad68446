// What a person does in the page, told as it happens: by a line of the browser's console, which outlives the page that a click
// leaves. The driver puts this into every document before its own scripts run. What is typed into a password field never
// leaves the page.

/** `here` is the window of this very document; the library looks from its topmost window. */
function record(here, settings) {
  if (settings.origins && !settings.origins.includes(origin())) return;
  here[Symbol.for('yakin.recorder')] = true;
  const say = console.debug.bind(console);
  const tell = (act) => say(`${settings.mark}${JSON.stringify({ window: settings.window, at: Date.now(), ...act })}`);
  const touched = new WeakSet();
  let dirty = null;

  const dateText = (els) => {
    const texts = dateParts(els, SAMPLE_DATE).map(([controls]) => {
      const on = controls.filter((el) => !isBox(el) || el.checked);
      return on.map((el) => (isBox(el) ? ownLabel(el) || el.value : shownValue(el))).join('');
    });
    if (texts.some((text) => !text)) return '';
    const [day, month, year, era = ''] = [...texts].reverse();
    const name = era.match(ERAS)?.[0] ?? era.match(/[MTSHR]/i)?.[0] ?? '';
    const first = /元/.test(year) ? 1 : numberIn(year);
    const [y, m, d] = [ERAS.test(year) ? year.replace(/年$/, '') : first, numberIn(month), numberIn(day)];
    return name.length === 1 ? `${name}${y}.${m}.${d}` : name || ERAS.test(year) ? `${name}${y}年${m}月${d}日` : `${y}/${m}/${d}`;
  };

  const valueIn = (el, kind, els) => {
    switch (kind) {
      case 'password':
      case 'file':
        return '';
      case 'box':
        return el.checked ? 'yes' : 'no';
      case 'choice':
        return ownLabel(el) || el.value;
      case 'list':
        return tidy(el.selectedOptions[0]?.text ?? '');
      case 'date_parts':
        return dateText(els);
      case 'parts':
        return els.map((one) => one.value).join('-');
      default:
        return heldText(el);
    }
  };

  const tellFill = (el) => {
    if (dirty === el) dirty = null;
    const { els, kind, ways } = fieldOf(el, 3);
    for (const one of els) touched.add(one);
    const { label } = ways[0]?.locator.by ?? {};
    const name = label ?? caption(controlNames(el)[0]?.text ?? '');
    const field = kind ?? 'text';
    tell({ act: 'fill', ways: ways.map(wayOf), name, field, value: valueIn(el, field, els) });
  };

  const flush = () => {
    const el = dirty;
    if (el?.isConnected) tellFill(el);
    dirty = null;
  };

  /** The headings whose values are shown now: what is new among them after a registration proves it. */
  const valueNames = () => {
    const place = placeOf(framesFor(null));
    const out = { values: [], tables: [] };
    describedValues(place, describedTables(place, out), out);
    return out.values.slice(0, 60).map(({ name }) => name);
  };

  /** Fields that the page has filled by itself since it came. */
  const filledByPage = () => {
    const els = placeOf(framesFor(null)).all('input,textarea');
    const own = els.filter(
      (el) => isControl(el) && !isBox(el) && !touched.has(el) && el.value && el.value !== el.defaultValue && isShown(el),
    );
    return own.flatMap((el) => waysTo(el, 'read', 1)).flatMap(({ locator }) => locator.by.field ?? []);
  };

  /** Short sentences that say that something was done. */
  const notices = (place) => {
    const lines = place.roots.flatMap((root) => linesOf(root.body ?? root.documentElement ?? root));
    const told = lines.map((line) => line.replace(/[。！!]$/, ''));
    return [...new Set(told.filter((line) => /(?:しました|完了|されました|できました)$/.test(line) && line.length <= HEADING_MAX))];
  };

  const state = () => {
    const place = placeOf(framesFor(null));
    return { heading: pageHeading(place), values: valueNames(), notices: notices(place) };
  };

  const on = (type, hear) =>
    here.addEventListener(type, (event) => event.isTrusted && whileStill(() => hear(event, event.composedPath()[0])), true);

  on('input', (_, el) => {
    if ((isElement(el) && isControl(el) && !isBox(el) && el.tagName !== 'SELECT') || el.isContentEditable) dirty = el;
  });
  on('change', (_, el) => isElement(el) && isControl(el) && tellFill(el));
  on('focusout', (_, el) => el === dirty && el.isContentEditable && flush());
  on('click', (event, at) => {
    const el = isElement(at) ? pressableAt(at) : null;
    if (!el || isControl(el)) return;
    flush();
    const kind = el.matches(BUTTONS) ? 'button' : el.matches(LINKS) ? 'link' : 'press';
    const name = caption(selfNames(el)[0] ?? '').slice(0, NAME_MAX);
    const ways = waysToPress(el, 3).map(wayOf);
    const around = kind === 'link' ? {} : { ...state(), filled_by_page: filledByPage() };
    tell({ act: 'click', kind, name, ways, by_key: event.detail === 0, ...around });
  });
  on('keydown', (event, el) => {
    const { key, ctrlKey, altKey, metaKey } = event;
    const isEdit = (ctrlKey || metaKey) && /^[acvxyz]$/i.test(key);
    const isEnter = key === 'Enter' && el.tagName === 'INPUT' && !BUTTON_TYPES.has(el.type);
    const isChord = (ctrlKey || altKey) && key.length === 1 && !isEdit;
    if (event.isComposing || !(isEnter || isChord || /^F\d+$/.test(key))) return;
    if (isEnter) flush();
    const chord = `${ctrlKey ? 'ctrl+' : ''}${altKey ? 'alt+' : ''}${key}`;
    tell({ act: 'key', key: chord });
  });

  for (const [kind, answered] of [
    ['alert', () => ({ accepted: true })],
    ['confirm', (answer) => ({ accepted: answer })],
    ['prompt', (answer) => ({ accepted: answer !== null, typed: answer ?? '' })],
  ]) {
    const own = here[kind].bind(here);
    here[kind] = (...words) => {
      const answer = own(...words);
      tell({ act: 'dialog', text: `${words[0] ?? ''}`, typed: '', ...answered(answer) });
      return answer;
    };
  }

  const arrived = () => {
    if (here !== window) {
      whileStill(() => tell({ act: 'shown', ...state() }));
      return;
    }
    const [entry] = performance.getEntriesByType('navigation');
    const from = document.referrer !== '';
    whileStill(() =>
      tell({ act: 'page', url: location.href, title: tidy(document.title), how: entry?.type ?? 'navigate', from, ...state() }),
    );
  };
  const own = here.document;
  if (own.readyState === 'loading') own.addEventListener('DOMContentLoaded', arrived, { once: true });
  else arrived();
  here[Symbol.for('yakin.recorder.end')] = () =>
    whileStill(() => {
      flush();
      tell({ act: 'shown', ...state() });
    });
}
