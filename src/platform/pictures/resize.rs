//! Opening a picture, cutting and shrinking it, and writing it down. Everything here takes milliseconds of a thread.

use std::io::Cursor;

use fast_image_resize::{ResizeOptions, Resizer};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
    metadata::Orientation,
};

use super::wanted::{Format, Plan};

/// Longest side of a picture that is opened.
const MOST_SIDE: u32 = 10_000;
/// Most memory that opening one takes: a small file may unfold into a very large picture.
const MOST_BYTES: u64 = 128 << 20;
/// At 75 a JPEG of 400 pixels weighs less than the demo shop's WebP of 1,000; `docs/adr/0019` has the numbers.
const JPEG_QUALITY: u8 = 75;

fn open(bytes: &[u8]) -> Result<impl ImageDecoder + '_, ImageError> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    reader.into_decoder()
}

/// Width and height as the picture is shown; nothing of what is no picture, or too large a one. Reads the file's head alone.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut decoder = open(bytes).ok().filter(|decoder| decoder.total_bytes() <= MOST_BYTES)?;
    let (width, height) = decoder.dimensions();
    let is_turned = matches!(
        decoder.orientation().ok()?,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    (width > 0 && height > 0).then_some(if is_turned { (height, width) } else { (width, height) })
}

/// The picture made of a file by a plan, in the format wanted, or in JPEG where nothing shines through, else WebP.
pub(super) fn make(bytes: &[u8], plan: Plan, format: Option<Format>) -> anyhow::Result<(Vec<u8>, Format)> {
    let mut decoder = open(bytes)?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    let picture: DynamicImage =
        if picture.color().has_alpha() { picture.into_rgba8().into() } else { picture.into_rgb8().into() };
    let (width, height) = plan.size;
    let mut small = DynamicImage::new(width, height, picture.color());
    let cut = plan.cut;
    let options = ResizeOptions::new().crop(cut.left.into(), cut.top.into(), cut.width.into(), cut.height.into());
    Resizer::new().resize(&picture, &mut small, &options)?;
    let format = format.unwrap_or(if small.color().has_alpha() { Format::WebP } else { Format::Jpeg });
    Ok((write(&small, format)?, format))
}

fn write(picture: &DynamicImage, format: Format) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    let (width, height, color) = (picture.width(), picture.height(), ExtendedColorType::from(picture.color()));
    match format {
        Format::Jpeg => {
            let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
            encoder.write_image(&on_white(picture), width, height, ExtendedColorType::Rgb8)?;
        }
        Format::Png => PngEncoder::new(&mut bytes).write_image(picture.as_bytes(), width, height, color)?,
        Format::WebP => WebPEncoder::new_lossless(&mut bytes).write_image(picture.as_bytes(), width, height, color)?,
    }
    Ok(bytes)
}

/// The pixels without transparency.
fn on_white(picture: &DynamicImage) -> Vec<u8> {
    if !picture.color().has_alpha() {
        return picture.as_bytes().to_vec();
    }
    let pixels = picture.to_rgba8();
    let shown = |color: u8, alpha: u8| {
        let (color, alpha) = (u16::from(color), u16::from(alpha));
        u8::try_from((color * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    pixels.pixels().flat_map(|pixel| [0, 1, 2].map(|channel| shown(pixel.0[channel], pixel.0[3]))).collect()
}
