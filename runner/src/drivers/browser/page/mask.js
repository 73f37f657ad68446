// Masks for a picture: gray boxes over whatever must not be seen, put up before the capture and taken down after it.

/**
 * Is this run of 12 digits a valid 個人番号? The check digit is 11 - (sum mod 11), or 0 where the rest is 0 or 1
 * (番号法の検査用数字: weights 6 5 4 3 2 7 6 5 4 3 2 from the left).
 */
function isPersonalNumber(digits) {
  const sum = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2].reduce((n, weight, i) => n + weight * Number(digits[i]), 0);
  const rest = sum % 11;
  return Number(digits[11]) === (rest <= 1 ? 0 : 11 - rest);
}

const BARE = /[\s\-\u2010-\u2015\u2212]/;

/** The [start, end) ranges of `chars` (single characters of one line) that must be covered. */
function sensitiveRanges(chars, spec) {
  const kept = [];
  chars.forEach((char, at) => {
    for (const one of char.normalize('NFKC')) if (!BARE.test(one)) kept.push({ one, at });
  });
  const text = kept.map(({ one }) => one).join('');
  const ranges = [];
  for (const value of spec.values) {
    const goal = [...value.normalize('NFKC')].filter((one) => !BARE.test(one)).join('');
    for (let i = goal ? text.indexOf(goal) : -1; i >= 0; i = text.indexOf(goal, i + 1))
      ranges.push([i, i + goal.length]);
  }
  if (spec.personal_numbers) {
    for (const run of text.matchAll(/\d{12,}/g)) {
      if (run[0].length === 12 && isPersonalNumber(run[0])) ranges.push([run.index, run.index + 12]);
    }
  }
  // `kept` counts characters, `indexOf` UTF-16 units: both agree only after this map.
  const units = kept.flatMap(({ one, at }) => Array(one.length).fill(at));
  return ranges.map(([from, to]) => [units[from], units[to - 1] + 1]);
}

const isSensitive = (text, spec) => sensitiveRanges([...text], spec).length > 0;

/** The rectangles of a document that must be covered. */
function sensitiveRects(doc, spec, chosen) {
  const rects = [];
  const coverBox = (el) => rects.push(...el.getClientRects());
  for (const el of chosen) if (el.ownerDocument === doc) coverBox(el);
  for (const root of rootsUnder(doc)) {
    privateParts(root).forEach(coverBox);
    coverPersonalPlaces(root, doc, rects);
    for (const el of root.querySelectorAll('input,textarea,select')) {
      const shown = el.multiple || el.size > 1 ? el.options : el.selectedOptions;
      const text =
        el.tagName === 'SELECT' ? [...shown].map((o) => o.text).join(' / ') : `${el.value} / ${el.placeholder ?? ''}`;
      if (el.type === 'password' || (el.type !== 'hidden' && isSensitive(text, spec))) coverBox(el);
    }
    for (const el of root.querySelectorAll('iframe,frame')) if (!el.contentDocument) coverBox(el);
    coverText(root, doc, spec, rects);
  }
  return rects.filter((r) => r.width > 0 && r.height > 0);
}

/** Covers what belongs to a personal heading: its fields, else words and pictures. Buttons among them stay. */
function coverPersonalPlaces(root, doc, rects) {
  for (const { place, fields, isForm } of personalPlaces(root, doc)) {
    for (const field of fields) if (!isBlank(field)) rects.push(...field.getClientRects());
    if (!isForm) coverWords(place, doc, rects);
  }
}

function coverWords(place, doc, rects) {
  const ignore = () => {};
  walk(place, {
    text: (node) => {
      const words = node.data.trim();
      if (!words) return;
      const range = doc.createRange();
      const start = node.data.indexOf(words);
      range.setStart(node, start);
      range.setEnd(node, start + words.length);
      rects.push(...range.getClientRects());
    },
    soft: ignore,
    hard: ignore,
    control: ignore,
    skip: (el) => {
      if (el.matches('img,canvas,svg')) rects.push(...el.getClientRects());
      return el.matches(BUTTONS);
    },
  });
}

/** Text is searched line by line over element borders, so that a value in several elements is found too. */
function coverText(root, doc, spec, rects) {
  let line = [];
  const end = () => {
    const chars = line.map(({ char }) => char);
    for (const [from, to] of [...sensitiveRanges(chars, spec), ...rangesAfterColons(chars)]) {
      for (const { node, at, char } of line.slice(from, to)) {
        if (!node) continue;
        const range = doc.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + char.length);
        rects.push(...range.getClientRects());
      }
    }
    line = [];
  };
  walk(root.body ?? root.documentElement ?? root, {
    text: (node) => {
      let at = 0;
      for (const char of node.data) {
        line.push({ node, at, char });
        at += char.length;
      }
    },
    soft: () => line.push({ node: null, at: 0, char: '\n' }),
    hard: end,
    control: end,
  });
  end();
}

