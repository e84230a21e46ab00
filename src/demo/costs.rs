//! What the demo shop charges beside its prices: delivery, taxes, and a discount code for newcomers. Staff's own use cases
//! write it, so that it is checked as theirs is and each part has its event.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;
use entity::{
    address::Address,
    area::Area,
    ids::{LocationId, TaxClassId},
    money::{Currency, Money},
};
use sea_orm::DatabaseTransaction;
use serde::Deserialize;

use super::{DISCOUNT_CODE, failed, in_words};
use crate::{
    app::App,
    domain::{
        catalog::{self, Target, VariantDraft, VariantPatch, lookup},
        delivery::{self, BandDraft, CostDraft, PickupDraft, ZonePatch},
        discount::{self, CombinesWith, DiscountMethod, DiscountPatch, Effect, Off},
        shared::Author,
        tax::{self, PriceBasis, RateDraft, RoundingLevel, RoundingParts, ShippingDraft, ShippingTax, TaxDraft},
    },
    platform::tx,
};

const COSTS: &str = include_str!("../../demo/costs.json");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DemoCosts {
    delivery_zones: Vec<DemoZone>,
    pickup: DemoPickup,
    tax_classes: Vec<DemoClass>,
    tax_zones: Vec<DemoTaxZone>,
    discount: DemoDiscount,
}

#[derive(Debug, Deserialize)]
struct DemoZone {
    name: String,
    areas: Vec<Area>,
    rates: Vec<DemoRate>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DemoRate {
    title: String,
    description: String,
    flat: Option<String>,
    by_weight: Option<Vec<DemoBand>>,
    free_from: Option<String>,
}

/// Bands follow each other: each begins where the one before ends.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DemoBand {
    until_grams: i64,
    cost: String,
}

#[derive(Debug, Deserialize)]
struct DemoPickup {
    title: String,
    instructions: String,
    address: Address,
    cost: String,
}

