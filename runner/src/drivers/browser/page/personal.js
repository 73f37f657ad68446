// What tells of a person by its place, whatever it says: fields, cells and words under a heading that names personal data, and
// the fields into which a scenario put a value that is not open.

/**
 * The headings (as `heading` folds them) under which a picture shows nothing. They name what 個人情報の保護に関する法律 protects:
 * what tells one person from others (2条1項: names, birth, address, telephone, accounts), numbers that do so by themselves (2条2項,
 * 施行令1条; 個人番号: 番号法2条5項), and what needs special care (2条3項). A heading that only holds such a word counts too: a
 * cover too many is seen, a resident too many is not.
 */
const PERSONAL_WORDS = [
  '氏名|姓名|名前|^姓$|^名$|旧姓|旧氏|通称|宛名|名義|[者人]名|世帯主|筆頭者|^(?:申請|請求|申込|届出)[者人]$|^代理人$',
  'フリガナ|ふりがな|フリ仮名|振り?仮名|よみがな|読み仮名|カナ(?!ダ)|^セイ$|^メイ$',
  '生年月日|誕生日|^生年|年齢|性別|続柄|国籍|本籍',
  '住所|居所|方書|郵便番号|〒|転居先|転出先|送付先',
  '電話|携帯|連絡先|メール|(?<![a-z])(?:tel|fax|e-?mail|mail)(?![a-z])',
  '口座|預金|貯金|記号番号',
  '個人番号|マイナンバー|住民票コード|年金番号|被保険者|免許証?番号|旅券番号|パスポート番号|在留カード',
  '病名|傷病|診断|障害(?:者|名|等級|程度)|手帳番号|犯罪',
].join('|');
const PERSONAL = new RegExp(PERSONAL_WORDS);
/** Ends with such a word, but for a note or a number: no sentence and no value that only holds one. */
const PLAINLY_PERSONAL = new RegExp(`^[^:]{0,10}(?:${PERSONAL_WORDS})(?:\\([^()]*\\))?\\d*$`);
/** Boxes under such a heading say whether something is wanted, not what it is. */
const ASKED = /(?:有無|要否|記載|省略|表示|希望|同意)$/;

const isPersonal = (text) => PERSONAL.test(heading(text));
const isPlainlyPersonal = (text) => PLAINLY_PERSONAL.test(heading(text));

const PRIVATE = Symbol.for('yakin.private');
const privateControls = () => (window[PRIVATE] ??= new WeakSet());

/** The radios that are one choice with this one. */
const choiceOf = (el) =>
  el.type === 'radio' && el.name
    ? [...el.getRootNode().querySelectorAll('input[type=radio]')].filter(
        (other) => other.name === el.name && other.form === el.form,
      )
    : [el];

/** Remembers that no picture may show what these controls hold, as long as their document is there. */
function keepPrivate(els) {
  for (const el of els.flatMap(choiceOf)) privateControls().add(el);
}

/** Is this control private, or does a heading of its own say so? A group's title speaks only for what has no other heading. */
function isPrivateControl(el) {
  if (privateControls().has(el)) return true;
  const names = controlNames(el).filter(({ text }) => !UNITS.test(squeeze(text)));
  if (isBox(el))
    return names.some(
      ({ how, text }) => !/label|after|aria/.test(how) && isPersonal(text) && !ASKED.test(heading(text)),
    );
  const own = names.filter(({ how }) => how !== 'legend');
  return (own.length ? own : names).some(({ text }) => isPersonal(text));
}

const isBlank = (el) => !isBox(el) && !tidy(shownValue(el));

/** The controls of a root that no picture may show. Empty ones may be seen: that they are empty tells what happened. */
const privateParts = (root) =>
  [...root.querySelectorAll(CONTROLS)]
    .filter((el) => !isBlank(el) && isPrivateControl(el))
    .flatMap((el) => (isBox(el) ? [el, ...(el.labels ?? [])] : [el]));

const isHeadRow = (row) => new Set(row).size > 1 && row.every((cell) => cell.tagName === 'TH');

/** The cells of a table that belong to a personal heading. */
function personalCells(table) {
  const grid = gridOf(table);
  const found = new Set();
  const isHeadOfTd = (cell) => cell.tagName === 'TD' && isPlainlyPersonal(shortText(cell));
  const isTdList = isHeadingRow(grid, 0) && !grid.slice(1).flat().some(isHeadOfTd);
  const isHeaded = isTdList || (grid.length > 0 && isHeadRow(grid[0]));
  grid.forEach((row, r) =>
    row.forEach((head, c) => {
      const isFirstPlace = row[c - 1] !== head && grid[r - 1]?.[c] !== head;
      if (!isFirstPlace || head.querySelector('table')) return;
      const words = shortText(head);
      const isTh = head.tagName === 'TH';
      const right = row[c + head.colSpan];
      if (isTh || (isTdList && r === 0)) {
        if (!isPersonal(words)) return;
        const cells = isTh && right?.tagName === 'TD' ? cellsRight(grid, r, c) : cellsBelow(grid, r, c);
        for (const cell of cells) found.add(cell);
      } else if (right?.tagName === 'TD' && (isPlainlyPersonal(words) || (!isHeaded && isPersonal(words)))) {
        if (!holdsControl(head) && !right.querySelector('table,form')) found.add(right);
      }
    }),
  );
  return [...found];
}

/** The values right of a th, in all the rows that it spans, as far as the next th. */
function cellsRight(grid, r, c) {
  const head = grid[r][c];
  return grid.slice(r, r + (head.rowSpan || grid.length)).flatMap((row) => {
    const cells = row.slice(c + head.colSpan);
    const end = cells.findIndex((cell) => cell?.tagName === 'TH');
    return end < 0 ? cells : cells.slice(0, end);
  });
}

