// What a page offers to a person who writes a scenario: what can be filled, pressed and read, each with a way to it.

/** More things of one group than this are only counted: nobody reads on, and each is looked for in the whole page. */
const THINGS_MAX = 300;
const wayOf = ({ locator, how }) => ({ locator, how });
const thing = (kind, ways, more) => ({ kind, ways: ways.map(wayOf), name: '', field: null, entries: [], leads_to: null, ...more });

/** Whether a form says of a field that it must be filled: to programs, or to eyes by a mark or the look of its heading. */
function isRequired(el) {
  if (el.required || el.getAttribute('aria-required') === 'true') return true;
  const cell = el.closest('td,dd');
  const beside = cell?.tagName === 'TD' ? cell.parentElement.querySelector('th') : cell?.previousElementSibling;
  return [...(el.labels ?? []), beside].some(
    (head) => head && (/必須|＊|\*/.test(head.textContent) || /(^|[\s_-])(must|required?|hissu|hissyu)/i.test(head.className)),
  );
}

/** Whether a field holds something, or a box is ticked; what it is stays here. */
const isHeld = (el) => (isBox(el) ? el.checked === true || el.getAttribute('aria-checked') === 'true' : !!heldText(el)?.trim());

/** The fields of a form, and the ones that nobody can fill now. */
function describedFields(place, out) {
  const done = new Set();
  for (const el of place.all(CONTROLS)) {
    if (done.has(el)) continue;
    if (!isShown(seenPart(el))) {
      out.hidden += 1;
      continue;
    }
    const name = caption(controlNames(el)[0]?.text ?? '');
    if (isDisabled(el)) {
      out.disabled.push(name);
      continue;
    }
    if (isReadOnly(el)) {
      const ways = waysTo(el, 'read', 1);
      if (ways.length) out.values.push(thing('read_only', ways, { name, holds: isHeld(el) }));
      continue;
    }
    const { els, kind, ways } = fieldOf(el, 1);
    for (const one of els) done.add(one);
    const entries = kind === 'list' ? optionsOf(el) : kind === 'choice' ? boxesOf(els) : [];
    const texts = entries.map((entry) => entry.text).filter(Boolean);
    const { label } = ways[0]?.locator.by ?? {};
    out.fields.push(thing('field', ways, { name: label ?? name, field: kind ?? 'text', entries: texts, required: isRequired(el), holds: isBox(els[0] ?? el) ? els.some(isHeld) : els.every(isHeld) }));
  }
}

/** The path that a link of this site leads to; what stands behind a question mark may name a person. */
function leadsTo(el) {
  if (el.tagName !== 'A' || !/^https?:$/.test(el.protocol) || el.origin !== location.origin || el.hasAttribute('onclick')) return null;
  if (el.pathname === location.pathname && el.hash) return null;
  return el.origin + el.pathname + (el.search ? '?…' : '');
}

function describedPresses(place, out) {
  const seen = new Set();
  for (const at of place.all(`${BUTTONS},${LINKS},[onclick]`)) {
    const el = pressableAt(at);
    if (!el || seen.has(el) || isControl(el)) continue;
    seen.add(el);
    const name = caption(selfNames(el)[0] ?? '').slice(0, NAME_MAX);
    if (!isShown(seenPart(el))) out.hidden += 1;
    else if (isDisabled(el)) out.disabled.push(name);
    else {
      const press = el.matches(BUTTONS) ? 'button' : el.matches(LINKS) ? 'link' : 'press';
      out.presses.push(thing(press, waysToPress(el, 1), { name, leads_to: leadsTo(el) }));
    }
  }
}

/** Is this a list with headings above its columns, and no layout? Cells that are no th head a list only if nothing in them is
 * a value or leads somewhere. */
function isList(table) {
  if (!isShown(table) || table.querySelector('table') || !table.rows.length) return false;
  const grid = gridOf(table);
  if (grid[0].length < 2 || grid[0].includes(undefined)) return false;
  const isPlain = (cell) => isPlainHeading(cell) && !cell.querySelector(LINKS);
  return isHeadRow(grid[0]) || (isHeadingRow(grid, 0) && grid[0].every(isPlain));
}
const isPlainHeading = (cell) => shortText(cell) !== '' && !/\p{Nd}/u.test(cell.textContent);

function describedTables(place, out) {
  const lists = place.all('table').filter(isList);
  for (const table of lists) {
    const { headers, rows } = tableOf(table);
    const title = table.caption ? [textOf(table.caption)] : [];
    const before = [];
    for (let prev = table.previousElementSibling; prev; prev = prev.previousElementSibling)
      if (prev.matches('h1,h2,h3,h4,h5,h6')) before.push(textOf(prev));
    const words = uniqueTexts([...title, ...headers, ...before]).map((any) => locatorOf({ any }));
    const css = [...cssByName(table), cssByPlace(table)].map((selector) => locatorOf({ css: selector }));
    const way = [...words, ...css].find((locator) => {
      const found = locate(locator, 'text', null);
      return found.state === 'one' && found.exact && tableAt(found.els[0]) === table;
    });
    if (way) out.tables.push(thing('table', [{ locator: way, how: 'table' }], { entries: headers, rows: rows.length }));
  }
  return lists;
}

