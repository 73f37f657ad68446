//! What a person points at and what a person sees, as plain values.

use serde::{Deserialize, Serialize};

/// By what an element is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A label, button, link or text, whatever fits what is to be done.
    Any(String),
    /// A button by its words.
    Button(String),
    /// A link by its words.
    Link(String),
    /// An input by its label or heading.
    Label(String),
    /// What belongs to a heading: the input, the neighbouring cell, or the text after 「見出し：」.
    Field(String),
    /// The innermost element with this text.
    Text(String),
    /// A role of WAI-ARIA, and the accessible name; an empty name means any.
    Role {
        /// The role, such as `button` or `heading`.
        role: String,
        /// The accessible name.
        name: String,
    },
    /// An input by the example text in it.
    Placeholder(String),
    /// An element by its `data-testid`.
    TestId(String),
    /// A CSS selector.
    Css(String),
    /// An XPath expression.
    #[serde(rename = "xpath")]
    XPath(String),
}

impl By {
    /// The words that it looks for; of a role the name.
    pub fn words_mut(&mut self) -> &mut String {
        match self {
            By::Role { name: text, .. }
            | By::Any(text)
            | By::Button(text)
            | By::Link(text)
            | By::Label(text)
            | By::Field(text)
            | By::Text(text)
            | By::Placeholder(text)
            | By::TestId(text)
            | By::Css(text)
            | By::XPath(text) => text,
        }
    }
}

/// One way to an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locator {
    /// By what.
    pub by: By,
    /// Only in the smallest surrounding of this element that has any: 「削除」 within the row that says 山田.
    pub within: Option<Box<Locator>>,
    /// The how manieth of several equally good ones, from 1.
    pub nth: Option<u32>,
    /// Only in the frame with this name, id or title. Without it all same-origin frames are searched.
    pub frame: Option<String>,
}

impl From<By> for Locator {
    fn from(by: By) -> Self {
        Self {
            by,
            within: None,
            nth: None,
            frame: None,
        }
    }
}

/// Several ways to one element: a later one is tried when the earlier ones fail, and the result says which was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Target {
    /// The ways, the preferred first.
    pub bundle: Vec<Locator>,
}

impl Target {
    /// What the first way looks for, for messages.
    pub fn wanted(&self) -> String {
        match self.bundle.first().map(|locator| &locator.by) {
            None => String::new(),
            Some(By::Role { role, name }) if name.is_empty() => role.clone(),
            Some(by) => by.clone().words_mut().clone(),
        }
    }
}

impl From<Locator> for Target {
    fn from(locator: Locator) -> Self {
        Self { bundle: vec![locator] }
    }
}

impl From<By> for Target {
    fn from(by: By) -> Self {
        Locator::from(by).into()
    }
}

impl From<&str> for Target {
    fn from(text: &str) -> Self {
        By::Any(text.to_owned()).into()
    }
}

/// How a shown value is compared. Width and blanks do not count, and a value is never found inside a longer word or number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cmp {
    /// There is something, and it is not blank.
    Exists,
    /// It is this.
    Is(String),
    /// It holds this.
    Contains(String),
}

/// What the page shows. Always positive: that something is missing is never a sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// A line of text that holds `text`; `cmp` compares the whole line.
    Text {
        /// The text.
        text: String,
        /// The comparison of its line.
        cmp: Cmp,
    },
    /// The value that belongs to a heading.
    Field {
        /// The heading.
        field: String,
        /// The comparison of the value.
        cmp: Cmp,
    },
    /// A table row with a cell that holds `row`, and in it the cell under the heading `field`.
    Row {
        /// What marks the row.
        row: String,
        /// The column's heading.
        field: String,
        /// The comparison of the cell.
        cmp: Cmp,
    },
    /// The page's address, compared as it is.
    Url {
        /// The comparison.
        cmp: Cmp,
    },
}

impl Sign {
    /// What it looks for, for messages.
    pub fn wanted(&self) -> &str {
        match self {
            Self::Text { text, .. } => text,
            Self::Field { field, .. } => field,
            Self::Row { row, .. } => row,
            Self::Url {
                cmp: Cmp::Is(url) | Cmp::Contains(url),
            } => url,
            Self::Url { cmp: Cmp::Exists } => "",
        }
    }
}
