//! Making a cart, with everything that is put into it at once.

use entity::{
    address::{Attribute, Attributes},
    cart::cart::{self, DeliveryChoices, DiscountCodes, GiftCardIds},
    ids::AccountId,
};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};

use super::{
    AddressList, BuyerIdentity, CartAccess, CartKind, CartStatus, Change, Edit, EditableCart, Edited, NewAddress,
    NewLine, Refusal, Target, Warning, WarningKind,
    edit::{Outcome, apply, finish},
    gift_cards, lock_for, open_for_edit,
};
use crate::{
    domain::{
        gift_card::EnteredCode,
        price_list,
        shared::{Error, Failure},
    },
    platform::Sources,
};

/// What a new cart is made of.
#[derive(Clone, Debug)]
pub struct NewCart {
    /// Name.
    pub name: Option<String>,
    /// Cart or wish list.
    pub kind: CartKind,
    /// Merchandise.
    pub lines: Vec<NewLine>,
    /// Note of the buyer.
    pub note: Option<String>,
    /// Attributes of the front end.
    pub attributes: Vec<Attribute>,
    /// Who buys.
    pub buyer_identity: BuyerIdentity,
    /// Delivery addresses.
    pub addresses: Vec<NewAddress>,
    /// Discount codes as entered.
    pub discount_codes: Vec<String>,
    /// Gift card codes as entered.
    pub gift_card_codes: Vec<EnteredCode>,
}

/// Makes a cart in the currency of its buyer's country.
///
/// # Errors
/// Refused with every reason, and nothing is made (the caller drops the transaction); the database's.
pub async fn create_cart(
    tx: &DatabaseTransaction,
    sources: &Sources,
    new: NewCart,
) -> Result<Edited, Failure<Refusal>> {
    let country = match &new.buyer_identity.country_code {
        Change::To(country) => country.clone(),
        Change::Keep => None,
    };
    let cart = insert(tx, sources, new.buyer_identity.customer.owner(), new.kind, country).await?;
    let mut edits = vec![Edit::BuyerIdentity(Box::new(new.buyer_identity))];
    edits.extend(new.name.map(|name| Edit::Rename { name: Change::To(Some(name)), kind: None }));
    edits.extend(new.note.map(Edit::Note));
    edits.extend((!new.attributes.is_empty()).then_some(Edit::Attributes(new.attributes)));
    edits.extend((!new.addresses.is_empty()).then_some(Edit::AddAddresses(new.addresses, AddressList::NewCart)));
    edits.extend((!new.discount_codes.is_empty()).then_some(Edit::DiscountCodes(new.discount_codes)));
    edits.extend((!new.lines.is_empty()).then_some(Edit::AddLines(new.lines)));
    let mut outcome = Outcome::default();
    let mut refusals = Vec::new();
    for edit in edits {
        match apply(tx, sources, &cart, edit).await {
            Ok(done) => {
                outcome.columns.extend(done.columns);
                outcome.warnings.extend(done.warnings);
                outcome.country = done.country.or(outcome.country);
            }
            Err(Failure::Refused(reasons)) => refusals.extend(reasons),
            Err(Failure::Error(error)) => return Err(error.into()),
        }
    }
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    // A card that cannot be used is no reason to lose the cart that is being filled.
    match gift_cards::add(tx, sources.now(), &cart, &new.gift_card_codes).await {
        Ok(done) => outcome.columns.extend(done.columns),
        Err(Failure::Refused(_)) => {
            let target = Target::Cart(cart.cart().id);
            outcome.warnings.push(Warning::new(WarningKind::GiftCardsUnavailable, target));
        }
        Err(Failure::Error(error)) => return Err(error.into()),
    }
    Ok(finish(tx, sources, &cart, outcome).await?)
}

/// An empty cart, opened for what goes in at once. Its version is 0 until that is done.
pub(super) async fn insert(
    tx: &DatabaseTransaction,
    sources: &Sources,
    account_id: Option<AccountId>,
    kind: CartKind,
    country_code: Option<String>,
) -> Result<EditableCart, Failure<Refusal>> {
    let now = sources.now();
    let row = cart::Model {
        id: sources.id(),
        account_id,
        name: None,
        kind,
        status: CartStatus::Active,
        order_id: None,
        currency: price_list::currency(tx, country_code.as_deref(), now).await?,
        country_code,
        email: None,
        phone: None,
        preferences: None,
        note: None,
        attributes: Attributes::default(),
        discount_codes: DiscountCodes::default(),
        delivery_choices: DeliveryChoices::default(),
        gift_card_ids: GiftCardIds::default(),
        version: 0,
        created_at: now,
        updated_at: now,
    };
    let access = CartAccess::of_new(row.id, account_id);
    cart::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    let locked = lock_for(tx, &access).await?.ok_or_else(|| Error::fault("a new cart is not there"))?;
    open_for_edit(locked, None)
}