/** Headings with a value beside them, and 「見出し：値」. */
function describedValues(place, lists, out) {
  const known = new Set(out.values.flatMap(({ ways }) => ways.map(({ locator }) => Object.values(locator.by)[0])));
  const add = (text) => {
    const field = caption(text);
    if (!field || known.has(field)) return;
    known.add(field);
    const locator = locatorOf({ field });
    const found = locate(locator, 'read', null);
    if (found.state !== 'one' || !found.exact || !tidy(found.value ?? '') || holdsControl(found.els[0])) return;
    if (found.els.some((el) => isControl(el) || el.isContentEditable)) return;
    out.values.push(thing('value', [{ locator, how: found.how }], { name: field }));
  };
  for (const head of place.all('th,td,dt')) {
    if (!isShown(head) || lists.some((table) => table.contains(head)) || holdsControl(head)) continue;
    // Old forms have no th: then the first of two cells in a row heads the other.
    const isFirst = head.cellIndex === 0 && head.parentElement.cells.length === 2;
    if (head.tagName === 'TD' && !(isFirst && isPlainHeading(head))) continue;
    const isValue = (cell) => !holdsControl(cell) && !cell.querySelector(`table,${BUTTONS},${LINKS}`) && textOf(cell) !== '';
    if (cellsOf(head).some(isValue)) add(shortText(head));
  }
  for (const root of place.roots)
    for (const line of linesOf(root.body ?? root.documentElement ?? root)) {
      const cut = line.match(/^([^\d０-９:：]{1,20})[:：]\s*\S/);
      if (cut) add(cut[1]);
    }
}

/** Texts for `browser.see`: the page's headings, and with `all` every short text that belongs to nothing else. */
function describedTexts(place, all, out) {
  const heads = place.all('h1,h2,h3,h4,h5,h6,[role=heading],legend,caption');
  const prose = all ? place.all('p,li,div,span,b,strong,font,center,label').filter((el) => hasOwnText(el)) : [];
  const not = `${BUTTONS},${LINKS},option,td,th,dt,dd`;
  const covered = new Set(place.all('table').flatMap(personalCells));
  for (const el of [...heads, ...prose]) {
    if (!isShown(el) || (!heads.includes(el) && el.closest(not)) || [...covered].some((cell) => cell.contains(el))) continue;
    const text = textOf(el);
    if (!text || text.length > NAME_MAX || out.texts.some((known) => known.name === text)) continue;
    if (!hitsOf({ text: { text, cmp: 'exists' } }, null).length) continue;
    out.texts.push(thing('text', [{ locator: locatorOf({ text }), how: 'text' }], { name: text }));
  }
}

const hasOwnText = (el) => [...el.childNodes].some((node) => node.nodeType === 3 && /\p{L}/u.test(node.data));

/** The page's own heading: the biggest one that is shown. */
function pageHeading(place) {
  const el = ['h1', 'h2', 'h3'].map((css) => place.all(css).find(isShown)).find(Boolean);
  return el ? textOf(el).slice(0, NAME_MAX) : '';
}

/** Frames that are shown, by name, and how many of them belong to other origins and cannot be looked into. */
function describedFrames(frames) {
  const names = frames.filter(({ path }) => path.length > 0).map(({ win, doc }) => win.frameElement.name || win.frameElement.id || doc.title);
  const elements = frames.flatMap(({ doc }) => [...doc.querySelectorAll('iframe,frame')]).filter(isShown);
  return { frames: names.map((name) => name || '?'), closed_frames: Math.max(elements.length - names.length, 0) };
}

function describe(all) {
  const frames = framesFor(null);
  const place = placeOf(frames);
  const out = { fields: [], presses: [], values: [], tables: [], texts: [], hidden: 0, disabled: [] };
  describedFields(place, out);
  describedPresses(place, out);
  describedValues(place, describedTables(place, out), out);
  describedTexts(place, all, out);
  const groups = [out.fields, out.presses, [...out.texts, ...out.values, ...out.tables]];
  const more = groups.reduce((sum, group) => sum + Math.max(group.length - THINGS_MAX, 0), 0);
  return {
    title: tidy(document.title),
    heading: pageHeading(place),
    url: location.href,
    ...describedFrames(frames),
    things: groups.flatMap((group) => group.slice(0, THINGS_MAX)),
    hidden: out.hidden,
    disabled: out.disabled.filter(Boolean),
    more,
  };
}
