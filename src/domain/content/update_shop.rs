//! Staff change what the shop says of itself, and where it sells.

use entity::money::Currency;
use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

use super::{
    errors::{Refusal, Rule, refuse_any},
    events::{Subject, record},
};
use crate::domain::{
    catalog::{
        self, ImageDraft, Reason,
        checks::{Checks, TEXT_MOST, TITLE_MOST},
        non_blank,
    },
    shared::{Author, Error, Failure, address::is_email},
    shop::{self, Shop},
};

/// What facts about the shop are about: there is one shop.
pub const SHOP: Uuid = Uuid::from_u128(1);

/// Changes of the shop; what is `None` stays. Currency and own country change only while the shop has no product.
#[derive(Clone, Debug, Default)]
pub struct ShopPatch {
    /// Name.
    pub name: Option<String>,
    /// Description; `Some(None)` takes it away.
    pub description: Option<Option<String>>,
    /// E-mail address for shoppers; `Some(None)` takes it away.
    pub email: Option<Option<String>>,
    /// Logo; `Some(None)` takes it away.
    pub logo: Option<Option<ImageDraft>>,
    /// Currency of its own prices.
    pub currency: Option<Currency>,
    /// Country that it sells from (ISO 3166-1 alpha-2). It sells to it, too.
    pub country_code: Option<String>,
    /// Countries that the shop sells to.
    pub country_codes: Option<Vec<String>>,
    /// Languages, the first one that of its texts.
    pub language_codes: Option<Vec<String>>,
}

/// Changes the shop.
///
/// # Errors
/// Everything that is wrong with the changes, together; `VersionConflict`.
pub async fn update_shop(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    expected_version: Option<i32>,
    patch: ShopPatch,
) -> Result<(), Failure<Refusal>> {
    let before = shop::lock(tx).await?;
    let mut rules = Vec::new();
    if catalog::lookup::has_products(tx).await? {
        rules.extend(fixed(&patch, &before).map(|at| Refusal::rule(at, Rule::HasProducts)));
    }
    check(&patch, &before, rules)?;
    if let Some(expected) = expected_version
        && expected != before.version
    {
        return Err(Error::VersionConflict { current: before.version }.into());
    }
    let mut after = before.clone();
    apply(&mut after, patch);
    if after == before {
        return Ok(());
    }
    after.version += 1;
    after.updated_at = author.sources.now();
    let details = json!({ "name": after.name, "version": after.version });
    shop::save(tx, after).await?;
    Ok(record(tx, author, Subject { kind: "shop", id: SHOP }, "shop.updated", details).await?)
}

/// What of the patch would change that prices are in and are made for.
fn fixed(patch: &ShopPatch, shop: &Shop) -> impl Iterator<Item = &'static str> {
    let currency = patch.currency.is_some_and(|currency| currency != shop.currency).then_some("currencyCode");
    let country = patch.country_code.as_ref().is_some_and(|code| *code != shop.country_code).then_some("countryCode");
    currency.into_iter().chain(country)
}

fn check(patch: &ShopPatch, shop: &Shop, mut rules: Vec<Refusal>) -> Result<(), Failure<Refusal>> {
    let mut checks = Checks::default();
    if let Some(name) = &patch.name {
        checks.required("name", name, TITLE_MOST);
    }
    checks.text("description", patch.description.as_ref().and_then(Option::as_deref).unwrap_or(""), TEXT_MOST);
    if let Some(Some(email)) = &patch.email {
        checks.text("email", email, TITLE_MOST);
        if !email.trim().is_empty() && !is_email(email.trim()) {
            rules.push(Refusal::rule("email", Rule::NotAnEmail));
        }
    }
    if let Some(Some(logo)) = &patch.logo {
        check_logo(logo, &mut checks, &mut rules);
    }
    if let Some(codes) = &patch.country_codes {
        check_codes("countries", codes, &mut rules);
        let home = patch.country_code.as_ref().unwrap_or(&shop.country_code);
        if !codes.is_empty() && !codes.contains(home) {
            rules.push(Refusal::rule("countries", Rule::HomeCountryMissing(home.clone())));
        }
    }
    if let Some(codes) = &patch.language_codes {
        check_codes("languages", codes, &mut rules);
    }
    refuse_any(checks, rules)
}

/// Front ends lay out a logo before they have it, and some ask for it in other sizes by its extension.
fn check_logo(logo: &ImageDraft, checks: &mut Checks, rules: &mut Vec<Refusal>) {
    logo.check(checks, "logo");
    if logo.width.is_none_or(|pixels| pixels == 0) || logo.height.is_none_or(|pixels| pixels == 0) {
        rules.push(Refusal::rule("logo", Rule::SizeMissing));
    }
    let file = logo.url.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or("");
    let has_extension = file.rsplit_once('.').is_some_and(|(name, extension)| {
        !name.is_empty() && (2..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    if !has_extension {
        rules.push(Refusal::rule("logo.url", Rule::NoExtension));
    }
}

fn check_codes(at: &str, codes: &[String], rules: &mut Vec<Refusal>) {
    if codes.is_empty() {
        rules.push(Refusal::form(at, Reason::Blank));
    }
    for (index, code) in codes.iter().enumerate() {
        if codes[..index].contains(code) {
            rules.push(Refusal::rule(format!("{at}.{index}"), Rule::Twice));
        }
    }
}

fn apply(shop: &mut Shop, patch: ShopPatch) {
    if let Some(name) = &patch.name {
        name.trim().clone_into(&mut shop.name);
    }
    if let Some(description) = &patch.description {
        shop.description = description.as_deref().and_then(non_blank);
    }
    if let Some(email) = &patch.email {
        shop.email = email.as_deref().and_then(non_blank);
    }
    if let Some(logo) = &patch.logo {
        shop.logo_url = logo.as_ref().map(|logo| logo.url.clone());
        shop.logo_alt = logo.as_ref().and_then(super::patch::alt);
        shop.logo_width = logo.as_ref().and_then(|logo| logo.width);
        shop.logo_height = logo.as_ref().and_then(|logo| logo.height);
    }
    if let Some(currency) = patch.currency {
        shop.currency = currency;
    }
    if let Some(home) = patch.country_code {
        // A shop that sells at home only goes on doing so.
        if shop.country_codes.0 == [shop.country_code.as_str()] {
            shop.country_codes.0.clear();
        }
        if !shop.country_codes.0.contains(&home) {
            shop.country_codes.0.push(home.clone());
        }
        shop.country_code = home;
    }
    if let Some(codes) = patch.country_codes {
        shop.country_codes.0 = codes;
    }
    if let Some(codes) = patch.language_codes {
        shop.language_codes.0 = codes;
    }
}