#[derive(Debug, Deserialize)]
struct DemoClass {
    name: String,
    /// The handles of its products.
    products: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DemoTaxZone {
    name: String,
    areas: Vec<Area>,
    title: String,
    percent: String,
    /// The rates of classes by their names; null is no tax.
    percents: BTreeMap<String, Option<String>>,
    /// Whether the tax of the whole order is rounded, and not that of each line.
    by_order: bool,
}

#[derive(Debug, Deserialize)]
struct DemoDiscount {
    title: String,
    percent: u32,
}

fn read() -> anyhow::Result<DemoCosts> {
    serde_json::from_str(COSTS).context("demo/costs.json")
}

/// Sets what a new shop charges. It is called where the shop gets its name, so that it happens once; what somebody has set
/// before there was a product stays.
pub(super) async fn set(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    currency: Currency,
    location: LocationId,
) -> anyhow::Result<()> {
    let demo = read()?;
    if delivery::rules(tx).await.map_err(in_words)?.is_none() {
        for zone in demo.delivery_zones {
            let rates = zone.rates.into_iter().map(|rate| rate.draft(currency)).collect::<anyhow::Result<_>>()?;
            let patch = ZonePatch { name: Some(zone.name), areas: Some(zone.areas) };
            delivery::create_zone(tx, author, patch, rates).await.map_err(failed)?;
        }
        let pickup = demo.pickup.draft(currency, location)?;
        delivery::set_pickup(tx, author, pickup).await.map_err(failed)?;
    }
    let untaxed = tax::zones(tx).await.map_err(in_words)?.is_empty();
    if untaxed && tax::classes(tx).await.map_err(in_words)?.is_empty() {
        let mut classes = HashMap::new();
        for class in demo.tax_classes {
            let row = tax::create_class(tx, author, &class.name).await.map_err(failed)?;
            classes.insert(class.name, row.id);
        }
        for zone in demo.tax_zones {
            tax::create_zone(tx, author, &zone.patch(&classes)?).await.map_err(failed)?;
        }
    }
    let code = discount::code_key(DISCOUNT_CODE);
    if discount::store::codes(tx, &[code]).await.map_err(in_words)?.is_empty() {
        discount::create_discount(tx, author, DiscountMethod::Code, demo.discount.patch()).await.map_err(failed)?;
    }
    Ok(())
}

/// Puts the products of a new shop into their tax classes: the layout of the product file has no column for them.
pub(super) async fn classify(app: &App) -> anyhow::Result<()> {
    let author = Author { sources: &app.sources, account_id: None };
    let tx = tx::begin(&app.database).await?;
    let classes = tax::classes(&*tx).await.map_err(in_words)?;
    for demo in read()?.tax_classes {
        let Some(class) = classes.iter().find(|class| class.name == demo.name) else { continue };
        for id in lookup::product_ids(&*tx, &demo.products).await.map_err(in_words)? {
            let patch = VariantPatch { tax_class_id: Some(Some(class.id)), ..VariantPatch::default() };
            let draft = VariantDraft { patch, ..VariantDraft::default() };
            let variants = lookup::variant_ids(&*tx, id).await.map_err(in_words)?;
            let variants: Vec<_> = variants.into_iter().map(|variant| (variant, draft.clone())).collect();
            let target = Target { id, expected_version: None };
            catalog::update_variants(&tx, author, target, &variants).await.map_err(failed)?;
        }
    }
    tx.commit().await?;
    Ok(())
}

impl DemoRate {
    fn draft(self, currency: Currency) -> anyhow::Result<delivery::RateDraft> {
        let money = |text: &str| Money::parse(text, currency);
        let flat = self.flat.as_deref().map(money).transpose()?;
        let mut from = None;
        let band = |band: DemoBand| {
            let until = Some(band.until_grams);
            anyhow::Ok(BandDraft { from: std::mem::replace(&mut from, until), until, cost: money(&band.cost)? })
        };
        let bands = self.by_weight.map(|bands| bands.into_iter().map(band).collect::<anyhow::Result<_>>());
        Ok(delivery::RateDraft {
            handle: None,
            title: self.title,
            description: Some(self.description),
            cost: CostDraft { flat, by_weight: bands.transpose()?, by_price: None },
            free_above: self.free_from.as_deref().map(money).transpose()?,
        })
    }
}

impl DemoPickup {
    fn draft(self, currency: Currency, location_id: LocationId) -> anyhow::Result<PickupDraft> {
        Ok(PickupDraft {
            location_id,
            handle: None,
            title: self.title,
            instructions: Some(self.instructions),
            address: self.address,
            cost: Money::parse(&self.cost, currency)?,
        })
    }
}

impl DemoTaxZone {
    /// Taxes come on top everywhere: the shop is in a country that does it so, and the price on a product's page is then that of
    /// the cart, wherever it goes.
    fn patch(self, classes: &HashMap<String, TaxClassId>) -> anyhow::Result<tax::ZonePatch> {
        let taxes = |percent: Option<String>| {
            let tax = |percent| TaxDraft { title: self.title.clone(), percent, compound: false };
            percent.map(tax).into_iter().collect()
        };
        let mut rates = vec![RateDraft { class: None, taxes: taxes(Some(self.percent)) }];
        for (name, percent) in self.percents {
            let class = *classes.get(&name).with_context(|| format!("there is no tax class {name}"))?;
            rates.push(RateDraft { class: Some(class), taxes: taxes(percent) });
        }
        let (level, parts) = match self.by_order {
            true => (RoundingLevel::Order, RoundingParts::Together),
            false => (RoundingLevel::Line, RoundingParts::Separately),
        };
        Ok(tax::ZonePatch {
            name: Some(self.name),
            areas: Some(self.areas),
            shown: Some(PriceBasis::Exclusive),
            rounding_level: Some(level),
            rounding_parts: Some(parts),
            shipping: Some(ShippingDraft { kind: ShippingTax::AsGoods, class: None }),
            rates: Some(rates),
            ..tax::ZonePatch::default()
        })
    }
}

impl DemoDiscount {
    fn patch(self) -> DiscountPatch {
        DiscountPatch {
            title: Some(self.title),
            effect: Some(Effect::Order { off: Off::Percentage(self.percent * 100) }),
            combines_with: Some(CombinesWith { product: false, order: false, shipping: true }),
            add_codes: vec![DISCOUNT_CODE.to_owned()],
            ..DiscountPatch::default()
        }
    }
}
