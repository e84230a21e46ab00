//! What a caller wants to change: what is `None` stays as it is. New pages and articles are patches of empty ones.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::errors::{Refusal, Rule};
use crate::domain::{
    catalog::{
        ImageDraft, check_handle, check_seo,
        checks::{Checks, HTML_MOST, TAGS_MOST, TEXT_MOST, TITLE_MOST},
        non_blank,
    },
    shared::{Error, fold, words},
};

/// Something that is changed, and which of its versions the caller has seen.
#[derive(Clone, Copy, Debug)]
pub struct Target<Id> {
    /// Which one.
    pub id: Id,
    /// Its version as read; `None` overwrites what others changed meanwhile.
    pub expected_version: Option<i32>,
}

impl<Id> Target<Id> {
    /// The row that was found, in the version that the caller has seen.
    ///
    /// # Errors
    /// `NotFound`, `VersionConflict`.
    pub(super) fn met<R>(&self, what: &'static str, found: Option<R>, version: impl Fn(&R) -> i32) -> Result<R, Error> {
        let row = found.ok_or(Error::NotFound(what))?;
        let current = version(&row);
        match self.expected_version {
            Some(expected) if expected != current => Err(Error::VersionConflict { current }),
            Some(_) | None => Ok(row),
        }
    }
}

/// Title, handle and what search engines are told, which pages, blogs and articles have.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Title.
    pub title: Option<String>,
    /// Handle.
    pub handle: Option<String>,
    /// Title for search engines; `Some(None)` takes it away.
    pub seo_title: Option<Option<String>>,
    /// Description for search engines; `Some(None)` takes it away.
    pub seo_description: Option<Option<String>>,
    /// Whether a changed handle leaves a redirect behind.
    pub redirect_new_handle: bool,
}

/// When shoppers see something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Publication {
    /// As before; something new at once.
    #[default]
    Unchanged,
    /// Now, unless it is published already.
    Published,
    /// From this moment on, which may be to come.
    From(DateTime<Utc>),
    /// Not any more.
    Hidden,
}

impl Publication {
    /// When shoppers begin to see it, after a change at this moment.
    #[must_use]
    pub fn applied(self, before: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Unchanged => before,
            Self::Published => Some(before.filter(|at| *at <= now).unwrap_or(now)),
            Self::From(moment) => Some(moment),
            Self::Hidden => None,
        }
    }
}

/// Changes of a page.
#[derive(Clone, Debug, Default)]
pub struct PagePatch {
    /// Title, handle, search engines.
    pub names: Names,
    /// Text; it is sanitised.
    pub body_html: Option<String>,
    /// When shoppers see it.
    pub publication: Publication,
}

/// Changes of an article, but for the blog it stands in.
#[derive(Clone, Debug, Default)]
pub struct ArticlePatch {
    /// Title, handle, search engines.
    pub names: Names,
    /// Text; it is sanitised.
    pub body_html: Option<String>,
    /// Summary; it is sanitised.
    pub summary_html: Option<String>,
    /// Who wrote it; `Some(None)` names nobody.
    pub author_name: Option<Option<String>>,
    /// All tags.
    pub tags: Option<Vec<String>>,
    /// Picture; `Some(None)` takes it away.
    pub image: Option<Option<ImageDraft>>,
    /// When shoppers see it.
    pub publication: Publication,
}

impl Names {
    /// Checks them. Something new wants a title.
    pub(super) fn check(&self, checks: &mut Checks, new: bool) {
        match &self.title {
            Some(title) => checks.required("title", title, TITLE_MOST),
            None if new => checks.required("title", "", TITLE_MOST),
            None => {}
        }
        if let Some(given) = &self.handle {
            check_handle(checks, given);
        }
        check_seo(checks, self.seo_title.as_ref(), self.seo_description.as_ref());
    }

    /// What search engines are told, after the change.
    pub(super) fn seo(&self, title: &mut Option<String>, description: &mut Option<String>) {
        if let Some(given) = &self.seo_title {
            *title = given.as_deref().and_then(non_blank);
        }
        if let Some(given) = &self.seo_description {
            *description = given.as_deref().and_then(non_blank);
        }
    }
}

impl PagePatch {
    pub(super) fn check(&self, checks: &mut Checks, new: bool) {
        self.names.check(checks, new);
        checks.text("body", self.body_html.as_deref().unwrap_or(""), HTML_MOST);
    }
}

impl ArticlePatch {
    pub(super) fn check(&self, checks: &mut Checks, rules: &mut Vec<Refusal>, new: bool) {
        self.names.check(checks, new);
        checks.text("body", self.body_html.as_deref().unwrap_or(""), HTML_MOST);
        checks.text("summary", self.summary_html.as_deref().unwrap_or(""), HTML_MOST);
        let author = self.author_name.as_ref().and_then(Option::as_deref).unwrap_or("");
        checks.text("author.name", author, TITLE_MOST);
        let tags = self.tags.as_deref().unwrap_or(&[]);
        check_tags(checks, rules, "tags", tags);
        if let Some(Some(image)) = &self.image {
            image.check(checks, "image");
        }
    }
}

/// Checks tags.
pub(super) fn check_tags(checks: &mut Checks, rules: &mut Vec<Refusal>, at: &str, tags: &[String]) {
    checks.count(at, tags.len(), TAGS_MOST);
    let mut seen = std::collections::HashSet::new();
    for (index, tag) in tags.iter().enumerate().take(TAGS_MOST) {
        checks.required(format!("{at}.{index}"), tag, TITLE_MOST);
        if !seen.insert(fold(tag)) {
            rules.push(Refusal::rule(format!("{at}.{index}"), Rule::Twice));
        }
    }
}

/// A path or address that a menu or a redirect leads to.
pub(super) fn check_target(checks: &mut Checks, rules: &mut Vec<Refusal>, at: &str, target: &str) {
    let before = checks.refusals.len();
    checks.required_code(at, target, crate::domain::catalog::checks::URL_MOST);
    if checks.refusals.len() == before && !super::path::is_path(target) && !super::path::is_web_address(target) {
        rules.push(Refusal::rule(at, Rule::NotATarget));
    }
}

/// Folded words between blanks, for word search.
pub(super) fn search_words<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = texts.into_iter().flat_map(words).collect();
    format!(" {} ", words.join(" "))
}

/// A text of a picture that is not blank, at most as long as it may be.
pub(super) fn alt(image: &ImageDraft) -> Option<String> {
    image.alt.as_deref().and_then(non_blank).map(|alt| alt.chars().take(TEXT_MOST).collect())
}

/// One link of a menu, as staff give it.
#[derive(Clone, Debug)]
pub struct ItemDraft<Id> {
    /// Which of the menu's links it is; `None` for a new one.
    pub id: Option<Id>,
    /// Its words.
    pub title: String,
    /// What it leads to.
    pub kind: entity::content::menu_item::MenuItemKind,
    /// Which one.
    pub resource_id: Option<Uuid>,
    /// Where it leads, for addresses.
    pub url: Option<String>,
    /// Tags that filter the collection.
    pub tags: Vec<String>,
    /// The links below it.
    pub items: Vec<ItemDraft<Id>>,
}
