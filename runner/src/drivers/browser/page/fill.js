// Filling a form: everything in one call, then each value is compared with what the page holds.

/** Puts text into a control as typing would: trusted input events, and `change` when the focus moves on. */
function insertText(el, text) {
  el.focus();
  if (['date', 'month', 'week', 'time', 'datetime-local', 'color', 'range'].includes(el.type)) {
    const { set } = Object.getOwnPropertyDescriptor(el.ownerDocument.defaultView.HTMLInputElement.prototype, 'value');
    set.call(el, text);
    announce(el);
    return;
  }
  if (el.select) el.select();
  else el.ownerDocument.getSelection().selectAllChildren(el);
  el.ownerDocument.execCommand(text ? 'insertText' : 'delete', false, text);
}

function announce(el) {
  el.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  el.dispatchEvent(new Event('change', { bubbles: true }));
}

const numberIn = (text) => {
  const digits = squeeze(text).match(/^\D{0,2}?(\d+)\D{0,2}$/);
  return digits ? Number(digits[1]) : null;
};

/** Which entry is meant: the same text, the same value, the same number (3, 03, 3月), else the only one that holds it. */
function pick(entries, wanted) {
  const goal = squeeze(wanted);
  const number = /^\d+$/.test(goal) ? Number(goal) : null;
  const tests = [
    (e) => squeeze(e.text) === goal,
    (e) => e.value === wanted,
    (e) => number !== null && numberIn(e.text) === number,
    (e) => number === null && mentions(e.text, goal),
  ];
  for (const test of tests) {
    const hits = entries.filter(test);
    if (hits.length === 1) return hits[0];
  }
  return null;
}

const optionsOf = (el) =>
  [...el.options].filter((o) => !o.disabled).map((o) => ({ el: o, text: tidy(o.text), value: o.value }));
const boxesOf = (els) => els.map((el) => ({ el, text: ownLabel(el) || el.value, value: el.value }));

function chooseOption(select, option) {
  select.focus();
  if (option.selected) return;
  option.selected = true;
  announce(select);
}

function setBox(el, on) {
  if (el.checked === on) return;
  (isShown(el) ? el : seenPart(el)).click();
}

const YES = ['はい', '有', 'あり', '要', 'する', '同意する', 'yes'];
const NO = ['いいえ', '無', 'なし', '不要', 'しない', '同意しない', 'no'];
const pickAny = (entries, words) =>
  words.map((word) => entries.find((e) => squeeze(e.text).toLowerCase() === word)).find(Boolean) ?? null;

const ERAS = /明治|大正|昭和|平成|令和/;
const isEraChoice = (entries) =>
  entries.filter((e) => ERAS.test(e.text) || /^[MTSHR]$/i.test(squeeze(e.text))).length >= 2 &&
  entries.every((e) => squeeze(e.text).length <= 12);

/** The parts of a date as [control or radios, texts to try], one for each control; null if the controls are no date. */
function dateParts(els, date) {
  const radios = els.filter((el) => el.type === 'radio');
  const eraList = els.find((el) => el.tagName === 'SELECT' && isEraChoice(optionsOf(el)));
  const era = eraList ? [eraList] : isEraChoice(boxesOf(radios)) ? radios : [];
  const rest = els.filter((el) => !era.includes(el) && !isBox(el));
  if (rest.length !== 3) return null;
  const [year, month, day] = rest;
  const eraYear = era.length > 0;
  const years = eraYear
    ? [String(date.era_year), ...(date.era_year === 1 ? ['元', '元年'] : [])]
    : [String(date.year), `${date.era_name}${date.era_year}年`];
  const parts = [
    [[year], years],
    [[month], [String(date.month)]],
    [[day], [String(date.day)]],
  ];
  return eraYear ? [[era, [date.era_name, date.era_letter]], ...parts] : parts;
}

const two = (n) => String(n).padStart(2, '0');