const COVERS = Symbol.for('yakin.covers');
const LAYER_STYLE =
  'all:initial;position:fixed;inset:0;width:100vw;height:100vh;margin:0;padding:0;border:0;background:none;' +
  'overflow:hidden;pointer-events:none;z-index:2147483647';
const COVER_STYLE =
  'all:initial;position:absolute;box-sizing:border-box;background:#b9bec5;border:1px solid #949ba4;border-radius:2px';

/** Everything that must be covered, as { doc, rects } for each frame. */
function sensitiveFrames(spec) {
  const chosen = spec.targets.flatMap((locator) => {
    const place = placeOf(framesFor(locator.frame));
    return best(candidatesIn(place, locator.by, 'read')).list.flatMap((c) => c.els);
  });
  return framesUnder(window).map(({ doc }) => ({ doc, rects: sensitiveRects(doc, spec, chosen) }));
}

/** One box for what stands side by side in a line, a little larger than what it covers; none within another. */
function joined(rects) {
  const boxes = [];
  const near = (a, b) => Math.abs(a - b) <= 4;
  for (const { left, top, right, bottom } of [...rects].sort((a, b) => a.left - b.left)) {
    const box = boxes.find((one) => near(one.top, top) && near(one.bottom, bottom) && left <= one.right + 4);
    if (!box) boxes.push({ left, top, right, bottom });
    else
      Object.assign(box, {
        top: Math.min(box.top, top),
        right: Math.max(box.right, right),
        bottom: Math.max(box.bottom, bottom),
      });
  }
  const isAround = (a, b) =>
    a !== b && a.left <= b.left && a.top <= b.top && a.right >= b.right && a.bottom >= b.bottom;
  return boxes
    .filter((box) => !boxes.some((other) => isAround(other, box)))
    .map(({ left, top, right, bottom }) => ({
      left: left - 1,
      top: top - 1,
      width: right - left + 2,
      height: bottom - top + 2,
    }));
}

/**
 * Puts boxes over the rectangles of one document. They lie in the top layer, above everything that the page can put up, and
 * in a closed shadow tree, which keeps their events from the page.
 */
function coverRects(doc, rects) {
  const host = doc.createElement('div');
  host.style.cssText = 'all:initial!important;display:contents!important';
  const layer = doc.createElement('div');
  layer.style.cssText = LAYER_STYLE;
  const boxes = joined(rects);
  for (const box of boxes) {
    const cover = doc.createElement('div');
    cover.style.cssText = COVER_STYLE;
    for (const [side, length] of Object.entries(box)) cover.style[side] = `${length}px`;
    layer.append(cover);
  }
  layer.popover = 'manual';
  host.attachShadow({ mode: 'closed' }).append(layer);
  doc.documentElement.append(host);
  layer.showPopover();
  const isThere = [...layer.children].every((cover, i) => {
    const { left, top } = cover.getBoundingClientRect();
    return Math.abs(left - boxes[i].left) <= 1 && Math.abs(top - boxes[i].top) <= 1;
  });
  return { host, layer, isThere };
}

/** Covers everything that must be covered in every frame; a cover that is not in its place shows when they are taken down. */
function putMasks(spec) {
  takeMasks();
  window[COVERS] = [];
  for (const { doc, rects } of sensitiveFrames(spec)) {
    if (rects.length) window[COVERS].push({ doc, rects, ...coverRects(doc, rects) });
  }
}

/** Takes the masks down and says whether they had covered, until now, everything that they should. */
function takeMasks(spec) {
  const covers = window[COVERS] ?? [];
  // A document that came after the masks has none to take down.
  const intact =
    COVERS in window &&
    covers.every(({ layer, isThere }) => isThere && layer.isConnected && layer.matches(':popover-open'));
  for (const { host } of covers) host.remove();
  delete window[COVERS];
  if (!spec) return false;
  const keyOf = (rect) => [rect.left, rect.top, rect.width, rect.height].join();
  const isCovered = ({ doc, rects }) => {
    const covered = new Set(covers.find((one) => one.doc === doc)?.rects.map(keyOf));
    return rects.every((rect) => covered.has(keyOf(rect)));
  };
  return intact && sensitiveFrames(spec).every(isCovered);
}
