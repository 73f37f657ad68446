//! A file's text, and where a byte of it stands for a person: line and column.

use super::Span;

/// A file's text as it is checked: UTF-8, lines ended by `\n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    file: String,
    text: String,
    /// The first byte of every line; never empty.
    starts: Vec<usize>,
}

/// A place as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// The text of a file named as people name it (relative to the office, with `/`).
    pub fn new(file: impl Into<String>, text: impl Into<String>) -> Source {
        let text = text.into();
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Source {
            file: file.into(),
            text,
            starts,
        }
    }

    /// The file's name.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines there are; a text that ends with a line end has an empty last one.
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The number of the line that holds a byte, from 1.
    pub fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).max(1)
    }

    /// The place of a line without its end; an empty place at the text's end when there is no such line.
    pub fn line_span(&self, line: usize) -> Span {
        let end_of_text = self.text.len();
        let Some(start) = line.checked_sub(1).and_then(|index| self.starts.get(index)) else {
            return Span::new(end_of_text, end_of_text);
        };
        let end = self.starts.get(line).map_or(end_of_text, |next| next - 1);
        Span::new(*start, end)
    }

    /// A line without its end; empty when there is no such line.
    pub fn line(&self, line: usize) -> &str {
        self.slice(self.line_span(line))
    }

    /// The text at a place, as far as it lies inside; empty when it would cut a character.
    pub fn slice(&self, span: Span) -> &str {
        let end = span.end.min(self.text.len());
        self.text.get(span.start.min(end)..end).unwrap_or("")
    }

    /// Line and column of a byte.
    pub fn position(&self, byte: usize) -> Position {
        let line = self.line_of(byte);
        let start = self.line_span(line).start;
        let before = self.text.get(start..byte.min(self.text.len())).unwrap_or("");
        Position {
            line,
            column: before.chars().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_characters() {
        let source = Source::new("a.yaml", "名: x\n  氏名: y\n");
        let at = source.text().find('y').expect("y");
        assert_eq!(source.position(at), Position { line: 2, column: 7 });
        assert_eq!(source.line(2), "  氏名: y");
        assert_eq!(source.line(3), "");
        assert_eq!(source.line(99), "");
        assert_eq!(source.position(9999).line, 3);
        assert_eq!(source.slice(Span::new(1, 2)), "", "inside a character");
    }
}