/** A date for one text field, in the shape its example shows; 1990/01/31 when it shows none. */
function dateText(el, date) {
  if (el.type === 'date') return date.iso;
  if (el.type === 'month') return date.iso.slice(0, 7);
  const around = `${el.placeholder ?? ''} ${el.title ?? ''} ${el.closest('td,dd,label,p,div')?.textContent ?? ''}`;
  const shown = narrow(around);
  const eraYear = String(date.era_year);
  const western = shown.match(/(?:\d{4}|y{4})([-/.])(\d{1,2}|m{1,2})\1(\d{1,2}|d{1,2})/i);
  if (ERAS.test(shown) && /年/.test(shown)) return `${date.era_name}${eraYear}年${date.month}月${date.day}日`;
  if (/\b[MTSHR]\d{6}\b/.test(shown))
    return `${date.era_letter}${two(date.era_year)}${two(date.month)}${two(date.day)}`;
  const era = shown.match(/\b[MTSHR](\d{1,2})([-/.])(\d{1,2})\2(\d{1,2})\b/);
  if (era)
    return [
      `${date.era_letter}${/^0/.test(era[1]) ? two(date.era_year) : eraYear}`,
      ...[date.month, date.day].map(/^0/.test(era[3]) ? two : String),
    ].join(era[2]);
  if (western)
    return [date.year, ...[date.month, date.day].map(western[2].length === 2 ? two : String)].join(western[1]);
  if (/\d{4}年|yyyy年/i.test(shown)) return `${date.year}年${date.month}月${date.day}日`;
  if (/\b\d{8}\b|yyyymmdd/i.test(shown) || el.maxLength === 8) return date.iso.replaceAll('-', '');
  return date.iso.replaceAll('-', '/');
}

/** Text for several text controls under one heading: cut at the hyphens, else by their lengths. */
function splitText(els, text) {
  const parts = text.split(/[-\u2010-\u2015\u2212－]/);
  if (parts.length === els.length) return parts;
  const lengths = els.map((el) => el.maxLength);
  if (lengths.some((n) => n <= 0) || lengths.reduce((a, b) => a + b) !== text.length) return null;
  let at = 0;
  return lengths.map((n) => text.slice(at, (at += n)));
}

/** Thrown inside the fill of one field; `plan` turns it into that field's result. */
class Refusal {
  constructor(state, more = {}) {
    Object.assign(this, { state }, more);
  }
}

/**
 * What is to be done for one field, as a list of { el, run, want }: `want` is the text that the control must hold
 * afterwards, a function for what is chosen rather than typed.
 */
function plan(els, value) {
  const [kind, arg] = Object.entries(value)[0];
  const boxes = els.filter(isBox);
  const [el] = els;
  if (kind === 'date') return planDate(els, arg);
  if (kind === 'dated')
    return el.type === 'date' || dateParts(els, arg.date) ? planDate(els, arg.date) : plan(els, { text: arg.text });
  if (kind === 'bool') {
    if (boxes.length === 1 && boxes[0].type === 'checkbox') return [box(boxes[0], arg)];
    const entries = boxes.length ? boxesOf(boxes) : el.tagName === 'SELECT' ? optionsOf(el) : [];
    const entry = pickAny(entries, arg ? YES : NO);
    if (!entry)
      throw new Refusal('no_option', { wanted: arg ? 'はい' : 'いいえ', options: entries.map((e) => e.text) });
    return [boxes.length ? box(entry.el, true) : option(el, entry)];
  }
  const text = arg;
  if (text === '' && els.length > 1 && boxes.length === 0) return els.map(emptied);
  if (boxes.length > 0 && boxes.length === els.length) {
    const entry = pick(boxesOf(boxes), text);
    if (!entry) throw new Refusal('no_option', { wanted: text, options: boxesOf(boxes).map((e) => e.text) });
    return [box(entry.el, true)];
  }
  if (els.length === 1 && el.tagName === 'SELECT') {
    const entry = pick(optionsOf(el), text);
    if (!entry) throw new Refusal('no_option', { wanted: text, options: optionsOf(el).map((e) => e.text) });
    return [option(el, entry)];
  }
  if (els.length === 1) return [typed(el, text)];
  const fields = els.filter((one) => one.tagName === 'INPUT' && !isBox(one));
  const parts = fields.length === els.length ? splitText(fields, text) : null;
  if (!parts)
    throw new Refusal('many', { names: els.map((one) => controlNames(one).at(-1)?.text ?? one.tagName.toLowerCase()) });
  return fields.map((field, i) => typed(field, parts[i]));
}

