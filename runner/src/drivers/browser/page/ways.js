// The ways to point at an element, for `look` and for recording: each is a locator as a scenario may write it, and each was
// tried with the very search that a run uses and found this element and no other.

let recalled = null;

/** Answers from memory while the page stands still: naming a control is asked for again and again. */
function recall(el, make) {
  if (!recalled) return make(el);
  if (!recalled.has(el)) recalled.set(el, make(el));
  return recalled.get(el);
}

/** Runs without giving the page a chance to change, so that names may be remembered. */
function whileStill(work) {
  recalled = new Map();
  try {
    return work();
  } finally {
    recalled = null;
  }
}

const locatorOf = (by, more) => ({ by, within: null, nth: null, frame: null, ...more });
/** No name is longer; what is longer is prose. */
const NAME_MAX = 60;
/** Among more equals than this nobody counts. */
const NTH_MAX = 30;

/** A heading as a scenario writes it: without the marks that offices put around it. */
function caption(s) {
  const bare = tidy(s)
    .replace(/[[(（【〔<＜［](?:必須|任意)(?:項目|入力)?[\])）】〕>＞］]/g, '')
    .replace(/^(?:必須|任意)(?=.)|(?<=.)(?:必須|任意)$/g, '');
  return tidy(bare.replace(/^[※*＊・●■◆◎▼\s]+|[※*＊:：\s]+$/g, ''));
}

const uniqueTexts = (texts) => [
  ...new Set(texts.flatMap((text) => [caption(text), tidy(text)]).filter((text) => text && text.length <= NAME_MAX)),
];

/** What an element's frame is called, or null in the top document. */
function frameNameOf(el) {
  const frame = el.ownerDocument === document ? null : el.ownerDocument.defaultView.frameElement;
  return frame ? frame.name || frame.id || frame.title || el.ownerDocument.title || null : null;
}

/** A CSS selector by something that a person gave the element: its id, its name. */
function cssByName(el) {
  const found = [];
  if (el.id) found.push(`#${CSS.escape(el.id)}`);
  const name = el.getAttribute('name');
  if (name) {
    const value = isBox(el) ? `[value="${CSS.escape(el.value)}"]` : '';
    found.push(`${el.tagName.toLowerCase()}[name="${CSS.escape(name)}"]${value}`);
  }
  return found;
}

/** A CSS selector by where the element stands, from the nearest id on. */
function cssByPlace(el) {
  const steps = [];
  for (let at = el; at && isElement(at); at = at.parentElement) {
    if (at !== el && at.id) return [`#${CSS.escape(at.id)}`, ...steps].join(' > ');
    const tag = at.tagName.toLowerCase();
    const equals = [...(at.parentNode?.children ?? [])].filter((other) => other.tagName === at.tagName);
    steps.unshift(equals.length > 1 ? `${tag}:nth-of-type(${equals.indexOf(at) + 1})` : tag);
  }
  return steps.join(' > ');
}

/** An XPath by where the element stands in its document. */
function xpathByPlace(el) {
  const steps = [];
  for (let at = el; at && isElement(at); at = at.parentElement) {
    const equals = [...(at.parentNode?.children ?? [])].filter((other) => other.tagName === at.tagName);
    steps.unshift(`${at.tagName.toLowerCase()}[${equals.indexOf(at) + 1}]`);
  }
  return `/${steps.join('/')}`;
}

/** What an element is called, as locators' `by`, for what is to be done with it. */
function wordsFor(el, purpose) {
  if (purpose === 'control') {
    const own = /^(?:label|after|aria)$/;
    const names = controlNames(el).filter(({ how }) => el.type !== 'radio' || !own.test(how));
    names.sort((a, b) => a.tier - b.tier);
    return uniqueTexts(names.map(({ text }) => text)).map((label) => ({ label }));
  }
  if (purpose === 'read') return uniqueTexts(controlNames(el).map(({ text }) => text)).map((field) => ({ field }));
  const texts = uniqueTexts(selfNames(el));
  if (el.matches(LINKS)) return texts.map((link) => ({ link }));
  const kind = el.matches(BUTTONS) ? 'button' : 'text';
  return [...texts.map((any) => ({ any })), ...texts.map((text) => ({ [kind]: text }))];
}

/** Texts near an element that tell it from its equals, the nearest first. What tells of a person is left out. */
function landmarksOf(el) {
  const marks = [];
  const row = el.closest('tr');
  if (row) {
    const grid = gridOf(row.closest('table'));
    const personal = new Set(personalCells(row.closest('table')));
    const r = grid.findIndex((cells) => [...row.cells].some((cell) => cells.includes(cell)));
    const cells = [...row.cells].filter((cell) => !cell.contains(el) && !personal.has(cell) && !holdsControl(cell));
    cells.sort((a, b) => (a.tagName === 'TH' ? 0 : 1) - (b.tagName === 'TH' ? 0 : 1));
    if (r >= 0) marks.push(...cells.map(shortText));
  }
  for (let at = el; at && at.tagName !== 'BODY'; at = at.parentElement) {
    const legend = at.tagName === 'FIELDSET' ? at.querySelector('legend') : null;
    if (legend) marks.push(textOf(legend));
    for (let prev = at.previousElementSibling; prev; prev = prev.previousElementSibling) {
      const head = prev.matches('h1,h2,h3,h4,h5,h6') ? prev : prev.matches('caption') ? prev : null;
      if (head) {
        marks.push(textOf(head));
        break;
      }
    }
  }
  return uniqueTexts(marks);
}

