//! One change of an open cart: applied, counted in its version, and read back in the same transaction.

use entity::{
    address::Attribute,
    cart::cart,
    ids::{CartAddressId, CartLineId, GiftCardId},
};
use sea_orm::{DatabaseTransaction, sea_query::Expr};

use super::{
    AddressChange, AddressList, BuyerIdentity, CartKind, CartSnapshot, Change, EditableCart, LineUpdate, NewAddress,
    NewLine, OptionChoice, Refusal, Target, Warning, WarningKind, add_lines, delivery_addresses, delivery_options,
    edit_details, gift_cards,
    model::LineChanges,
    remove_lines,
    snapshot::snapshot,
    store::{self, ColumnChange},
    update_lines,
};
use crate::{
    domain::{
        gift_card::EnteredCode,
        price_list,
        shared::{Error, Failure},
    },
    platform::Sources,
};

/// A change of a cart.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Put merchandise in.
    AddLines(Vec<NewLine>),
    /// Change quantity, variant or attributes of lines.
    UpdateLines(Vec<LineUpdate>),
    /// Take lines out.
    RemoveLines(Vec<CartLineId>),
    /// Replace the note; an empty one removes it.
    Note(String),
    /// Replace the attributes.
    Attributes(Vec<Attribute>),
    /// Say who buys.
    BuyerIdentity(Box<BuyerIdentity>),
    /// Replace the discount codes.
    DiscountCodes(Vec<String>),
    /// Add gift cards.
    AddGiftCards(Vec<EnteredCode>),
    /// Put gift cards in place of all the present ones.
    ReplaceGiftCards(Vec<EnteredCode>),
    /// Take gift cards off.
    RemoveGiftCards(Vec<GiftCardId>),
    /// Choose delivery options.
    DeliveryOptions(Vec<OptionChoice>),
    /// Add delivery addresses.
    AddAddresses(Vec<NewAddress>, AddressList),
    /// Put delivery addresses in place of all the present ones.
    ReplaceAddresses(Vec<NewAddress>),
    /// Change delivery addresses.
    UpdateAddresses(Vec<AddressChange>),
    /// Take delivery addresses out.
    RemoveAddresses(Vec<CartAddressId>),
    /// Change name and kind.
    Rename {
        /// The name.
        name: Change<String>,
        /// Cart or wish list.
        kind: Option<CartKind>,
    },
}

/// A changed cart.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The cart as it is now.
    pub snapshot: CartSnapshot,
    /// What was adjusted.
    pub warnings: Vec<Warning>,
}

/// What a change does to the cart's row, and what it adjusted.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) columns: Vec<ColumnChange>,
    pub(super) warnings: Vec<Warning>,
    /// The buyer's country, where the change says another one.
    pub(super) country: Option<Option<String>>,
}

impl Outcome {
    pub(super) fn column(column: cart::Column, value: impl Into<sea_orm::Value>) -> Self {
        Self { columns: vec![(column, Expr::val(value))], ..Self::default() }
    }

    pub(super) fn warnings(warnings: Vec<Warning>) -> Self {
        Self { warnings, ..Self::default() }
    }
}

/// Changes an open cart.
///
/// # Errors
/// Refused with every reason; `BadInput` for a text with NUL or a total beyond 64 bits; the database's.
pub async fn edit(
    tx: &DatabaseTransaction,
    sources: &Sources,
    cart: &EditableCart,
    edit: Edit,
) -> Result<Edited, Failure<Refusal>> {
    let outcome = apply(tx, sources, cart, edit).await?;
    Ok(finish(tx, sources, cart, outcome).await?)
}

