//! Pictures of products and collections.

use async_graphql::{Context, ID, Interface, Object};
use entity::catalog::{collection, option_swatch, product_image};

use super::image_transform::ImageTransformInput;
use crate::graphql::{context::ContextExt, errors, global_id, scalars::Url};

/// A picture.
#[derive(Clone, Debug)]
pub struct Image {
    id: ID,
    url: String,
    alt: Option<String>,
    width: Option<i32>,
    height: Option<i32>,
}

impl Image {
    /// A picture with an id, an address (absolute, or a path below the public URL) and, where known, words and pixels.
    #[must_use]
    pub fn new(id: ID, url: String, alt: Option<String>, size: (Option<i32>, Option<i32>)) -> Self {
        Self { id, url, alt, width: size.0, height: size.1 }
    }

    /// The picture of a swatch, if it has one.
    #[must_use]
    pub fn of_swatch(row: &option_swatch::Model) -> Option<Self> {
        let id = ID(format!("gid://cartwright/OptionSwatchImage/{}", row.id));
        let size = (row.image_width, row.image_height);
        row.image_url.clone().map(|url| Self::new(id, url, row.image_alt.clone(), size))
    }

    /// The picture of a collection, if it has one.
    #[must_use]
    pub fn of_collection(row: &collection::Model) -> Option<Self> {
        row.image_url.as_ref().map(|url| Self {
            id: ID(format!("gid://cartwright/CollectionImage/{}", row.id)),
            url: url.clone(),
            alt: row.image_alt.clone(),
            width: row.image_width,
            height: row.image_height,
        })
    }
}

impl From<&product_image::Model> for Image {
    fn from(row: &product_image::Model) -> Self {
        Self {
            id: global_id::encode(row.id),
            url: row.url.clone(),
            alt: row.alt.clone(),
            width: row.width,
            height: row.height,
        }
    }
}

/// A picture.
#[Object]
impl Image {
    /// The picture's id.
    async fn id(&self) -> Option<&ID> {
        Some(&self.id)
    }

    /// Where it is, absolute. Pictures of this shop take `?width=&height=&crop=&format=` too, so that clients may add them;
    /// they are made smaller and never larger.
    async fn url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In another size. Pictures that are kept elsewhere stay as they are.")] transform: Option<
            ImageTransformInput,
        >,
    ) -> async_graphql::Result<Url> {
        let url = match transform {
            Some(transform) if self.url.starts_with('/') => errors::required(ctx, transform.applied(&self.url))?,
            _ => self.url.clone(),
        };
        Ok(Url(ctx.app().absolute_url(&url)))
    }

    /// What it shows, for those who cannot see it.
    async fn alt_text(&self) -> Option<&str> {
        self.alt.as_deref()
    }

    /// Pixels; null when unknown.
    async fn width(&self) -> Option<i32> {
        self.width
    }

    /// Pixels; null when unknown.
    async fn height(&self) -> Option<i32> {
        self.height
    }
}

/// A picture as a medium.
#[derive(Clone, Debug)]
pub struct MediaImage(pub Image);

/// A picture as a medium.
#[Object]
impl MediaImage {
    /// The picture.
    async fn image(&self) -> Option<&Image> {
        Some(&self.0)
    }

    /// The picture, as a preview of itself.
    async fn preview_image(&self) -> Option<&Image> {
        Some(&self.0)
    }
}

/// Something to look at: so far pictures.
#[derive(Clone, Debug, Interface)]
#[graphql(field(
    name = "preview_image",
    ty = "Option<&Image>",
    desc = "A picture that stands for the medium; null when there is none yet."
))]
pub enum Media {
    /// A picture.
    MediaImage(MediaImage),
}