/** The values below a heading, over further rows of headings, as far as the next such row. */
function cellsBelow(grid, r, c) {
  const head = grid[r][c];
  const isTitle = head.colSpan > 1 && head.colSpan >= grid[r].length;
  const isColumn = head.tagName === 'TD' || isHeadRow(grid[r]);
  const cells = [];
  for (const row of grid.slice(r + (head.rowSpan || grid.length))) {
    const under = row.slice(c, c + head.colSpan).filter((cell) => cell !== head);
    if (isTitle && under.some((cell) => cell.colSpan !== head.colSpan)) break;
    if (row.every((cell) => cell.tagName === 'TH')) {
      if (cells.length) break;
    } else {
      // A list may mark the first cell of each row as th; it is a value like the others.
      cells.push(...under.filter((cell) => isColumn || cell.tagName === 'TD'));
    }
  }
  return cells;
}

/** Is what stands in this cell in shown fields? Then the words around them are units and examples. */
const isFormCell = (fields) => fields.length > 0 && fields.every(isShown);

/** The dd of a personal dt. */
function personalTerms(root) {
  const found = [];
  for (const term of root.querySelectorAll('dt')) {
    if (!isPersonal(shortText(term))) continue;
    for (let next = term.nextElementSibling; next?.tagName === 'DD'; next = next.nextElementSibling) found.push(next);
  }
  return found;
}

const NO_LOOSE_HEADING = `th,dt,li,option,legend,caption,script,style,${BUTTONS},${LINKS}`;
/** Longer words are prose, not a value. */
const VALUE_MAX = 200;

/** The nodes behind words that are a personal heading by themselves, outside of tables: `<b>氏名</b> 山田`. */
function looseNodes(root, doc) {
  const found = [];
  const texts = doc.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (text.data.length > 2 * HEADING_MAX || !isPlainlyPersonal(text.data)) continue;
    const el = text.parentElement;
    if (!el || el.closest(NO_LOOSE_HEADING) || el.closest('label')?.control) continue;
    let head = text;
    const isAlone = (parent) => squeeze(parent.textContent) === squeeze(text.data) && !holdsControl(parent);
    while (head.parentElement && isAlone(head.parentElement)) head = head.parentElement;
    if (head.tagName !== 'TD') found.push(...nodesBehind(head));
  }
  return found;
}

/** What `wordsBehind` reads, as nodes. */
function nodesBehind(head) {
  const nodes = [];
  for (let next = head.nextSibling; next; next = next.nextSibling) {
    const words = tidy(next.textContent);
    if (isElement(next)) {
      const isEnd = next.matches(`br,h1,h2,h3,h4,h5,h6,table,form,${CONTROLS},${BUTTONS}`);
      if (isEnd || holdsControl(next) || next.querySelector('table')) break;
    }
    if (words.length > VALUE_MAX || isPlainlyPersonal(words) || /[:：]$/.test(words)) break;
    if (words) nodes.push(next);
    if (words && isElement(next) && !getComputedStyle(next).display.startsWith('inline')) break;
  }
  return nodes;
}

const isApart = (char) => /[\s、,，/／|｜]/.test(char);

/** The [start, end) ranges of a line's values behind 「氏名：」. The next heading before a colon, or a new line, ends a value. */
function rangesAfterColons(chars) {
  const isTime = (at) => /\d/.test(chars[at - 1] ?? '') && /\d/.test(chars[at + 1] ?? '');
  const colons = chars.flatMap((char, at) => (/[:：]/.test(char) && !isTime(at) ? [at] : []));
  return colons.flatMap((colon, k) => {
    const before = chars.slice((colons[k - 1] ?? -1) + 1, colon).join('');
    if (!isPersonal(before.split(/[。!?！？]/).at(-1).slice(-HEADING_MAX))) return [];
    const start = chars.findIndex((char, at) => at > colon && !/\s/.test(char));
    if (start < 0) return [];
    let end = colons[k + 1] ?? chars.length;
    const backOver = (test) => {
      while (end > start && test(chars[end - 1])) end -= 1;
    };
    if (k + 1 < colons.length) {
      backOver(isApart);
      backOver((char) => !isApart(char));
      backOver(isApart);
      if (end <= start) end = colons[k + 1];
    }
    const newLine = chars.indexOf('\n', start);
    return [[start, newLine < 0 ? end : Math.min(end, newLine)]];
  });
}

/** What belongs to a personal heading: each place with its fields, and whether it is a form's cell. */
function personalPlaces(root, doc) {
  const cells = [...root.querySelectorAll('table')].flatMap(personalCells);
  return [...cells, ...personalTerms(root), ...looseNodes(root, doc)].map((place) => {
    const fields = isElement(place) ? [...place.querySelectorAll(CONTROLS)].filter((el) => !isBox(el)) : [];
    return { place, fields, isForm: isFormCell(fields) };
  });
}

/** The lines of a root as they may be told to whoever watches: covered is just what a picture would cover. */
function linesForEyes(root, doc) {
  const parts = new Set(privateParts(root));
  for (const { place, fields, isForm } of personalPlaces(root, doc)) {
    for (const field of fields) parts.add(field);
    if (!isForm) parts.add(place);
  }
  const isUnder = (node) => {
    for (let at = node; at && at !== root; at = at.parentNode) {
      if (parts.has(at)) return true;
      if (isElement(at) && at.matches(BUTTONS)) return false;
    }
    return false;
  };
  const hide = {
    part: isUnder,
    line: (text) => {
      const chars = [...text];
      for (const [from, to] of rangesAfterColons(chars).reverse()) chars.splice(from, to - from, COVERED);
      return chars.join('');
    },
  };
  return linesOf(root.body ?? root.documentElement ?? root, true, hide);
}
