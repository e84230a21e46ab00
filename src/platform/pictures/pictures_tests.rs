//! Sizes and cuts as numbers, and pictures made of pictures drawn here.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::{
    wanted::{Cut, Plan},
    *,
};

fn wanted(parameters: &[(&str, &str)]) -> Result<Wanted, Mistake> {
    Wanted::read(parameters.iter().copied())
}

fn size_of(original: (u32, u32), parameters: &[(&str, &str)]) -> (u32, u32) {
    wanted(parameters).expect("readable").plan(original).size
}

/// A picture whose left half is red and whose right half is blue, with some noise, so that it weighs something.
fn drawn(width: u32, height: u32, format: ImageFormat) -> Original {
    let color = |x: u32, y: u32| {
        let noise = u8::try_from((x * 31 + y * 17) % 23).expect("small");
        if x < width / 2 { Rgb([230, noise, noise]) } else { Rgb([noise, noise, 230]) }
    };
    file(DynamicImage::from(RgbImage::from_fn(width, height, color)), format)
}

fn file(picture: DynamicImage, format: ImageFormat) -> Original {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("written");
    Original { name: "test", bytes: bytes.into_inner().leak() }
}

async fn made(original: Original, parameters: &[(&str, &str)]) -> (RgbaImage, Format) {
    match Pictures::new(1, 1 << 20).make(original, wanted(parameters).expect("readable")).await {
        Made::Resized { bytes, format } => (image::load_from_memory(&bytes).expect("a picture").into_rgba8(), format),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_picture_is_put_inside_the_sides_and_never_grows() {
    let original = (1_000, 500);
    assert_eq!(size_of(original, &[("width", "400")]), (400, 200));
    assert_eq!(size_of(original, &[("height", "100")]), (200, 100));
    assert_eq!(size_of(original, &[("width", "400"), ("height", "100")]), (200, 100));
    assert_eq!(size_of(original, &[("width", "400"), ("height", "400")]), (400, 200));
    for large in ["1001", "5760", "1000000000", "99999999999999999999999"] {
        assert_eq!(size_of(original, &[("width", large), ("height", large)]), original, "{large}");
    }
    assert_eq!(size_of((3_000, 2), &[("width", "10")]), (10, 1));
    assert_eq!(size_of(original, &[("width", "10"), ("width", "20"), ("v", "7")]), (20, 10));
}

#[test]
fn a_cut_picture_has_the_shape_asked_for() {
    let plan = |parameters: &[(&str, &str)]| wanted(parameters).expect("readable").plan((1_000, 500));
    let square = |crop| plan(&[("width", "100"), ("height", "100"), ("crop", crop)]);
    let cut = |left, top, width, height| Cut { left, top, width, height };
    assert_eq!(square("center"), Plan { cut: cut(250, 0, 500, 500), size: (100, 100) });
    assert_eq!(square("left"), Plan { cut: cut(0, 0, 500, 500), size: (100, 100) });
    assert_eq!(square("right"), Plan { cut: cut(500, 0, 500, 500), size: (100, 100) });
    let strip = |crop| plan(&[("width", "400"), ("height", "100"), ("crop", crop)]);
    assert_eq!(strip("top"), Plan { cut: cut(0, 0, 1_000, 250), size: (400, 100) });
    assert_eq!(strip("bottom"), Plan { cut: cut(0, 250, 1_000, 250), size: (400, 100) });
    // Larger than there is: the shape stays.
    let large = plan(&[("width", "4000"), ("height", "4000"), ("crop", "center")]);
    assert_eq!(large, Plan { cut: cut(250, 0, 500, 500), size: (500, 500) });
    // One side has no shape.
    assert_eq!(plan(&[("width", "100"), ("crop", "center")]).cut, cut(0, 0, 1_000, 500));
}

#[test]
fn what_is_no_size_is_a_mistake() {
    for value in ["0", "-1", "", "+5", "1e9", "12.5", "NaN", "１２", "0x10", " 5", "00"] {
        assert!(wanted(&[("width", value)]).is_err(), "{value:?}");
        assert!(wanted(&[("height", value)]).is_err(), "{value:?}");
    }
    assert!(wanted(&[("crop", "middle")]).is_err());
    assert!(wanted(&[("format", "gif")]).is_err());
}

proptest! {
    #[test]
    fn no_plan_leaves_the_picture_or_grows_it(
        original in (1..4_000_u32, 1..4_000_u32),
        width in proptest::option::of(1..6_000_u32),
        height in proptest::option::of(1..6_000_u32),
        cropped in any::<bool>(),
    ) {
        let crop = cropped.then_some(Crop::Center);
        let Plan { cut, size } = Wanted { width, height, crop, format: None }.plan(original);
        prop_assert!(cut.width >= 1 && cut.left + cut.width <= original.0);
        prop_assert!(cut.height >= 1 && cut.top + cut.height <= original.1);
        prop_assert!((1..=cut.width).contains(&size.0) && (1..=cut.height).contains(&size.1));
        prop_assert!(width.is_none_or(|width| size.0 <= width) && height.is_none_or(|height| size.1 <= height));
    }
}

#[tokio::test]
async fn pictures_of_every_kind_become_jpeg_in_the_size_asked_for() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let (picture, kind) = made(drawn(300, 200, format), &[("width", "60")]).await;
        assert_eq!((picture.dimensions(), kind), ((60, 40), Format::Jpeg), "{format:?}");
        let (left, right) = (picture.get_pixel(10, 20), picture.get_pixel(50, 20));
        assert!(left[0] > 180 && left[2] < 80 && right[2] > 180 && right[0] < 80, "{left:?} {right:?}");
    }
}

