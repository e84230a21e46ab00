//! The typeface that the program carries, and how wide its letters are.

use std::sync::OnceLock;

use krilla::text::Font;
use ttf_parser::Face;

use super::Style;

/// Roboto (Apache License 2.0), reduced to Latin, Greek and Cyrillic; see fonts/README.md.
static REGULAR: &[u8] = include_bytes!("fonts/Roboto-Regular-subset.ttf");
static BOLD: &[u8] = include_bytes!("fonts/Roboto-Bold-subset.ttf");

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// For most of a text.
    Regular,
    /// For what matters.
    Bold,
}

#[derive(Clone)]
struct Typeface {
    font: Font,
    face: Face<'static>,
}

impl Typeface {
    fn read(bytes: &'static [u8]) -> Result<Self, String> {
        let face = Face::parse(bytes, 0).map_err(|error| format!("a typeface cannot be read: {error}"))?;
        let font = Font::new(bytes.to_vec().into(), 0).ok_or("a typeface cannot be embedded")?;
        Ok(Self { font, face })
    }

    fn width(&self, text: &str, size: f32) -> f32 {
        let units = |letter: char| {
            let glyph = self.face.glyph_index(letter).unwrap_or_default();
            f32::from(self.face.glyph_hor_advance(glyph).unwrap_or(0))
        };
        text.chars().map(units).sum::<f32>() * size / f32::from(self.face.units_per_em())
    }
}

/// Both weights. Cheap to clone.
#[derive(Clone)]
pub(super) struct Typefaces {
    regular: Typeface,
    bold: Typeface,
}

impl std::fmt::Debug for Typefaces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typefaces")
    }
}

impl Typefaces {
    /// Reads what the program carries, once.
    pub(super) fn load() -> Result<Self, String> {
        static READ: OnceLock<Result<Typefaces, String>> = OnceLock::new();
        let read = || Ok(Typefaces { regular: Typeface::read(REGULAR)?, bold: Typeface::read(BOLD)? });
        READ.get_or_init(read).clone()
    }

    fn of(&self, weight: Weight) -> &Typeface {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    pub(super) fn font(&self, weight: Weight) -> Font {
        self.of(weight).font.clone()
    }

    /// How wide a text is, in points.
    pub(super) fn width(&self, text: &str, style: Style) -> f32 {
        self.of(style.weight).width(text, style.size)
    }
}
