//! Finding the line that a syntax error comes from: what might mend it is tried, and the parser says whether it does.
//!
//! YAML often sees a mistake lines after it was made. So the lines before are tried too, and of several ways the one
//! counts with which the most of the text can be read.

use std::ops::Range;

use super::lost::{self, Lost};
use super::mended::Mended;
use super::{Stop, document};
use crate::diag::{Source, Span};
use crate::scenario::traps;
use crate::scenario::tree::Node;
use crate::text::codes;

/// Lines with traps that are tried for one error.
const MAX_SUSPECTS: usize = 12;
/// Lines above an error that may be indented wrongly.
const MAX_ABOVE: usize = 40;
/// Indentations that are tried for one line.
const MAX_WAYS: usize = 8;
/// Blanks that may be too many or too few.
const MAX_BLANKS: usize = 3;

/// Says how much of a tree is wrong in itself.
pub(super) type Score<'a> = &'a dyn Fn(&Node) -> usize;

/// How many bytes may still be read while mends are tried: so much that every mistake of an honest file is found, so
/// little that a hostile one is given up soon.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Budget {
    pub(super) fn for_text(bytes: usize) -> Budget {
        Budget(4 * 1024 * 1024 + 4 * bytes)
    }

    /// Takes what reading so many bytes costs; `false` when it is spent.
    fn take(&mut self, bytes: usize) -> bool {
        let left = self.0.checked_sub(bytes + 64);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

/// Where reading gets to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// An error on this line.
    Line(usize),
    /// The end.
    Whole,
}

/// Mends lines of a part of the text as long as that brings the parser on.
pub(super) fn repair(mended: &mut Mended<'_>, lines: &Range<usize>, budget: &mut Budget, score: Score<'_>) {
    while let Some(Reach::Line(line)) = reach(mended.now(), lines, budget) {
        let tried = by_traps(mended, lines, line, budget, score) || by_lines(mended, lines, line, budget, score);
        if !tried {
            return;
        }
    }
}

fn part(source: &Source, lines: &Range<usize>) -> Span {
    let last = lines.end.saturating_sub(1);
    Span::new(source.line_span(lines.start).start, source.line_span(last).end)
}

/// How far reading gets; `None` when a limit ends it or no more may be tried.
fn reach(source: &Source, lines: &Range<usize>, budget: &mut Budget) -> Option<Reach> {
    reach_with(source, lines, budget, |_| ()).map(|(reach, _)| reach)
}

fn reach_with<T>(
    source: &Source,
    lines: &Range<usize>,
    budget: &mut Budget,
    then: impl FnOnce(&Node) -> T,
) -> Option<(Reach, Option<T>)> {
    let part = part(source, lines);
    // A text is put together and then read.
    if !budget.take(part.end - part.start + source.text().len() / 4) {
        return None;
    }
    match document(source, part, &mut Vec::new()) {
        Ok(root) => Some((Reach::Whole, root.as_ref().map(then))),
        Err(Stop::Limit(_)) => None,
        Err(Stop::Syntax(error)) => Some((Reach::Line(source.line_of(error.span.start)), None)),
    }
}

/// How much of the text can be read, and how little of that is wrong in itself.
type Rank = (Reach, std::cmp::Reverse<usize>);

fn rank(source: &Source, lines: &Range<usize>, budget: &mut Budget, score: Score<'_>) -> Option<Rank> {
    let (reach, wrong) = reach_with(source, lines, budget, score)?;
    Some((reach, std::cmp::Reverse(wrong.unwrap_or(usize::MAX))))
}

/// The best of some ways to write a line; the first of equals.
fn best(
    mended: &Mended<'_>,
    lines: &Range<usize>,
    ways: Vec<(usize, String)>,
    budget: &mut Budget,
    score: Score<'_>,
) -> Option<(Rank, usize, String)> {
    let mut best: Option<(Rank, usize, String)> = None;
    for (line, text) in ways {
        let Some(rank) = rank(&mended.with_line(line, &text), lines, budget, score) else {
            continue;
        };
        if best.as_ref().is_none_or(|(known, ..)| rank > *known) {
            best = Some((rank, line, text));
        }
        if rank == (Reach::Whole, std::cmp::Reverse(0)) {
            break;
        }
    }
    best
}

