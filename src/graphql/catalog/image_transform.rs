//! Pictures in other sizes: what clients ask for, as the parameters of the picture's address.

use async_graphql::{Enum, InputObject};

use crate::{
    domain::shared::Error,
    platform::pictures::{Crop, Format, MOST_PIXELS},
};

/// What is kept of a picture that is cut to another shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::platform::pictures::Crop")]
pub enum CropRegion {
    /// The bottom.
    Bottom,
    /// The middle.
    Center,
    /// The left.
    Left,
    /// The right.
    Right,
    /// The top.
    Top,
}

/// Kinds of picture files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ImageContentType {
    /// JPEG, on white where the picture is transparent.
    Jpg,
    /// PNG.
    Png,
    /// WebP without loss.
    Webp,
}

impl From<ImageContentType> for Format {
    fn from(kind: ImageContentType) -> Self {
        match kind {
            ImageContentType::Jpg => Self::Jpeg,
            ImageContentType::Png => Self::Png,
            ImageContentType::Webp => Self::WebP,
        }
    }
}

/// How a picture is wanted.
#[derive(Clone, Debug, InputObject)]
pub struct ImageTransformInput {
    /// What is kept when `maxWidth` and `maxHeight` have another shape than the picture; when left out, nothing is cut off
    /// and the picture is put inside them.
    pub crop: Option<CropRegion>,
    /// Pixels, 1 to 5760; never more than the picture has.
    pub max_width: Option<i32>,
    /// Pixels, 1 to 5760; never more than the picture has.
    pub max_height: Option<i32>,
    /// Multiplies both sides, 1 to 3, for screens with more pixels; default 1.
    pub scale: Option<i32>,
    /// What kind of file it becomes; when left out, what suits the picture.
    pub preferred_content_type: Option<ImageContentType>,
}

impl ImageTransformInput {
    /// A path with the parameters that mean this.
    ///
    /// # Errors
    /// `BadInput` for sizes out of bounds.
    pub(super) fn applied(&self, path: &str) -> Result<String, Error> {
        let scale = self.scale.unwrap_or(1);
        if !(1..=3).contains(&scale) {
            return Err(Error::bad_input("transform", "scale must be from 1 to 3"));
        }
        let mut parameters = Vec::new();
        for (name, side) in [("width", self.max_width), ("height", self.max_height)] {
            let Some(side) = side else { continue };
            let side = u32::try_from(side).ok().filter(|side| (1..=MOST_PIXELS).contains(side));
            let side = side.ok_or_else(|| {
                Error::bad_input("transform", format!("maxWidth and maxHeight must be from 1 to {MOST_PIXELS}"))
            })?;
            parameters.push(format!("{name}={}", side.saturating_mul(scale.unsigned_abs()).min(MOST_PIXELS)));
        }
        parameters.extend(self.crop.map(|crop| format!("crop={}", Crop::from(crop).word())));
        parameters.extend(self.preferred_content_type.map(|kind| format!("format={}", Format::from(kind).word())));
        if parameters.is_empty() {
            return Ok(path.to_owned());
        }
        let joint = if path.contains('?') { '&' } else { '?' };
        Ok(format!("{path}{joint}{}", parameters.join("&")))
    }
}
