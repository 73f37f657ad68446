// Reading: the value that belongs to a heading, signs, and tables.

/** The value candidates of a heading: { els, rank, how, exact, name, key, value }. */
function valuesOf(place, wanted) {
  const found = [];
  const add = (el, level, tier, how, name, value) =>
    found.push({ els: [el], rank: rankOf(level, tier), how, exact: level < 2, name, key: el, value });
  for (const group of byHeading(place, wanted)) {
    const [el] = group.els;
    const whole = isElement(group.key) && group.key.contains(el) && group.els.length > 1;
    const on = group.els.filter((one) => !isBox(one) || one.checked);
    const value =
      whole && !group.els.every(isBox) ? textOf(group.key, true) : on.map(shownValue).filter(Boolean).join('、');
    found.push({ ...group, key: whole ? group.key : el, value });
  }
  for (const head of place.all('th,td,dt')) {
    const level =
      head.textContent.length < 4 * HEADING_MAX && !holdsControl(head) ? likeness(shortText(head), wanted) : null;
    if (level === null) continue;
    for (const cell of cellsOf(head)) {
      if (!holdsControl(cell)) add(cell, level, 0, 'heading', shortText(head), textOf(cell));
    }
  }
  if (!found.some((c) => c.rank < rankOf(2, 0))) found.push(...looseValues(place, wanted));
  return found;
}

/** The cells a heading cell speaks for: right of it, else below it. */
function cellsOf(head) {
  if (head.tagName === 'DT') {
    const next = head.nextElementSibling;
    return next?.tagName === 'DD' ? [next] : [];
  }
  const grid = gridOf(head.closest('table'));
  const r = grid.findIndex((row) => row.includes(head));
  if (r < 0) return [];
  const right = grid[r].slice(grid[r].lastIndexOf(head) + 1)[0];
  if (right && right.tagName === 'TD' && !(head.tagName === 'TD' && isHeadingRow(grid, r))) return [right];
  const c = grid[r].indexOf(head);
  const below = [];
  for (let y = r + head.rowSpan; y < grid.length && grid[y][c]?.tagName === 'TD'; y += 1) below.push(grid[y][c]);
  return below;
}

/** A row of td that heads a list: the first of three or more rows that all have the same number, over two, of cells. */
const isHeadingRow = (grid, r) =>
  r === 0 && grid.length > 1 && grid[0].length > 2 && grid.every((row) => row.length === grid[0].length);

/** Values outside tables and controls: 「見出し：値」 in a line, or the words behind an element that is the heading. */
function looseValues(place, wanted) {
  const found = [];
  const goal = heading(wanted);
  for (const root of place.roots) {
    const top = root.body ?? root.documentElement ?? root;
    for (const line of linesOf(top)) {
      const cut = line.search(/[:：]/);
      if (cut > 0 && cut <= HEADING_MAX && heading(line.slice(0, cut)) === goal) {
        found.push({
          els: [top],
          rank: 1,
          how: 'colon',
          exact: true,
          name: line.slice(0, cut),
          key: line,
          value: tidy(line.slice(cut + 1)),
        });
      }
    }
  }
  for (const c of byText(place, wanted).filter((one) => heading(one.els[0].textContent) === goal)) {
    const [el] = c.els;
    if (el.closest(`th,td,dt,label,option,${BUTTONS},${LINKS}`)) continue;
    const value = wordsBehind(el);
    if (value) found.push({ ...c, rank: 1, how: 'after', key: el, value: value.replace(/^[:：]\s*/, '') });
  }
  const filled = found.filter((c) => c.value);
  return filled.length ? filled : found;
}

function wordsBehind(el) {
  let words = '';
  for (let next = el.nextSibling; next; next = next.nextSibling) {
    if (isElement(next)) {
      if (next.tagName === 'BR') break;
      if (next.matches('h1,h2,h3,h4,h5,h6')) break;
      words += isShown(next) ? ` ${textOf(next, true)}` : '';
      if (tidy(words) && !getComputedStyle(next).display.startsWith('inline')) break;
    } else if (next.nodeType === 3) {
      words += next.data;
    }
  }
  return tidy(words);
}

/** cmp is "exists", { is } or { contains }. */
function meets(value, cmp) {
  if (cmp === 'exists') return tidy(value) !== '';
  if (cmp.is !== undefined) return squeeze(value) === squeeze(cmp.is);
  return mentions(value, squeeze(cmp.contains));
}

/** All that a sign finds: the values, in the page's order. */
function hitsOf(sign, frame) {
  const [kind, arg] = Object.entries(sign)[0];
  if (kind === 'url')
    return (isLeaving(document) ? [] : [location.href]).filter(
      (url) => arg.cmp === 'exists' || url === arg.cmp.is || url.includes(arg.cmp.contains ?? '\n'),
    );
  const place = stayingPlace(frame);
  if (kind === 'text') {
    const goal = squeeze(arg.text);
    const lines = place.roots.flatMap((root) => linesOf(root.body ?? root.documentElement ?? root));
    return lines.filter((line) => mentions(line, goal) && (arg.cmp === 'exists' || meets(line, arg.cmp)));
  }
  if (kind === 'field') {
    const values = best(valuesOf(place, arg.field)).list;
    return [...new Set(values.map((c) => c.value).filter((value) => meets(value, arg.cmp)))];
  }
  return valuesInRows(place, arg.row, arg.field).filter((value) => meets(value, arg.cmp));
}