/// Finds the indentation of mended lines whose blanks were none.
pub(super) fn fit(mended: &mut Mended<'_>, lines: &Range<usize>, budget: &mut Budget, score: Score<'_>) {
    for line in mended.indented_oddly().into_iter().take(MAX_SUSPECTS) {
        let ways = ways(mended.now(), lines, line, mended.now().line(line).to_owned());
        if let Some((_, line, text)) = best(mended, lines, ways, budget, score) {
            mended.mend_traps_as(line, text);
        }
    }
}

/// A line as it is, and with every indentation that is used around it, the nearest first.
fn ways(source: &Source, lines: &Range<usize>, line: usize, text: String) -> Vec<(usize, String)> {
    let own = traps::indent(&text);
    let mut others: Vec<usize> = around(lines, line)
        .filter(|number| has_content(source.line(*number)))
        .map(|number| traps::indent(source.line(number)))
        .flat_map(|indent| [indent, indent + 2])
        .filter(|other| *other != own)
        .collect();
    others.sort_unstable_by_key(|other| (other.abs_diff(own), *other));
    others.dedup();
    let content = text[own..].to_owned();
    let others = others
        .into_iter()
        .take(MAX_WAYS)
        .map(|other| (line, format!("{}{content}", " ".repeat(other))));
    std::iter::once((line, text.clone())).chain(others).collect()
}

fn around(lines: &Range<usize>, line: usize) -> Range<usize> {
    lines.start.max(line.saturating_sub(MAX_ABOVE))..lines.end.min(line + MAX_ABOVE)
}

/// The next line after an error that has something: YAML may have stopped before it because of it.
fn next_content(source: &Source, lines: &Range<usize>, line: usize) -> usize {
    (line + 1..lines.end)
        .take(MAX_ABOVE)
        .find(|number| !source.line(*number).trim().is_empty())
        .unwrap_or(line)
}

/// Mends the traps of the nearest line that brings the parser on.
fn by_traps(mended: &mut Mended<'_>, lines: &Range<usize>, line: usize, budget: &mut Budget, score: Score<'_>) -> bool {
    let next = next_content(mended.now(), lines, line);
    // A quote or bracket that is not closed shows itself far below.
    let open = |trapped: &&traps::Trapped| {
        let mut codes = trapped.edits.iter().map(|edit| edit.code);
        codes.any(|code| code == codes::YAML_QUOTE || code == codes::YAML_BRACKET)
    };
    let here = mended.suspects(lines.start, line);
    let far = mended.suspects(lines.start, line).skip(MAX_SUSPECTS).filter(open);
    let suspects: Vec<(usize, String, bool)> = here
        .take(MAX_SUSPECTS)
        .chain(mended.suspects(line + 1, next))
        .chain(far.take(MAX_SUSPECTS))
        .map(|trapped| (trapped.line, mended.without_traps(trapped), trapped.is_indented_oddly()))
        .collect();
    for (suspect, text, indented) in suspects {
        let ways = if indented {
            ways(mended.now(), lines, suspect, text)
        } else {
            vec![(suspect, text)]
        };
        if let Some(((reach, _), suspect, text)) = best(mended, lines, ways, budget, score)
            && reach > Reach::Line(line)
        {
            mended.mend_traps_as(suspect, text);
            return true;
        }
    }
    false
}

/// Indents one line anew, or puts in a line that was lost: what makes the most of the text readable.
fn by_lines(mended: &mut Mended<'_>, lines: &Range<usize>, line: usize, budget: &mut Budget, score: Score<'_>) -> bool {
    let ways = indents(mended.now(), lines, line);
    let indented = best(mended, lines, ways, budget, score)
        .filter(|(new, ..)| new.0 > Reach::Line(line))
        .filter(|(new, suspect, _)| !is_worse(mended, lines, (*new, *suspect), budget, score));
    let least = indented
        .as_ref()
        .map_or((Reach::Line(line), std::cmp::Reverse(0)), |(new, ..)| *new);
    let moved = indented.as_ref().map(|(_, moved, _)| *moved);
    let perfect = (Reach::Whole, std::cmp::Reverse(0));
    // Where both mend everything, a line is not moved that stands well above the one that belongs to nothing.
    if moved.is_none_or(|moved| least != perfect || moved < line)
        && let Some((rank, lost)) = lost_line(mended, lines, line, budget, score)
        && (rank > least || (rank == perfect && moved.is_some_and(|moved| stands_well(mended.now(), lines, moved))))
    {
        mended.lose(&lost);
        return true;
    }
    match indented {
        Some((_, suspect, text)) => {
            mended.indent(suspect, text, codes::YAML_INDENT);
            true
        }
        None => false,
    }
}

