//! Sheets of paper (A4) with text and rules on them, as a PDF. Places are points from the top left corner.

mod typeface;

use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, Stroke},
    text::TextDirection,
};
use typeface::Typefaces;
pub use typeface::Weight;

/// Width of a sheet: A4 (ISO 216) in points.
pub const WIDTH: f32 = 595.28;
/// Height of a sheet.
pub const HEIGHT: f32 = 841.89;

/// What a drawn text looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Its size in points.
    pub size: f32,
    /// Its weight.
    pub weight: Weight,
    /// Whether it stands back.
    pub soft: bool,
}

#[derive(Debug)]
enum Mark {
    Text { x: f32, y: f32, text: String, style: Style },
    Rule { from: f32, to: f32, y: f32 },
}

/// A growing document.
#[derive(Debug)]
pub struct Sheets {
    title: String,
    typefaces: Typefaces,
    pages: Vec<Vec<Mark>>,
}

impl Sheets {
    /// An empty document of one sheet.
    ///
    /// # Errors
    /// A typeface that the program carries cannot be read.
    pub fn new(title: impl Into<String>) -> Result<Self, String> {
        Ok(Self { title: title.into(), typefaces: Typefaces::load()?, pages: vec![Vec::new()] })
    }

    /// Begins another sheet. What is drawn from now on is on it.
    pub fn turn(&mut self) {
        self.pages.push(Vec::new());
    }

    /// Writes a text that begins at `x`; `y` is the line it stands on.
    pub fn text(&mut self, x: f32, y: f32, text: &str, style: Style) {
        self.mark(Mark::Text { x, y, text: text.to_owned(), style });
    }

    /// Writes a text that ends at `x`.
    pub fn text_to(&mut self, x: f32, y: f32, text: &str, style: Style) {
        let width = self.typefaces.width(text, style);
        self.text(x - width, y, text, style);
    }

    /// Draws a thin line.
    pub fn rule(&mut self, from: f32, to: f32, y: f32) {
        self.mark(Mark::Rule { from, to, y });
    }

    /// The lines that a text needs in this width, broken between words, and within a word only where it alone is too wide.
    #[must_use]
    pub fn broken(&self, text: &str, width: f32, style: Style) -> Vec<String> {
        let fits = |text: &str| self.typefaces.width(text, style) <= width;
        let mut lines = Vec::new();
        let mut current = String::new();
        for word in text.split_whitespace() {
            let joined = if current.is_empty() { word.to_owned() } else { format!("{current} {word}") };
            if fits(&joined) {
                current = joined;
                continue;
            }
            if !current.is_empty() {
                lines.push(std::mem::take(&mut current));
            }
            for letter in word.chars() {
                current.push(letter);
                if !fits(&current) {
                    current.pop();
                    lines.push(std::mem::replace(&mut current, letter.to_string()));
                }
            }
        }
        lines.push(current);
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// How many sheets there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.pages.len()
    }

    /// Writes "1 / 3" at the foot of every sheet, if there are several.
    pub fn number_pages(&mut self, x: f32, y: f32, style: Style) {
        let count = self.count();
        if count < 2 {
            return;
        }
        for (place, page) in self.pages.iter_mut().enumerate() {
            let text = format!("{} / {count}", place + 1);
            let x = x - self.typefaces.width(&text, style);
            page.push(Mark::Text { x, y, text, style });
        }
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// The document as a PDF. The same marks give the same bytes.
    ///
    /// # Errors
    /// The library's, which tell of a defect of ours.
    pub fn finish(self) -> Result<Vec<u8>, String> {
        let mut document = Document::new();
        document.set_metadata(Metadata::new().title(self.title.clone()).language("en".to_owned()));
        for marks in &self.pages {
            let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or("A4 is no size")?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            for mark in marks {
                match mark {
                    Mark::Text { x, y, text, style } => {
                        surface.set_stroke(None);
                        surface.set_fill(Some(ink(style.soft)));
                        let font = self.typefaces.font(style.weight);
                        surface.draw_text(Point::from_xy(*x, *y), font, style.size, text, false, TextDirection::Auto);
                    }
                    Mark::Rule { from, to, y } => {
                        let mut path = PathBuilder::new();
                        path.move_to(*from, *y);
                        path.line_to(*to, *y);
                        let Some(path) = path.finish() else { continue };
                        surface.set_fill(None);
                        let paint = rgb::Color::new(200, 204, 212).into();
                        surface.set_stroke(Some(Stroke { paint, width: 0.6, ..Stroke::default() }));
                        surface.draw_path(&path);
                    }
                }
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| format!("{error:?}"))
    }
}

fn ink(soft: bool) -> Fill {
    let color = if soft { rgb::Color::new(98, 106, 120) } else { rgb::Color::new(22, 24, 29) };
    Fill { paint: color.into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { size: 10.0, weight: Weight::Regular, soft: false };

    #[test]
    fn lines_fit_and_no_letter_is_lost() {
        let sheets = Sheets::new("x").expect("typefaces");
        let text = format!("Łódź Ελλάδα Київ {} end", "W".repeat(80));
        let lines = sheets.broken(&text, 100.0, STYLE);
        assert!(lines.len() > 5, "{lines:?}");
        assert!(lines.iter().all(|line| sheets.typefaces.width(line, STYLE) <= 100.0), "{lines:?}");
        let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
        assert_eq!(letters(&lines.concat()), letters(&text));
        assert_eq!(sheets.broken("  ", 100.0, STYLE), Vec::<String>::new());
    }

    #[test]
    fn the_same_marks_give_the_same_bytes() {
        let drawn = || {
            let mut sheets = Sheets::new("Bill").expect("typefaces");
            sheets.text(50.0, 50.0, "Grüße aus Łódź, 10.00 €", STYLE);
            sheets.rule(50.0, 200.0, 60.0);
            sheets.turn();
            sheets.text_to(200.0, 50.0, "中文 is not in the typeface", STYLE);
            sheets.number_pages(500.0, 800.0, STYLE);
            sheets.finish().expect("a document")
        };
        let bytes = drawn();
        assert!(bytes.starts_with(b"%PDF-1.") && bytes.ends_with(b"%%EOF"), "{} bytes", bytes.len());
        assert_eq!(bytes, drawn());
    }
}