/**
 * Up to `most` ways to an element, the best first: [{ locator, how, els }]. `fits(found)` says whether what a way finds is
 * what is meant; without it that is the element alone.
 */
function waysTo(el, purpose, most, fits = (found) => found.els.length === 1 && found.els[0] === el) {
  const ways = [];
  const attempt = (locator) => {
    if (ways.length >= most) return;
    const found = locate(locator, purpose, null);
    if (found.state !== 'one' || !found.exact || !fits(found)) return;
    ways.push({ locator, how: found.how, els: found.els });
  };
  const words = wordsFor(el, purpose);
  // A plain string takes nothing beside it.
  const named = words.filter((by) => !('any' in by));
  const [first] = named;
  const frame = frameNameOf(el);
  // One word is enough: what else the element is called is no second way.
  for (const by of words) if (!ways.length) attempt(locatorOf(by));
  const role = el.getAttribute('role');
  if (role && first) attempt(locatorOf({ role: { role, name: Object.values(first)[0] } }));
  if (el.placeholder) attempt(locatorOf({ placeholder: tidy(el.placeholder) }));
  if (el.dataset?.testid) attempt(locatorOf({ test_id: el.dataset.testid }));
  const none = () => ways.length === 0;
  if (none() && frame) for (const by of named) if (none()) attempt(locatorOf(by, { frame }));
  if (none())
    for (const mark of landmarksOf(el))
      for (const by of named) if (none()) attempt(locatorOf(by, { within: locatorOf({ any: mark }) }));
  const css = cssByName(el);
  for (const selector of css) attempt(locatorOf({ css: selector }));
  if (none() && frame) for (const selector of css) if (none()) attempt(locatorOf({ css: selector }, { frame }));
  if (none() && first) for (let nth = 1; nth <= NTH_MAX && none(); nth += 1) attempt(locatorOf(first, { nth }));
  const place = cssByPlace(el);
  if (none()) attempt(locatorOf({ css: place }));
  if (none() && frame) attempt(locatorOf({ css: place }, { frame }));
  if (none()) attempt(locatorOf({ xpath: xpathByPlace(el) }));
  return ways;
}

/** A date that is one in every calendar, to see whether controls can hold one. */
const SAMPLE_DATE = { era_name: '平成', era_letter: 'H', era_year: 8, year: 1996, month: 9, day: 8, iso: '1996-09-08' };

/** What the controls under one heading hold together, or null when they are not one field. */
function fieldKind(els) {
  const [el] = els;
  if (els.length === 1) {
    if (el.tagName === 'SELECT') return 'list';
    if (el.tagName === 'TEXTAREA' || el.isContentEditable) return 'text';
    return { checkbox: 'box', radio: 'choice', password: 'password', file: 'file', date: 'date' }[el.type] ?? 'text';
  }
  if (els.every((one) => one.type === 'radio')) return 'choice';
  const around = squeeze(el.closest('td,dd,label,p,div,fieldset')?.textContent ?? '');
  const parts = dateParts(els, SAMPLE_DATE);
  if (parts && (parts.length === 4 || els.some((one) => one.tagName === 'SELECT') || /年.*月/.test(around)))
    return 'date_parts';
  if (els.every((one) => one.tagName === 'INPUT' && !isBox(one))) return 'parts';
  return null;
}

/** The field that a control belongs to: { els, kind, ways }, its controls in the page's order. */
function fieldOf(el, most) {
  const one = (found) => found.els.includes(el) && fieldKind(found.els) !== null;
  const ways = waysTo(el, 'control', most, one);
  const els = ways[0]?.els ?? [el];
  return { els, kind: fieldKind(els), ways };
}

/** What can be pressed at a place of the page: the button, link or other thing around it, or null. */
function pressableAt(el) {
  const named = el.closest(`${BUTTONS},${LINKS}`);
  if (named) return named;
  for (let at = el; at && !at.matches('body,form,table,html'); at = at.parentElement) {
    if (at.hasAttribute('onclick')) return at;
  }
  return null;
}

/** A link leads to one address, wherever it stands. */
const sameLink = (el) => (found) =>
  found.els.includes(el) || (el.tagName === 'A' && !el.hasAttribute('onclick') && found.els[0].href === el.href);
const waysToPress = (el, most) => waysTo(el, 'click', most, sameLink(el));