/** Nothing chosen, nothing written: what stays of a date or number that is not there. */
function emptied(el) {
  if (el.tagName !== 'SELECT') return typed(el, '');
  const entry = optionsOf(el).find((one) => squeeze(one.text) === '');
  if (!entry) throw new Refusal('no_option', { wanted: '', options: optionsOf(el).map((e) => e.text) });
  return option(el, entry);
}

const isTyped = (act) => typeof act.want === 'string';
const typed = (el, text) => ({
  el,
  run: () => insertText(el, text),
  want: el.tagName === 'TEXTAREA' ? text.replace(/\r\n?/g, '\n') : text,
});
const box = (el, on) => ({ el, run: () => setBox(el, on), want: () => el.checked === on });
const option = (el, entry) => ({
  el,
  run: () => chooseOption(el, entry.el),
  want: () => el.selectedOptions[0] && tidy(el.selectedOptions[0].text) === entry.text,
});

function planDate(els, date) {
  if (els.length === 1 && els[0].tagName === 'INPUT') return [typed(els[0], dateText(els[0], date))];
  const parts = dateParts(els, date);
  if (!parts) throw new Refusal('many', { names: els.map((one) => ownLabel(one) || one.tagName.toLowerCase()) });
  return parts.map(([controls, texts]) => {
    const [el] = controls;
    if (el.tagName !== 'SELECT' && !isBox(el))
      return typed(el, el.maxLength === 2 && el.placeholder?.startsWith('0') ? two(texts[0]) : texts[0]);
    const entries = isBox(el) ? boxesOf(controls) : optionsOf(el);
    const entry = texts.map((text) => pick(entries, text)).find(Boolean);
    if (!entry) throw new Refusal('no_option', { wanted: texts[0], options: entries.map((e) => e.text) });
    return isBox(el) ? box(entry.el, true) : option(el, entry);
  });
}

const heldText = (el) => (el.isContentEditable ? el.innerText : el.value);

/** "exact", "differs", or "reformatted": only width or a number's punctuation is another (1,234 for 1234). */
function comparison(act) {
  if (!isTyped(act)) return act.want() ? 'exact' : 'differs';
  const held = heldText(act.el);
  if (held === act.want) return 'exact';
  if (!held || !act.want) return 'differs';
  if (narrow(held) === narrow(act.want)) return 'reformatted';
  const bare = (s) => narrow(s).replace(/[-\u2010-\u2015\u2212,/.\s円¥]/g, '');
  return /^\d+$/.test(bare(held)) && bare(held) === bare(act.want) ? 'reformatted' : 'differs';
}

/** What became of one field; `retype` lists the registered controls that keys must fill again, with the text for each. */
function resultOf(field, register) {
  if (field.refusal) return { ...field.refusal };
  const differing = field.acts.filter((act) => comparison(act) === 'differs');
  const reformatted = field.acts.some((act) => comparison(act) === 'reformatted');
  const texts = field.acts.filter(isTyped);
  const { which, how, exact, name } = field;
  return {
    which,
    how,
    exact,
    name,
    state: differing.length ? 'differs' : reformatted ? 'reformatted' : 'exact',
    wanted_len: texts.reduce((sum, act) => sum + act.want.length, 0),
    held_len: texts.reduce((sum, act) => sum + heldText(act.el).length, 0),
    retype: differing.filter(isTyped).map((act) => ({ ...register(act.el), text: act.want })),
  };
}
