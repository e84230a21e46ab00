//! Why a change of content was refused.

use std::fmt;

use crate::domain::{
    catalog::{self, Reason, checks::Checks},
    shared::{Error, Failure},
};

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A text, picture or handle has not the form that the catalog asks of its own, or is taken.
    Form(catalog::Refusal),
    /// A rule of content.
    Rule {
        /// Where in the input, with points between: `items.3.url`.
        at: String,
        /// What is wrong.
        rule: Rule,
    },
}

/// The rules of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// No path of the shop.
    NotAPath,
    /// Neither a path of the shop nor an address on the web.
    NotATarget,
    /// The path has a redirect.
    PathTaken,
    /// The redirect leads to its own path.
    LeadsToItself,
    /// Following the redirects leads back.
    Loop,
    /// A link stands deeper than this many levels.
    TooDeep(usize),
    /// This kind of link needs to be told where it leads.
    ResourceMissing,
    /// This kind of link leads nowhere in particular.
    ResourceUnexpected,
    /// A link to an address needs one.
    UrlMissing,
    /// Two links have one id, or a list names something twice.
    Twice,
    /// The menu has no such link.
    ItemUnknown,
    /// The blog has articles.
    BlogNotEmpty(u64),
    /// It is what the prices of products are in, or are made for.
    HasProducts,
    /// The shop's own country is missing.
    HomeCountryMissing(String),
    /// No e-mail address.
    NotAnEmail,
    /// A logo's width and height must be known.
    SizeMissing,
    /// A logo's address has no file extension.
    NoExtension,
}

/// The kinds of refusal that a client may tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Something required is missing or empty.
    Blank,
    /// A text is too long.
    TooLong,
    /// A list is too long.
    TooMany,
    /// A value is not of the expected form.
    Invalid,
    /// A handle or a path is in use.
    Taken,
    /// Two of a kind where one may be.
    Duplicate,
    /// There is no such thing.
    NotFound,
    /// A redirect leads to itself, at once or by others.
    Loop,
    /// A menu has more than three levels.
    TooDeep,
    /// The blog has articles.
    NotEmpty,
}

impl Refusal {
    /// A rule that the input at `at` breaks.
    pub fn rule(at: impl Into<String>, rule: Rule) -> Self {
        Self::Rule { at: at.into(), rule }
    }

    /// A reason of the catalog's.
    pub fn form(at: impl Into<String>, reason: Reason) -> Self {
        Self::Form(catalog::Refusal::new(at, reason))
    }

    /// The kind.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Form(refusal) => match refusal.code() {
                catalog::Code::Blank => Code::Blank,
                catalog::Code::TooLong => Code::TooLong,
                catalog::Code::TooMany => Code::TooMany,
                catalog::Code::Invalid | catalog::Code::StockHeld | catalog::Code::InvalidStatus => Code::Invalid,
                catalog::Code::Taken => Code::Taken,
                catalog::Code::Duplicate => Code::Duplicate,
                catalog::Code::NotFound => Code::NotFound,
            },
            Self::Rule { rule, .. } => match rule {
                Rule::NotAPath
                | Rule::NotATarget
                | Rule::NotAnEmail
                | Rule::ResourceUnexpected
                | Rule::NoExtension
                | Rule::HasProducts
                | Rule::HomeCountryMissing(_) => Code::Invalid,
                Rule::PathTaken => Code::Taken,
                Rule::LeadsToItself | Rule::Loop => Code::Loop,
                Rule::TooDeep(_) => Code::TooDeep,
                Rule::ResourceMissing | Rule::UrlMissing | Rule::SizeMissing => Code::Blank,
                Rule::Twice => Code::Duplicate,
                Rule::ItemUnknown => Code::NotFound,
                Rule::BlogNotEmpty(_) => Code::NotEmpty,
            },
        }
    }

    /// The path in the input.
    #[must_use]
    pub fn field(&self) -> Vec<String> {
        match self {
            Self::Form(refusal) => refusal.field(),
            Self::Rule { at, .. } => at.split('.').map(str::to_owned).collect(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = match self {
            Self::Form(refusal) => return refusal.fmt(f),
            Self::Rule { rule, .. } => rule,
        };
        match rule {
            Rule::NotAPath => write!(f, "must be a path of the shop, such as /pages/old"),
            Rule::NotATarget => {
                write!(f, "must be a path of the shop, such as /pages/new, or begin with http:// or https://")
            }
            Rule::PathTaken => write!(f, "the path has a redirect already; change that one"),
            Rule::LeadsToItself => write!(f, "a redirect must not lead to its own path"),
            Rule::Loop => write!(f, "other redirects lead from there back to this path"),
            Rule::TooDeep(most) => write!(f, "a menu has at most {most} levels"),
            Rule::ResourceMissing => write!(f, "a link of this type needs the id of what it leads to"),
            Rule::ResourceUnexpected => write!(f, "a link of this type takes no resource"),
            Rule::UrlMissing => write!(f, "a link of type HTTP needs an address"),
            Rule::Twice => write!(f, "is named twice"),
            Rule::ItemUnknown => write!(f, "the menu has no such link; leave the id out for a new one"),
            Rule::BlogNotEmpty(count) => write!(f, "the blog has {count} articles; delete or move them first"),
            Rule::HasProducts => {
                write!(f, "cannot change any more: the shop has products, whose prices were made for what it is now")
            }
            Rule::HomeCountryMissing(code) => write!(f, "must hold the shop's own country, {code}"),
            Rule::NotAnEmail => write!(f, "is no e-mail address"),
            Rule::SizeMissing => write!(f, "a logo needs its width and height in pixels, above zero"),
            Rule::NoExtension => write!(f, "must end in a file extension, such as .svg or .png"),
        }
    }
}

/// Refuses with what was found, if anything was. NUL is a caller's mistake (`BAD_USER_INPUT`), not a refusal.
///
/// # Errors
/// `Refused` with all of it.
pub(super) fn refuse_any(checks: Checks, rules: Vec<Refusal>) -> Result<(), Failure<Refusal>> {
    if let Some(nul) = checks.refusals.iter().find(|refusal| refusal.is_nul()) {
        return Err(Error::bad_input(nul.field().join("."), nul.to_string()).into());
    }
    let refusals: Vec<Refusal> = checks.refusals.into_iter().map(Refusal::Form).chain(rules).collect();
    if refusals.is_empty() { Ok(()) } else { Err(Failure::Refused(refusals)) }
}