/// Whether a line stands beside one above it.
fn stands_well(source: &Source, lines: &Range<usize>, line: usize) -> bool {
    let depth = traps::indent(source.line(line));
    let mut above = (lines.start..line)
        .rev()
        .take(MAX_ABOVE)
        .map(|number| source.line(number));
    let first = above.find(|line| has_content(line) && traps::indent(line) <= depth);
    first.is_some_and(|line| traps::indent(line) == depth)
}

/// The lost line that brings the parser farther, with another one that would do as well.
fn lost_line(
    mended: &Mended<'_>,
    lines: &Range<usize>,
    line: usize,
    budget: &mut Budget,
    score: Score<'_>,
) -> Option<(Rank, Lost)> {
    let next = next_content(mended.now(), lines, line);
    let mut best: Option<(Rank, Lost)> = None;
    for lost in lost::candidates(mended.now(), lines, line, next) {
        if mended.is_mended(lost.above) {
            continue;
        }
        let text = lost.with(mended.now().line(lost.above));
        let Some(rank) = rank(&mended.with_line(lost.above, &text), lines, budget, score) else {
            continue;
        };
        match &mut best {
            Some((known, best)) if rank == *known => best.or(&lost),
            Some((known, _)) if rank < *known => {}
            _ => best = Some((rank, lost)),
        }
    }
    best.filter(|(rank, _)| rank.0 > Reach::Line(line))
}

/// Whether a line is wrong where it would be put: without it, as much can be read, and less of that is wrong.
fn is_worse(
    mended: &Mended<'_>,
    lines: &Range<usize>,
    (put, line): (Rank, usize),
    budget: &mut Budget,
    score: Score<'_>,
) -> bool {
    put.0 == Reach::Whole
        && rank(&mended.with_line(line, ""), lines, budget, score).is_some_and(|without| without > put)
}

fn has_content(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#')
}

/// The lines that may be indented wrongly, with other indentations: the likeliest first.
fn indents(source: &Source, lines: &Range<usize>, line: usize) -> Vec<(usize, String)> {
    let content: Vec<usize> = around(lines, line)
        .filter(|number| has_content(source.line(*number)))
        .collect();
    let even = content
        .iter()
        .filter(|number| traps::indent(source.line(**number)).is_multiple_of(2))
        .count();
    // Most files are indented by twos; elsewhere a line is odd whose indentation no other has.
    let by_twos = even * 4 >= content.len() * 3;
    let mut uses = std::collections::HashMap::new();
    for number in &content {
        *uses.entry(traps::indent(source.line(*number))).or_insert(0_usize) += 1;
    }
    let is_odd = |number: usize| {
        let indent = traps::indent(source.line(number));
        if by_twos {
            indent % 2 == 1
        } else {
            uses.get(&indent) == Some(&1)
        }
    };
    let last = next_content(source, lines, line);
    let to = content.partition_point(|number| *number <= last);
    let above = content[..to].iter().rev().copied().take(MAX_ABOVE);
    let mut suspects: Vec<usize> = above.clone().filter(|number| is_odd(*number)).take(2).collect();
    suspects.extend(above.take(4).filter(|number| !is_odd(*number)));
    let mut tried = Vec::new();
    for suspect in suspects {
        let text = source.line(suspect);
        let indent = traps::indent(text);
        let beside = beside(source, &content, suspect);
        let mut others: Vec<usize> = uses
            .keys()
            .copied()
            .chain([0, indent.saturating_sub(1), indent + 1])
            .filter(|other| !by_twos || other % 2 == 0 || beside.contains(other))
            .filter(|other| *other != indent && other.abs_diff(indent) <= MAX_BLANKS)
            .collect();
        // As the lines beside it are, above all: a block may be indented by an odd number throughout.
        others.sort_unstable_by_key(|other| {
            let place = beside.iter().position(|indent| indent == other);
            (place.unwrap_or(beside.len()), other.abs_diff(indent), *other)
        });
        others.dedup();
        tried.extend(
            others
                .into_iter()
                .map(|other| (suspect, format!("{}{}", " ".repeat(other), &text[indent..]))),
        );
    }
    tried
}

/// The indentations of the lines before and after one.
fn beside(source: &Source, content: &[usize], line: usize) -> Vec<usize> {
    let at = content.partition_point(|number| *number < line);
    let before = at.checked_sub(1).and_then(|before| content.get(before));
    let after = content.get(at + 1);
    before
        .into_iter()
        .chain(after)
        .map(|number| traps::indent(source.line(*number)))
        .collect()
}
