// Masks for a picture: black boxes over whatever must not be seen, put up before the capture and taken down after it.

/** Is this run of 12 digits a valid 個人番号? (番号法施行令8条: weights 6 5 4 3 2 7 6 5 4 3 2, check = 11 - sum mod 11, 0 if that is over 9) */
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
    for (let i = goal ? text.indexOf(goal) : -1; i >= 0; i = text.indexOf(goal, i + 1)) ranges.push([i, i + goal.length]);
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
    for (const el of root.querySelectorAll('input,textarea,select')) {
      const shown = el.multiple || el.size > 1 ? el.options : el.selectedOptions;
      const text = el.tagName === 'SELECT' ? [...shown].map((o) => o.text).join(' / ') : `${el.value} / ${el.placeholder ?? ''}`;
      if (el.type === 'password' || (el.type !== 'hidden' && isSensitive(text, spec))) coverBox(el);
    }
    for (const el of root.querySelectorAll('iframe,frame')) if (!el.contentDocument) coverBox(el);
    coverText(root, doc, spec, rects);
  }
  return rects.filter((r) => r.width > 0 && r.height > 0);
}

/** Text is searched line by line over element borders, so that a value in several elements is found too. */
function coverText(root, doc, spec, rects) {
  let line = [];
  const end = () => {
    for (const [from, to] of sensitiveRanges(line.map(({ char }) => char), spec)) {
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
    soft: () => line.push({ node: null, at: 0, char: ' ' }),
    hard: end,
    control: end,
  });
  end();
}

const COVERS = Symbol.for('yakin.covers');

/** Covers everything that must be covered in every frame; returns how many boxes were needed. */
function putMasks(spec) {
  takeMasks();
  const frames = framesUnder(window);
  const chosen = spec.targets.flatMap((locator) => {
    const place = placeOf(framesFor(locator.frame));
    return best(candidatesIn(place, locator.by, 'read')).list.flatMap((c) => c.els);
  });
  let count = 0;
  window[COVERS] = [];
  for (const { doc } of frames) {
    const rects = sensitiveRects(doc, spec, chosen);
    count += rects.length;
    if (!rects.length) continue;
    const layer = doc.createElement('div');
    layer.style.cssText = 'all:initial;position:fixed;inset:0;width:100vw;height:100vh;background:none;border:0;padding:0;margin:0;overflow:hidden;pointer-events:none;z-index:2147483647';
    for (const r of rects) {
      const cover = doc.createElement('div');
      cover.style.cssText = `all:initial;position:absolute;background:#000;left:${r.left - 1}px;top:${r.top - 1}px;width:${r.width + 2}px;height:${r.height + 2}px`;
      layer.append(cover);
    }
    layer.popover = 'manual';
    doc.documentElement.append(layer);
    // The top layer lies above everything that the page can put up.
    layer.showPopover();
    const placed = [...layer.children].every((cover, i) => Math.abs(cover.getBoundingClientRect().left + 1 - rects[i].left) < 1);
    if (!placed) throw new Error('masks are not where they should be');
    window[COVERS].push({ layer, rects: rects.map((r) => [r.left, r.top, r.width, r.height].join()) });
  }
  return { count };
}

/** Takes the masks down and says whether they had covered, until now, everything that they should. */
function takeMasks(spec) {
  const covers = window[COVERS] ?? [];
  const intact = covers.every(({ layer }) => layer.isConnected && layer.matches(':popover-open'));
  for (const { layer } of covers) layer.remove();
  delete window[COVERS];
  if (!spec) return { complete: true };
  const covered = new Set(covers.flatMap(({ rects }) => rects));
  const chosen = spec.targets.flatMap((locator) => best(candidatesIn(placeOf(framesFor(locator.frame)), locator.by, 'read')).list.flatMap((c) => c.els));
  const needed = framesUnder(window).flatMap(({ doc }) => sensitiveRects(doc, spec, chosen)).map((r) => [r.left, r.top, r.width, r.height].join());
  return { complete: intact && needed.every((rect) => covered.has(rect)) };
}