/** All documents that are not about to be replaced. */
const stayingPlace = (frame) =>
  placeOf(framesFor(frame).filter(({ doc }) => doc.documentElement && !isLeaving(doc)));

/** What stands under the heading `field` in the rows in which some cell says `wanted`. */
const valuesInRows = (place, wanted, field) =>
  rowsHolding(place, wanted)
    .map((row) => valueInRow(row, field))
    .filter((value) => value !== null);

/** The rows in which some cell says `wanted`; rows around a nested table are not meant. */
function rowsHolding(place, wanted) {
  const goal = squeeze(wanted);
  return place
    .all('tr')
    .filter(
      (row) =>
        isShown(row) &&
        !row.querySelector('table') &&
        [...row.cells].some((cell) => mentions(textOf(cell, true), goal)),
    );
}

/** The cell of a row under the heading `field`. */
function valueInRow(row, field) {
  const grid = gridOf(row.closest('table'));
  const r = [...row.closest('table').rows].indexOf(row);
  for (let y = r - 1; y >= 0; y -= 1) {
    const c = grid[y].findIndex((cell) => cell && (likeness(shortText(cell), field) ?? 2) < 2);
    if (c >= 0) return grid[r][c] ? textOf(grid[r][c], true) : null;
  }
  return null;
}

/** The first sign of the list that is shown, and which others are. */
function seeSigns(signs, frame) {
  const shown = signs.map((sign) => hitsOf(sign, frame));
  const index = shown.findIndex((hits) => hits.length > 0);
  if (index < 0) return null;
  const also = shown.flatMap((hits, i) => (hits.length && i !== index ? [i] : []));
  return { index, value: shown[index][0], hits: shown[index].length, also };
}

/** A table with each spanning cell's text in every place it covers. */
function tableOf(table) {
  const grid = gridOf(table).map((row) => Array.from(row, (cell) => (cell ? textOf(cell, true) : '')));
  const marked = table.tHead
    ? table.tHead.rows.length
    : [...table.rows].findIndex((row) => [...row.cells].some((cell) => cell.tagName === 'TD'));
  const head = Math.max(marked, 1);
  return { headers: grid[head - 1] ?? [], rows: grid.slice(head) };
}

/** The table a person means by an element: itself, around it, in it, or the next one after it. */
function tableAt(el) {
  const own = el.closest('table') ?? el.querySelector('table');
  if (own) return own;
  return (
    [...el.getRootNode().querySelectorAll('table')].find(
      (t) => el.compareDocumentPosition(t) & Node.DOCUMENT_POSITION_FOLLOWING,
    ) ?? null
  );
}

/** Headings of the page that are named where a wrong one was asked for. */
const FIELDS_MAX = 12;

/** The headings of fields, values and columns that the page has; what tells of a person is left out. */
function fieldHeadings(place) {
  const personal = new Set(place.all('table').flatMap(personalCells));
  const heads = place.all('th,dt').filter((el) => isShown(el) && !personal.has(el) && !/\p{Nd}/u.test(el.textContent));
  const controls = place.all(CONTROLS).filter((el) => isShown(seenPart(el)));
  const names = [...controls.map((el) => controlNames(el)[0]?.text ?? ''), ...heads.map(shortText)];
  return [...new Set(names.map(caption))].filter((name) => name && name.length <= HEADING_MAX);
}

/** What is there instead: names near to the wanted one, what else could be meant by a heading, the title, and the page's own
 * complaint. */
function surroundings(wanted, frame, headed = true) {
  const place = placeOf(framesFor(frame));
  const goal = heading(wanted);
  const names = [...place.all(`${BUTTONS},${LINKS}`)].filter(isShown).map((el) => selfNames(el)[0] ?? '');
  for (const el of place.all(CONTROLS)) if (isShown(seenPart(el))) names.push(controlNames(el)[0]?.text ?? '');
  for (const el of place.all('th,dt,legend')) if (isShown(el)) names.push(shortText(el));
  const near = [...new Set(names.map(tidy))]
    .filter((name) => name && name.length <= HEADING_MAX)
    .map((name) => ({ name, far: distance(heading(name), goal) }))
    .filter(({ name, far }) => far <= Math.ceil(Math.max(heading(name).length, goal.length) * 0.7))
    .sort((a, b) => a.far - b.far)
    .slice(0, 5)
    .map(({ name }) => name);
  const fields = headed ? fieldHeadings(place).filter((name) => !near.includes(name)).slice(0, FIELDS_MAX) : [];
  return { near, fields, title: document.title, url: location.href, page_says: complaints(place) };
}

/** The page's own words about what is wrong: alert roles and error classes first, else lines that sound like it. */
function complaints(place) {
  const marked = place
    .all('[role=alert],[class*=error i],[id*=error i],[class*=alert i]')
    .filter(isShown)
    .map((el) => textOf(el))
    .filter(Boolean);
  const sounding = () =>
    place.roots
      .flatMap((root) => linesOf(root.body ?? root.documentElement ?? root))
      .filter((line) =>
        /エラー|誤り|ありません|できません|ください|失敗|無効|期限切れ|不正|メンテナンス|\berror\b|\binvalid\b/i.test(
          line,
        ),
      );
  return [...new Set(marked.length ? marked : sounding())].slice(0, 3).map((line) => line.slice(0, 200));
}

function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}