#[tokio::test]
async fn a_cut_keeps_the_side_it_names() {
    let original = drawn(300, 200, ImageFormat::Png);
    let half = [("width", "50"), ("height", "100"), ("format", "png")];
    let (left, _) = made(original, &[&half[..], &[("crop", "left")]].concat()).await;
    let (right, _) = made(original, &[&half[..], &[("crop", "right")]].concat()).await;
    assert_eq!((left.dimensions(), right.dimensions()), ((50, 100), (50, 100)));
    assert!(left.pixels().all(|pixel| pixel[0] > 200) && right.pixels().all(|pixel| pixel[2] > 200));
}

#[tokio::test]
async fn what_shines_through_still_does_unless_jpeg_is_asked_for() {
    let clear = RgbaImage::from_fn(100, 100, |x, _| if x < 50 { Rgba([0, 0, 0, 0]) } else { Rgba([0, 90, 0, 255]) });
    let original = file(DynamicImage::from(clear), ImageFormat::Png);
    let cut = [("width", "20"), ("height", "10"), ("crop", "center")];
    let (picture, kind) = made(original, &cut).await;
    assert_eq!((kind, picture.get_pixel(1, 5)[3], picture.get_pixel(18, 5)[3]), (Format::WebP, 0, 255));
    let (picture, kind) = made(original, &[&cut[..], &[("format", "jpg")]].concat()).await;
    assert_eq!(kind, Format::Jpeg);
    assert!(picture.get_pixel(1, 5).0.iter().all(|channel| *channel > 240), "white");
}

#[tokio::test]
async fn what_cannot_be_opened_is_answered_with_the_original() {
    let whole = drawn(300, 200, ImageFormat::Png);
    let half: &'static [u8] = &whole.bytes[..whole.bytes.len() / 2];
    // A PNG that says it is 60,000 pixels wide and high: 10 GB unfolded.
    let mut bomb = whole.bytes.to_vec();
    bomb[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    // One of 9,000 by 9,000: each side may be, all of it may not.
    let mut large = whole.bytes.to_vec();
    large[16..24].copy_from_slice(&[0, 0, 0x23, 0x28, 0, 0, 0x23, 0x28]);
    let pictures = Pictures::new(1, 1 << 20);
    for bytes in [half, b"", b"RIFF", b"<svg/>", bomb.leak(), large.leak()] {
        let made = pictures.make(Original { name: "broken", bytes }, Wanted { width: Some(10), ..Wanted::default() });
        assert_eq!(made.await, Made::Original, "{} bytes", bytes.len());
    }
}

#[tokio::test]
async fn a_result_that_weighs_more_than_the_original_is_not_sent() {
    let flat = file(DynamicImage::from(RgbImage::from_pixel(400, 400, Rgb([9, 9, 9]))), ImageFormat::WebP);
    let pictures = Pictures::new(1, 1 << 20);
    assert_eq!(pictures.make(flat, Wanted { width: Some(390), ..Wanted::default() }).await, Made::Original);
    // Another shape is another picture, whatever it weighs.
    let square = Wanted { width: Some(100), height: Some(50), crop: Some(Crop::Center), format: None };
    assert!(matches!(pictures.make(flat, square).await, Made::Resized { .. }));
}

#[tokio::test]
async fn those_who_ask_while_too_many_wait_get_the_original() {
    let original = drawn(300, 200, ImageFormat::Png);
    let pictures = Pictures::new(1, 1 << 20);
    let turn = Arc::clone(&pictures.turns).acquire_owned().await.expect("open");
    let ask = |width| {
        let pictures = pictures.clone();
        tokio::spawn(async move { pictures.make(original, Wanted { width: Some(width), ..Wanted::default() }).await })
    };
    let waiting: Vec<_> = (1..=32).map(ask).collect();
    while pictures.waiting.load(Ordering::Relaxed) < 32 {
        tokio::task::yield_now().await;
    }
    assert_eq!(ask(100).await.expect("made"), Made::Busy);
    // Who hangs up makes room.
    waiting.into_iter().for_each(|task| task.abort());
    while pictures.waiting.load(Ordering::Relaxed) > 0 {
        tokio::task::yield_now().await;
    }
    drop(turn);
    assert!(matches!(ask(100).await.expect("made"), Made::Resized { .. }));
}
