//! How a picture is wanted, as the addresses of storefronts' pictures say it: `width`, `height`, `crop` and `format`.

/// The largest side that can be asked for; what is larger means as large as there is.
pub const MOST_PIXELS: u32 = 5_760;

/// What is kept of a picture that is cut to another shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Crop {
    /// The middle.
    Center,
    /// The top.
    Top,
    /// The bottom.
    Bottom,
    /// The left.
    Left,
    /// The right.
    Right,
}

impl Crop {
    /// The word in an address.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Center => "center",
            Self::Top => "top",
            Self::Bottom => "bottom",
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// What kind of file is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG, on white where the original is transparent.
    Jpeg,
    /// PNG.
    Png,
    /// WebP without loss.
    WebP,
}

impl Format {
    /// The word in an address.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }
}

/// What was wanted makes no sense; the text says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake(pub &'static str);

/// How a picture is wanted. Nothing of it means as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// At most so wide.
    pub width: Option<u32>,
    /// At most so high.
    pub height: Option<u32>,
    /// With both sides given: cut to their shape, instead of put inside them.
    pub crop: Option<Crop>,
    /// The kind of file; when left out, what suits the picture.
    pub format: Option<Format>,
}

impl Wanted {
    /// Reads the parameters of an address. Others than the four are left alone; of one that comes twice, the last counts.
    ///
    /// # Errors
    /// A size that is no whole number above zero, and unknown words.
    pub fn read<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Mistake> {
        let mut wanted = Self::default();
        for (name, value) in parameters {
            match name {
                "width" => wanted.width = Some(side(value)?),
                "height" => wanted.height = Some(side(value)?),
                "crop" => {
                    let all = [Crop::Center, Crop::Top, Crop::Bottom, Crop::Left, Crop::Right];
                    let crop = all.into_iter().find(|crop| crop.word() == value);
                    wanted.crop = Some(crop.ok_or(Mistake("crop is center, top, bottom, left or right"))?);
                }
                "format" => {
                    wanted.format = Some(match value {
                        "jpg" | "jpeg" | "pjpg" => Format::Jpeg,
                        "png" => Format::Png,
                        "webp" => Format::WebP,
                        _ => return Err(Mistake("format is jpg, png or webp")),
                    });
                }
                _ => {}
            }
        }
        Ok(wanted)
    }

    /// What is cut out of a picture of this size, and the size that it gets.
    pub(super) fn plan(self, (width, height): (u32, u32)) -> Plan {
        let (width, height) = (width.max(1), height.max(1));
        match (self.width, self.height, self.crop) {
            (Some(wide), Some(high), Some(crop)) => cut((width, height), (wide.max(1), high.max(1)), crop),
            (wide, high, _) => {
                let (wide, high) = (wide.map(|side| side.max(1)), high.map(|side| side.max(1)));
                // The side that binds more is met exactly; the other follows.
                let by_width = wide.map(|wide| (wide, follow(height, wide, width)));
                let by_height = high.map(|high| (follow(width, high, height), high));
                let candidates = [Some((width, height)), by_width, by_height].into_iter().flatten();
                let size = candidates.min_by_key(|(wide, high)| u64::from(*wide) * u64::from(*high));
                Plan { cut: Cut { left: 0, top: 0, width, height }, size: size.unwrap_or((width, height)) }
            }
        }
    }
}

fn side(text: &str) -> Result<u32, Mistake> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse::<u32>() {
        Ok(0) => {}
        Ok(side) if digits => return Ok(side.min(MOST_PIXELS)),
        // Only digits, and too many of them.
        Err(_) if digits => return Ok(MOST_PIXELS),
        _ => {}
    }
    Err(Mistake("width and height are whole numbers of pixels, 1 or more"))
}

/// `side` times `to` by `from`, rounded, at least 1.
fn follow(side: u32, to: u32, from: u32) -> u32 {
    let from = u64::from(from.max(1));
    let rounded = (u64::from(side) * u64::from(to) + from / 2) / from;
    u32::try_from(rounded).unwrap_or(u32::MAX).max(1)
}

/// The part of the original that is used, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Cut {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

/// What becomes of an original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Plan {
    pub cut: Cut,
    pub size: (u32, u32),
}

impl Plan {
    /// Whether nothing changes.
    pub fn is_whole(self, size: (u32, u32)) -> bool {
        self.size == size && !self.cuts(size)
    }

    /// Whether something is cut off, so that the original has another shape.
    pub fn cuts(self, size: (u32, u32)) -> bool {
        (self.cut.width, self.cut.height) != size
    }
}

/// The largest part of this shape, at most as large as asked for.
fn cut((width, height): (u32, u32), (wide, high): (u32, u32), crop: Crop) -> Plan {
    let is_wider = u64::from(wide) * u64::from(height) > u64::from(high) * u64::from(width);
    let (part_width, part_height) = if is_wider {
        (width, follow(high, width, wide).min(height))
    } else {
        (follow(wide, height, high).min(width), height)
    };
    let (spare_width, spare_height) = (width - part_width, height - part_height);
    let left = match crop {
        Crop::Left => 0,
        Crop::Right => spare_width,
        Crop::Center | Crop::Top | Crop::Bottom => spare_width / 2,
    };
    let top = match crop {
        Crop::Top => 0,
        Crop::Bottom => spare_height,
        Crop::Center | Crop::Left | Crop::Right => spare_height / 2,
    };
    let size = if wide <= part_width && high <= part_height { (wide, high) } else { (part_width, part_height) };
    Plan { cut: Cut { left, top, width: part_width, height: part_height }, size }
}
