// Finding by what a person sees. A candidate is { els, rank, how, exact, name, key }: the smaller rank is the better match.

const CONTROLS =
  'input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=reset]):not([type=image]),select,textarea,' +
  '[contenteditable=""],[contenteditable=true],[role=textbox],[role=combobox],[role=checkbox],[role=radio],[role=switch]';
const BUTTONS =
  'button,input[type=submit],input[type=button],input[type=reset],input[type=image],' +
  '[role=button],[role=tab],[role=menuitem],summary';
const LINKS = 'a[href],a[onclick],area[href],[role=link]';
const ROLES = {
  button: BUTTONS,
  link: LINKS,
  checkbox: 'input[type=checkbox],[role=checkbox]',
  radio: 'input[type=radio],[role=radio]',
  textbox:
    'input:not([type]),input[type=text],input[type=tel],input[type=email],input[type=password],input[type=number],' +
    'textarea,[role=textbox]',
  combobox: 'select,[role=combobox]',
  heading: 'h1,h2,h3,h4,h5,h6,[role=heading]',
  table: 'table,[role=table]',
  row: 'tr,[role=row]',
  cell: 'td,th,[role=cell]',
  img: 'img,[role=img]',
  dialog: 'dialog,[role=dialog]',
};
/** Longer text is prose or a layout cell, not a heading. */
const HEADING_MAX = 40;
/** A word between two controls that is the unit of the one before, not the heading of the one behind. */
const UNITS = /^(?:[年月日時分秒円人件通枚部歳名様回丁番号階%/~〜～()-]|番地|丁目|から|まで)+$/;

const holdsControl = (el) => el.querySelector(CONTROLS) !== null;
const isHeadingCell = (cell) => !holdsControl(cell) && !cell.querySelector('table') && cell.textContent.trim() !== '';
const shortText = (el) => {
  const text = textOf(el);
  return text.length <= HEADING_MAX ? text : '';
};

