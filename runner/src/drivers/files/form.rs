//! A workbook that people fill in and give back: rows that stay as they are, and columns beside them for what people write.

use rust_xlsxwriter::{Color, DataValidation, Format, FormatBorder, ProtectionOptions, Workbook, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::FileError;

/// What is handed out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// The name of the first sheet, and what it says, a line each; the first is its title.
    pub guide: (String, Vec<String>),
    /// The name of the sheet with the rows.
    pub sheet: String,
    /// The headings of what stays as it is.
    pub headings: Vec<String>,
    /// The rows, as text: leading zeros stay.
    pub rows: Vec<Vec<String>>,
    /// The columns to fill in: heading, and the words to choose from; none: any text.
    pub entries: Vec<(String, Vec<String>)>,
}

/// Widest column, in half-width characters.
const WIDEST: usize = 40;

/// The workbook's bytes. What stays as it is is locked against slips, without a password.
///
/// # Errors
/// [`FileError::Unwritable`] when Excel's limits refuse.
pub fn form_workbook(form: &Form) -> Result<Vec<u8>, FileError> {
    build(form).map_err(|error| FileError::Unwritable {
        path: form.sheet.clone(),
        detail: error.to_string(),
    })
}

fn build(form: &Form) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let guide = workbook.add_worksheet();
    guide.set_name(&form.guide.0)?;
    guide.set_column_width(0, 100)?;
    let title = Format::new().set_bold().set_font_size(14);
    let wrapped = Format::new().set_text_wrap();
    for (row, line) in (0..).zip(&form.guide.1) {
        let format = if row == 0 { &title } else { &wrapped };
        guide.write_string_with_format(row, 0, line, format)?;
    }
    let page = workbook.add_worksheet();
    page.set_name(&form.sheet)?;
    let heading = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    let to_fill = heading.clone().set_background_color(Color::RGB(0xFF_F2CC));
    let text = Format::new().set_num_format("@");
    let cell = text.clone().set_unlocked().set_background_color(Color::RGB(0xFF_F9E5));
    let fixed = u16::try_from(form.headings.len()).unwrap_or(u16::MAX);
    let last = u32::try_from(form.rows.len()).unwrap_or(u32::MAX);
    for (column, name) in (0..).zip(&form.headings) {
        page.write_string_with_format(0, column, name, &heading)?;
        let cells = form.rows.iter().filter_map(|row| row.get(usize::from(column)));
        page.set_column_width(column, fitting(cells.chain([name])))?;
    }
    for (row, cells) in (1..).zip(&form.rows) {
        for (column, value) in (0..).zip(cells) {
            page.write_string_with_format(row, column, value, &text)?;
        }
        for column in (fixed..).take(form.entries.len()) {
            page.write_blank(row, column, &cell)?;
        }
    }
    for (column, (name, choices)) in (fixed..).zip(&form.entries) {
        page.write_string_with_format(0, column, name, &to_fill)?;
        page.set_column_width(column, fitting([name].into_iter()).max(18.0))?;
        if !choices.is_empty() && last > 0 {
            page.add_data_validation(
                1,
                column,
                last,
                column,
                &DataValidation::new().allow_list_strings(choices)?,
            )?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    page.set_repeat_rows(0, 0)?;
    page.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    workbook.save_to_buffer()
}

fn fitting<'t>(texts: impl Iterator<Item = &'t String>) -> f64 {
    let widest = texts.map(|text| text.width()).max().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "at most WIDEST")]
    let width = (widest + 2).min(WIDEST) as f64;
    width
}
