//! What was heard, put in order: raw actions to the steps that a clerk would have written.

use crate::drivers::browser::{Act, FieldKind, Recorded, ThingKind, Way};

/// A step as it was recorded, its values still the typed ones.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    Open(String),
    Fill(Vec<Field>),
    Click(Click),
    Key(String),
    Dialog {
        text: String,
        accepted: bool,
        typed: String,
    },
    /// Another window: one that is new, the first one, or the one with this title.
    Window(Option<String>),
    /// The heading of the page that came.
    See(String),
    /// A field that the page fills by itself.
    SeeField(String),
    Back,
    Reload,
    /// No step: what the page showed then.
    Shown(Shown),
}

/// A field with what was put into it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    pub(super) ways: Vec<Way>,
    pub(super) name: String,
    pub(super) kind: FieldKind,
    pub(super) value: String,
}

/// Something that was pressed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Click {
    pub(super) ways: Vec<Way>,
    pub(super) name: String,
    pub(super) kind: ThingKind,
    /// What the page showed before.
    pub(super) before: Shown,
}

/// What a page showed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Shown {
    pub(super) heading: String,
    pub(super) values: Vec<String>,
    pub(super) notices: Vec<String>,
}

/// Headings longer than this are sentences.
const HEADING: usize = 30;

/// The actions as steps, in their order.
pub(super) fn steps(actions: &[Recorded]) -> Vec<Step> {
    let mut script = Script::default();
    for action in actions {
        script.add(action);
    }
    script.steps
}

#[derive(Default)]
struct Script {
    steps: Vec<Step>,
    window: usize,
    /// The title of each window that was worked in, by its number.
    titles: Vec<String>,
    known: usize,
    /// What was pressed last, and whether anything was done since the last page came.
    pressed: String,
    acted: bool,
    /// The heading of the last page.
    heading: String,
    pages: usize,
}

impl Script {
    fn add(&mut self, action: &Recorded) {
        if !matches!(action.act, Act::Page { .. } | Act::Shown { .. }) {
            self.go_to(action.window);
        }
        match &action.act {
            Act::Page {
                url,
                title,
                heading,
                how,
                from,
                values,
                notices,
            } => {
                if self.titles.len() <= action.window {
                    self.titles.resize(action.window + 1, String::new());
                }
                if let Some(known) = self.titles.get_mut(action.window) {
                    known.clone_from(title);
                }
                let shown = Shown {
                    heading: heading.clone(),
                    values: values.clone(),
                    notices: notices.clone(),
                };
                if action.window == self.window {
                    self.page(url, how, *from, shown);
                }
            }
            Act::Fill {
                ways,
                name,
                field,
                value,
            } => self.fill(Field {
                ways: ways.clone(),
                name: name.clone(),
                kind: *field,
                value: value.clone(),
            }),
            Act::Click {
                ways,
                name,
                kind,
                by_key,
                heading,
                values,
                notices,
                filled_by_page,
            } => {
                if *by_key && matches!(self.steps.last(), Some(Step::Key(key)) if key == "Enter") {
                    self.steps.pop();
                }
                for field in filled_by_page {
                    let step = Step::SeeField(field.clone());
                    if !self.steps.contains(&step) {
                        self.steps.push(step);
                    }
                }
                self.pressed.clone_from(name);
                self.acted = true;
                self.steps.push(Step::Click(Click {
                    ways: ways.clone(),
                    name: name.clone(),
                    kind: *kind,
                    before: Shown {
                        heading: heading.clone(),
                        values: values.clone(),
                        notices: notices.clone(),
                    },
                }));
            }
            Act::Key { key } => {
                self.acted = true;
                self.steps.push(Step::Key(key.clone()));
            }
            Act::Dialog { text, accepted, typed } => {
                self.acted = true;
                self.steps.push(Step::Dialog {
                    text: text.clone(),
                    accepted: *accepted,
                    typed: typed.clone(),
                });
            }
            Act::Shown {
                heading,
                values,
                notices,
            } => self.steps.push(Step::Shown(Shown {
                heading: heading.clone(),
                values: values.clone(),
                notices: notices.clone(),
            })),
        }
    }

    fn go_to(&mut self, window: usize) {
        if window == self.window {
            return;
        }
        let to = match window {
            // Only the first window is known to every session by its place.
            0 => Some(String::new()),
            known if known <= self.known => self.titles.get(known).cloned(),
            _ => None,
        };
        self.known = self.known.max(window);
        self.window = window;
        self.steps.push(Step::Window(to));
    }

    fn page(&mut self, url: &str, how: &str, from: bool, shown: Shown) {
        let is_first = self.pages == 0;
        self.pages += 1;
        match how {
            _ if is_first => {}
            "reload" if !self.acted => self.steps.push(Step::Reload),
            "back_forward" if !self.acted => self.steps.push(Step::Back),
            _ if !self.acted && !from => self.steps.push(Step::Open(url.to_owned())),
            _ => {}
        }
        // A heading that stood there before, or that is the pressed word itself, tells nothing.
        let is_new = shown.heading != self.heading && shown.heading != self.pressed;
        if self.acted && is_new && is_telling(&shown.heading) {
            self.steps.push(Step::See(shown.heading.clone()));
        }
        self.heading.clone_from(&shown.heading);
        self.acted = false;
        self.steps.push(Step::Shown(shown));
    }

    fn fill(&mut self, field: Field) {
        self.acted = true;
        // Enter comes before the change that it makes known.
        let last = match self.steps.as_slice() {
            [.., Step::Fill(fields), Step::Key(_)] if fields.iter().any(|known| known.ways == field.ways) => 2,
            _ => 1,
        };
        let at = self.steps.len().checked_sub(last);
        if let Some(Step::Fill(fields)) = at.and_then(|at| self.steps.get_mut(at)) {
            put(fields, field);
            if fields.is_empty() && last == 1 {
                self.steps.pop();
            }
        } else if is_whole(&field) {
            self.steps.push(Step::Fill(vec![field]));
        }
    }
}

/// A later value of a field takes the place of the earlier one; an emptied field was not meant.
fn put(fields: &mut Vec<Field>, field: Field) {
    let known = fields
        .iter()
        .position(|known| known.ways == field.ways && known.name == field.name);
    match known.and_then(|at| fields.get_mut(at).map(|place| (at, place))) {
        Some((at, _)) if !is_whole(&field) => {
            fields.remove(at);
        }
        Some((_, place)) => *place = field,
        None if is_whole(&field) => fields.push(field),
        None => {}
    }
}

/// Whether there is something to fill in; a date has all its parts only at the end, and a password is never told.
fn is_whole(field: &Field) -> bool {
    !field.value.is_empty() || field.kind == FieldKind::Password
}

/// Whether a heading says which page it is, on every day and for everybody.
pub(super) fn is_telling(heading: &str) -> bool {
    !heading.is_empty() && heading.chars().count() <= HEADING && !heading.chars().any(char::is_numeric)
}