/** The accessible name of a button, link or other thing by itself. */
function selfNames(el) {
  const by = (el.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
  const pictures = [...el.querySelectorAll('img[alt]')].map((img) => img.alt);
  const value = el.tagName === 'INPUT' && BUTTON_TYPES.has(el.type) ? el.value : '';
  return [
    el.getAttribute('aria-label'),
    by.map((id) => el.getRootNode().getElementById(id)?.textContent ?? '').join(' '),
    value,
    el.getAttribute('alt'),
    textOf(el),
    pictures.join(''),
    el.title,
  ].filter((name) => name && name.trim());
}

/** Cells of a table by place, so that spanning cells do not shift the columns: grid[row][column] is a cell. */
function gridOf(table) {
  const grid = [...table.rows].map(() => []);
  [...table.rows].forEach((row, r) => {
    let c = 0;
    for (const cell of row.cells) {
      while (grid[r][c]) c += 1;
      const bottom = Math.min(r + (cell.rowSpan || grid.length - r), grid.length);
      for (let y = r; y < bottom; y += 1) for (let x = c; x < c + cell.colSpan; x += 1) grid[y][x] = cell;
      c += cell.colSpan;
    }
  });
  return grid;
}

/** The heading left of a cell: the nearest one in its row that is text only. */
function headingLeft(cell) {
  for (let left = cell.previousElementSibling; left; left = left.previousElementSibling) {
    if (isHeadingCell(left)) return shortText(left);
  }
  return '';
}

/** The heading above a cell: in the nearest row above that holds no controls. */
function headingAbove(cell) {
  const table = cell.closest('table');
  const grid = gridOf(table);
  const r = grid.findIndex((row) => row.includes(cell));
  const c = r < 0 ? -1 : grid[r].indexOf(cell);
  for (let y = r - 1; y >= 0; y -= 1) {
    const above = grid[y][c];
    if (above && !holdsControl(above.parentElement)) return isHeadingCell(above) ? shortText(above) : '';
  }
  return '';
}

/** Plain words right before a control: in its line, else in the block before it, but never beyond another control. */
function wordsBefore(el) {
  for (let node = el, level = 0; level < 4 && node; node = node.parentNode, level += 1) {
    let words = '';
    for (let prev = node.previousSibling; prev; prev = prev.previousSibling) {
      if (isElement(prev)) {
        if (UNSEEN.has(prev.tagName)) continue;
        if (prev.matches(CONTROLS) || prev.matches(BUTTONS) || holdsControl(prev)) return tidy(words);
        if (prev.tagName === 'BR' && tidy(words)) return tidy(words);
        words = (isShown(prev) ? prev.textContent : '') + words;
        if (tidy(words) && !getComputedStyle(prev).display.startsWith('inline')) return tidy(words);
      } else if (prev.nodeType === 3) {
        words = prev.data + words;
      }
    }
    if (tidy(words)) return tidy(words);
    if (
      node.parentNode &&
      isElement(node.parentNode) &&
      node.parentNode.matches('td,th,dd,form,fieldset,body,label,li')
    )
      return '';
  }
  return '';
}

const isBoxPart = (el) => isBox(el) || (el.tagName === 'LABEL' && el.control !== null && isBox(el.control));

/** The first of the boxes that stand in one row: what is written before that one heads them all. */
function firstInRow(box) {
  let first = box.closest('label') ?? box;
  for (let prev = first.previousSibling; prev; prev = prev.previousSibling) {
    if (!isElement(prev)) continue;
    if (prev.tagName === 'BR' || (isControl(prev) && !isBox(prev))) break;
    if (isBoxPart(prev)) first = prev;
  }
  return first;
}

/** Everything that names a control, best source first. Controls that share `key` share a heading. */
const controlNames = (el) => recall(el, namesOfControl);
function namesOfControl(el) {
  const names = [];
  const add = (text, how, tier, key = el) => text && text.trim() && names.push({ text: tidy(text), how, tier, key });
  const by = (el.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
  add(el.getAttribute('aria-label'), 'aria', 0);
  add(by.map((id) => el.getRootNode().getElementById(id)?.textContent ?? '').join(' '), 'aria', 0);
  for (const label of el.labels ?? []) add(textOf(label), 'label', 0);
  const cell = el.closest('td,th');
  if (cell) {
    add(headingLeft(cell), 'heading', 0, cell);
    add(headingAbove(cell), 'heading', 0, cell);
  }
  const data = el.closest('dd');
  let term = data?.previousElementSibling;
  while (term && term.tagName === 'DD') term = term.previousElementSibling;
  if (term?.tagName === 'DT') add(shortText(term), 'term', 0, data);
  const set = el.closest('fieldset,[role=group],[role=radiogroup]');
  const legend = set?.querySelector('legend');
  if (set) add(legend ? textOf(legend) : set.getAttribute('aria-label'), 'legend', 0, set);
  const box = el.type === 'checkbox' || el.type === 'radio';
  if (box && !el.labels?.length) add(ownLabel(el), 'after', 1);
  const start = box ? firstInRow(el) : el;
  const before = wordsBefore(start);
  if (before.length <= HEADING_MAX && !UNITS.test(squeeze(before)))
    add(before, 'before', 1, box ? start.parentNode : el);
  add(el.getAttribute('placeholder'), 'placeholder', 2);
  add(el.title, 'title', 2);
  return names;
}

const rankOf = (level, tier) => level * 10 + tier;

/** Controls (or the several controls) under a heading. */
function byHeading(place, wanted) {
  const groups = new Map();
  for (const el of place.all(CONTROLS)) {
    let best = null;
    for (const name of controlNames(el)) {
      const level = likeness(name.text, wanted);
      if (level === null) continue;
      const rank = rankOf(level, name.tier);
      if (!best || rank < best.rank) best = { ...name, rank, level };
    }
    if (!best) continue;
    const id = `${best.rank}`;
    if (!groups.has(best.key)) groups.set(best.key, new Map());
    const byRank = groups.get(best.key);
    if (!byRank.has(id))
      byRank.set(id, {
        els: [],
        rank: best.rank,
        how: best.how,
        exact: best.level < 2,
        name: best.text,
        key: best.key,
      });
    byRank.get(id).els.push(el);
  }
  return [...groups.values()].flatMap((byRank) => [...byRank.values()]);
}

/** Things of one kind by their own name. Links to one address are one link, wherever they stand. */
function byName(place, css, wanted, how) {
  const found = [];
  for (const el of place.all(css)) {
    const levels = selfNames(el)
      .map((name) => likeness(name, wanted))
      .filter((level) => level !== null);
    if (!levels.length) continue;
    const level = Math.min(...levels);
    const key =
      how === 'link' && el.href && !el.hasAttribute('onclick') && !/^javascript:|#$/.test(el.href) ? el.href : el;
    found.push({ els: [el], rank: rankOf(level, 0), how, exact: level < 2, name: selfNames(el)[0] ?? '', key });
  }
  return found;
}

/** The innermost shown elements with this text. */
function byText(place, wanted) {
  const goal = squeeze(wanted);
  const bare = goal.replace(/\s/g, '');
  const search = (el) => {
    if (UNSEEN.has(el.tagName) || el.tagName === 'SELECT') return [];
    if (!el.shadowRoot && !narrow(el.textContent).replace(/\s/g, '').includes(bare)) return [];
    const inner = [...childrenOf(el)].filter(isElement).flatMap(search);
    if (inner.length) return inner;
    const text = textOf(el);
    const level = squeeze(text) === goal ? 0 : mentions(text, goal) ? 2 : null;
    if (level === null || !isShown(el)) return [];
    return [
      {
        els: [el],
        rank: rankOf(level, 0),
        how: 'text',
        exact: level === 0,
        name: tidy(el.textContent).slice(0, HEADING_MAX),
        key: el,
      },
    ];
  };
  const tops = place.roots.map((root) => root.body ?? root.documentElement ?? root);
  return bare
    ? [
        ...new Map(
          tops
            .flatMap(isElementList)
            .flatMap(search)
            .map((c) => [c.key, c]),
        ).values(),
      ]
    : [];
}
const isElementList = (root) => (isElement(root) ? [root] : [...root.children]);

const pushed = (cands, by) => cands.map((c) => ({ ...c, rank: c.rank + by }));
const isBox = (el) => el.type === 'checkbox' || el.type === 'radio';
const looksPressable = (el) => el.hasAttribute('onclick') || getComputedStyle(el).cursor === 'pointer';

/** A plain string: what it means depends on what is to be done with it. */
function byAny(place, wanted, purpose) {
  if (purpose === 'control') return byHeading(place, wanted);
  if (purpose === 'text') return byText(place, wanted);
  if (purpose === 'read') return [...valuesOf(place, wanted), ...pushed(byText(place, wanted), 50)];
  const controls = byHeading(place, wanted).map((c) =>
    c.els.every(isBox) && c.els.length === 1 ? c : { ...c, rank: c.rank + 5 },
  );
  const inside = `${BUTTONS},${LINKS}`;
  const texts = byText(place, wanted).filter((c) => !c.els[0].closest(inside));
  return [
    ...byName(place, BUTTONS, wanted, 'button'),
    ...byName(place, LINKS, wanted, 'link'),
    ...controls,
    ...texts.map((c) => (looksPressable(c.els[0]) ? c : { ...c, rank: c.rank + 50 })),
  ];
}

const plain = (els, how) =>
  els.map((el) => ({
    els: [el],
    rank: 0,
    how,
    exact: true,
    name: selfNames(el)[0] ?? el.tagName.toLowerCase(),
    key: el,
  }));

function byXPath(place, path) {
  return place.frames.flatMap(({ doc }) => {
    const result = doc.evaluate(path, doc, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
    return Array.from({ length: result.snapshotLength }, (_, i) => result.snapshotItem(i)).filter(isElement);
  });
}

function byRole(place, { role, name }) {
  const css = ROLES[role] ?? `[role="${CSS.escape(role)}"]`;
  if (!name) return plain(place.all(css), 'role');
  const controls = place.all(css).filter((el) => isControl(el));
  const named = byHeading(place, name).filter((c) => c.els.length === 1 && controls.includes(c.els[0]));
  return [...byName(place, css, name, 'role'), ...named];
}

function candidatesIn(place, by, purpose) {
  const [kind, arg] = Object.entries(by)[0];
  switch (kind) {
    case 'any':
      return byAny(place, arg, purpose);
    case 'button':
      return byName(place, BUTTONS, arg, 'button');
    case 'link':
      return byName(place, LINKS, arg, 'link');
    case 'label':
      return byHeading(place, arg);
    case 'field':
      return purpose === 'read' ? valuesOf(place, arg) : byHeading(place, arg);
    case 'text':
      return byText(place, arg);
    case 'role':
      return byRole(place, arg);
    case 'placeholder':
      return plain(
        place.all('[placeholder]').filter((el) => heading(el.placeholder) === heading(arg)),
        'placeholder',
      );
    case 'test_id':
      return plain(place.all(`[data-testid="${CSS.escape(arg)}"]`), 'test_id');
    case 'css':
      return plain(place.all(arg), 'css');
    default:
      return plain(
        byXPath(place, arg).filter((el) => place.roots.some((root) => root.contains(el))),
        'xpath',
      );
  }
}

/** Narrows a list of candidates to the best ones that are shown, one for each key. */
function best(cands) {
  const shown = cands.filter((c) => c.els.some((el) => isShown(seenPart(el))));
  const rank = Math.min(...shown.map((c) => c.rank));
  return {
    hidden: cands.length - shown.length,
    list: [...new Map(shown.filter((c) => c.rank === rank).map((c) => [c.key, c])).values()],
  };
}

/** The candidates of a locator within another: in the smallest surrounding of what is named there that has any. */
function candidatesWithin(locator, purpose, frame) {
  const outer = locate({ ...locator.within, frame: locator.within.frame ?? locator.frame }, 'text', frame);
  if (outer.state !== 'one') return outer;
  for (let el = outer.els[0]; el; el = el.parentElement) {
    const found = candidatesIn(placeWithin(placeOf(framesFor(locator.frame ?? frame)), el), locator.by, purpose);
    if (best(found).list.length) return { state: 'one', cands: found };
  }
  return { state: 'none', hidden: 0 };
}

/** One locator: { state: 'one', els, how, exact, name } | { state: 'many', names } | { state: 'none', hidden }. */
function locate(locator, purpose, frame) {
  const frames = framesFor(locator.frame ?? frame);
  if (!frames.length || isLoading(frames)) return { state: 'none', hidden: 0 };
  let cands;
  if (locator.within) {
    const inner = candidatesWithin(locator, purpose, frame);
    if (inner.state !== 'one') return inner;
    cands = inner.cands;
  } else {
    cands = candidatesIn(placeOf(frames), locator.by, purpose);
  }
  const { hidden, list } = best(cands);
  const nth = locator.nth ?? 0;
  if (nth > 0) return list[nth - 1] ? { state: 'one', ...list[nth - 1] } : { state: 'none', hidden };
  if (list.length > 1) return { state: 'many', names: list.slice(0, 8).map((c) => `${c.name}`) };
  return list.length ? { state: 'one', ...list[0] } : { state: 'none', hidden };
}

/** The ways of a target in their order; later ones count only with `spares`. The first failure is the one reported. */
function locateTarget(target, purpose, frame, spares) {
  let failure = null;
  const bundle = spares ? target.bundle : target.bundle.slice(0, 1);
  for (const [which, locator] of bundle.entries()) {
    const found = locate(locator, purpose, frame);
    if (found.state === 'one') return { ...found, which };
    failure ??= found;
  }
  return failure ?? { state: 'none', hidden: 0 };
}