/// Applies a change except for the cart's own row.
pub(super) async fn apply(
    tx: &DatabaseTransaction,
    sources: &Sources,
    cart: &EditableCart,
    edit: Edit,
) -> Result<Outcome, Failure<Refusal>> {
    match edit {
        Edit::AddLines(lines) => add_lines::add_lines(tx, sources, cart, lines).await.map(Outcome::warnings),
        Edit::UpdateLines(lines) => update_lines::update_lines(tx, sources, cart, lines).await.map(Outcome::warnings),
        Edit::RemoveLines(ids) => remove_lines::remove_lines(tx, cart, &ids).await.map(Outcome::warnings),
        Edit::Note(note) => edit_details::note(&note),
        Edit::Attributes(attributes) => edit_details::attributes(attributes),
        Edit::BuyerIdentity(mut identity) => {
            let addresses = identity.addresses.take();
            let mut outcome = edit_details::buyer_identity(cart, *identity)?;
            if let Some(addresses) = addresses {
                let list = AddressList::Preferences;
                outcome.warnings = delivery_addresses::replace(tx, sources, cart, addresses, list).await?;
            }
            Ok(outcome)
        }
        Edit::DiscountCodes(codes) => edit_details::discount_codes(&codes),
        Edit::DeliveryOptions(choices) => delivery_options::choose(tx, sources, cart, choices).await,
        Edit::AddGiftCards(codes) => gift_cards::add(tx, sources.now(), cart, &codes).await,
        Edit::ReplaceGiftCards(codes) => gift_cards::replace(tx, sources.now(), cart, &codes).await,
        Edit::RemoveGiftCards(ids) => gift_cards::remove(cart, &ids),
        Edit::AddAddresses(addresses, list) => {
            delivery_addresses::add(tx, sources, cart, addresses, list).await.map(Outcome::warnings)
        }
        Edit::ReplaceAddresses(addresses) => {
            let list = AddressList::Argument;
            delivery_addresses::replace(tx, sources, cart, addresses, list).await.map(Outcome::warnings)
        }
        Edit::UpdateAddresses(changes) => delivery_addresses::update(tx, cart, changes).await.map(Outcome::warnings),
        Edit::RemoveAddresses(ids) => delivery_addresses::remove(tx, cart, &ids).await.map(Outcome::warnings),
        Edit::Rename { name, kind } => edit_details::rename(name, kind),
    }
}

/// Writes the cart's row and reads the cart back. Its currency follows its buyer's country, also where a price list of that
/// country began or ended since the last change. Lines whose variant was deleted are removed on this occasion.
pub(super) async fn finish(
    tx: &DatabaseTransaction,
    sources: &Sources,
    cart: &EditableCart,
    outcome: Outcome,
) -> Result<Edited, Error> {
    let (id, now) = (cart.cart().id, sources.now());
    let codes_given = outcome.columns.iter().any(|(column, _)| matches!(column, cart::Column::DiscountCodes));
    let mut columns = outcome.columns;
    let country = outcome.country.as_ref().unwrap_or(&cart.cart().country_code);
    columns.push((cart::Column::Currency, price_list::currency_of_country(country.as_deref(), now)));
    columns.extend(outcome.country.map(|country| (cart::Column::CountryCode, Expr::val(country))));
    if !store::change(tx, cart, now, columns).await? {
        return Err(Error::VersionConflict { current: cart.cart().version.saturating_add(1) });
    }
    let mut warnings = Vec::new();
    let mut read = read_back(tx, sources, cart).await?;
    if !read.vanished.is_empty() {
        warnings.extend(read.vanished.iter().map(|_| Warning::new(WarningKind::NotAvailable, Target::Cart(id))));
        store::write_lines(tx, LineChanges { delete: read.vanished, insert: Vec::new() }).await?;
        read = read_back(tx, sources, cart).await?;
    }
    if codes_given {
        warnings.extend(unapplied(&read));
    }
    warnings.extend(outcome.warnings);
    Ok(Edited { snapshot: read, warnings })
}

/// The codes of a cart that take nothing off, and why.
fn unapplied(snapshot: &CartSnapshot) -> impl Iterator<Item = Warning> + '_ {
    let target = Target::Cart(snapshot.cart.id);
    snapshot.quote.engine().codes.iter().filter_map(move |outcome| {
        let kind = WarningKind::CodeNotApplied { code: outcome.code.to_string(), problem: outcome.problem? };
        Some(Warning::new(kind, target))
    })
}

async fn read_back(tx: &DatabaseTransaction, sources: &Sources, cart: &EditableCart) -> Result<CartSnapshot, Error> {
    let read = snapshot(tx, sources.now(), cart.cart().id).await?;
    read.ok_or_else(|| Error::fault("a locked cart is not there"))
}
