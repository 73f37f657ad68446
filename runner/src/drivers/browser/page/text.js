// Text as a person reads it: width and blanks do not count, hidden things are not there, cells and paragraphs do not run
// together.

const WIDE = /[\uFF01-\uFF5E\uFF61-\uFF9F\u3000]+/g;
const tidy = (s) => s.replace(/\s+/g, ' ').trim();
const narrow = (s) => s.replace(WIDE, (run) => run.normalize('NFKC'));

/** One form for comparing: one width, and blanks only between two ASCII characters ("山田　太郎" is "山田太郎"). */
const squeeze = (s) => tidy(narrow(s)).replace(/ (?=[^\x21-\x7e])|(?<=[^\x21-\x7e]) /g, '');

/** A heading without the marks that offices put around it: 「※氏名（必須）：」 is 「氏名」. */
function heading(s) {
  let text = squeeze(s)
    .toLowerCase()
    .replace(/[[(【〔<](?:必須|任意)(?:項目|入力)?[\])】〕>]/g, '');
  text = text.replace(/^(?:必須|任意)(?=.)|(?<=.)(?:必須|任意)$/g, '');
  return text.replace(/^[※*・●■◆◎▼]+|[※*:]+$/g, '').replace(/[※*]+$/, '');
}

/** 0 the same heading, 1 the same but for a note in parentheses at its end, 2 holds it, null no match. */
function likeness(shown, wanted) {
  const [a, b] = [heading(shown), heading(wanted)];
  if (!a || !b) return null;
  if (a === b) return 0;
  if (a.replace(/\([^()]*\)$/, '') === b) return 1;
  return holds(a, b) ? 2 : null;
}

const WORD = /[\p{Script=Latin}\p{Nd}]/u;
const DIGIT = /\p{Nd}/u;
const KATAKANA = /[\p{Script=Katakana}ー]/u;

/** Are these neighbours of one word or number? Kanji and hiragana never are: Japanese has no blanks between words. */
const sameRun = (a = '', b = '') => (WORD.test(a) && WORD.test(b)) || (KATAKANA.test(a) && KATAKANA.test(b));

/** Does the character at k tie its neighbours into one number (1,500) or code (R8-000123)? */
function tie(text, k) {
  const [before = '', it = '', after = ''] = [text[k - 1], text[k], text[k + 1]];
  if (/[-_\u2010-\u2015\u2212]/.test(it)) return WORD.test(before) && WORD.test(after);
  return /[.,]/.test(it) && DIGIT.test(before) && DIGIT.test(after);
}

/** Is `wanted` in `text`, and not as a part of a longer word or number? Both are squeezed. */
function holds(text, wanted) {
  if (!wanted) return false;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const cutBefore = sameRun(text[at - 1], text[at]) || tie(text, at - 1);
    const cutAfter = sameRun(text[end - 1], text[end]) || tie(text, end);
    if (!cutBefore && !cutAfter) return true;
  }
  return false;
}

const GAP = /(?<=[\p{Script=Katakana}ー]) (?=\p{Script=Katakana})/u;

/** Does a text as the page has it hold `goal`, which is squeezed? A blank between two katakana may part two words of a menu
 * (「メニュー　ログアウト」) or two halves of a name: both readings count. */
const mentions = (text, goal) =>
  holds(squeeze(text), goal) ||
  tidy(narrow(text))
    .split(GAP)
    .some((part) => holds(squeeze(part), goal));

const UNSEEN = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'HEAD', 'OPTION', 'IFRAME', 'FRAME', 'OBJECT']);
const BUTTON_TYPES = new Set(['submit', 'button', 'reset', 'image']);
const isElement = (node) => node.nodeType === 1;
const isControl = (el) =>
  (el.tagName === 'INPUT' && el.type !== 'hidden' && !BUTTON_TYPES.has(el.type)) ||
  el.tagName === 'SELECT' ||
  el.tagName === 'TEXTAREA';
const childrenOf = (el) =>
  el.shadowRoot
    ? el.shadowRoot.childNodes
    : el.tagName === 'SLOT' && el.assignedNodes().length
      ? el.assignedNodes()
      : el.childNodes;

/**
 * Walks what is shown under `node`. The sink hears `text(node)`, `control(el)`, `soft()` for a line break and `hard()`
 * where a person sees a new cell, paragraph or button.
 */
function walk(node, sink) {
  if (node.nodeType === 3) return sink.text(node);
  if (node.nodeType === 1) {
    if (UNSEEN.has(node.tagName)) return undefined;
    if (node.tagName === 'BR') return sink.soft();
    if (sink.skip?.(node)) return undefined;
    const style = getComputedStyle(node);
    if (style.display === 'none') return undefined;
    if (isControl(node) || node.tagName === 'INPUT')
      return style.visibility === 'visible' ? sink.control(node) : undefined;
    const apart = !/^(inline|contents|ruby)/.test(style.display) || node.tagName === 'BUTTON';
    if (apart) sink.hard();
    const silent = style.visibility !== 'visible';
    for (const child of childrenOf(node)) if (!silent || isElement(child)) walk(child, sink);
    if (apart) sink.hard();
  } else {
    for (const child of node.childNodes) walk(child, sink);
  }
  return undefined;
}

/** What is read at a control among other text. A ticked box speaks by its label, an unticked one not at all. */
function valueInText(el) {
  if (!isBox(el)) return shownValue(el);
  return el.checked && !el.labels?.length ? '✓' : '';
}
const isUnticked = (el) => el.tagName === 'LABEL' && isBoxPart(el) && !el.control.checked;

/** What stands for words that must not be seen, as in every text that the program shows. */
const COVERED = '＊＊＊';

/** The shown lines under a node, tidied; with `values`, what the controls hold stands in its place. What `hide` has something
 * against stands there covered: it is asked about each text node and control, and about the characters of each line. */
function linesOf(node, values = false, hide = null) {
  const lines = [];
  let line = '';
  const end = () => {
    const seen = tidy(hide ? hide.line(line) : line);
    if (seen) lines.push(seen);
    line = '';
  };
  const words = (part, said) => (hide?.part(part) && tidy(said) ? COVERED : said);
  walk(node, {
    text: (t) => (line += words(t, t.data)),
    soft: () => (line += '\n'),
    hard: end,
    skip: (el) => values && isUnticked(el),
    control: (el) => {
      if (BUTTON_TYPES.has(el.type)) {
        end();
        line = el.value;
        end();
      } else if (values) {
        line += ` ${words(el, valueInText(el))} `;
      } else {
        end();
      }
    },
  });
  end();
  return lines;
}

const textOf = (node, values = false) => tidy(linesOf(node, values).join(' '));

/** What a person reads in one control. An unchecked box reads as nothing, a password as dots. */
function shownValue(el) {
  if (el.tagName === 'SELECT') return [...el.selectedOptions].map((o) => tidy(o.text)).join('、');
  if (el.type === 'checkbox' || el.type === 'radio') return el.checked ? ownLabel(el) || 'はい' : '';
  if (el.type === 'password') return '●'.repeat(el.value.length);
  return el.value ?? textOf(el);
}

/** The label of a checkbox or radio itself: its label element, else the words right behind it. */
function ownLabel(el) {
  const labels = [...(el.labels ?? [])].map((label) => textOf(label)).filter(Boolean);
  if (labels.length) return labels.join(' ');
  let words = '';
  for (let next = el.nextSibling; next; next = next.nextSibling) {
    if (isElement(next) && (next.tagName === 'BR' || isControl(next) || next.querySelector('input,select,textarea')))
      break;
    words += next.textContent;
  }
  return tidy(words);
}
