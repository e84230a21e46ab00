//! Any object by its id.

use async_graphql::{Context, ID, Interface, Object};
use entity::ids::{
    AccountId, ArticleId, BlogId, CartAddressId, CartId, CartLineId, CollectionId, CustomerAddressId, DeliveryRateId,
    DeliveryZoneId, DiscountId, GiftCardId, MenuId, OrderId, PageId, PickupLocationId, PriceListId, ProductId,
    ProductOptionId, ShopPolicyId, TaxClassId, TaxZoneId, VariantId,
};
use uuid::Uuid;

use super::{
    address::{AddressOwner, MAILING_ADDRESS, MailingAddress},
    cart::{self, Cart, CartLine, ComponentizableCartLine},
    catalog::{Collection, Product, ProductOption, ProductOptionValue, ProductVariant},
    content::{Article, Blog, Menu, Page, ShopPolicy},
    context::ContextExt,
    customer::{self, Customer, CustomerAddress},
    delivery::{DeliveryRate, DeliveryZone, PickupLocation},
    discount::Discount,
    errors,
    gift_card::{self, GiftCard},
    global_id::{self, GlobalId, NodeId},
    order::{self, Order},
    price_list::PriceList,
    tax::{TaxClass, TaxZone},
};
use crate::domain::shared::{Error, Permission};

/// Most ids of one `nodes`.
const MOST_IDS: usize = 250;

/// An object that can be found by its id.
#[derive(Clone, Debug, Interface)]
#[allow(clippy::large_enum_variant, reason = "at most 250 in one list, each moved a few times")]
#[graphql(field(name = "id", ty = "ID", desc = "The object's id, unique among all objects."))]
pub enum Node {
    /// A product.
    Product(Product),
    /// An option of a product.
    ProductOption(ProductOption),
    /// A value of a product's option.
    ProductOptionValue(ProductOptionValue),
    /// A variant of a product.
    ProductVariant(ProductVariant),
    /// A collection.
    Collection(Collection),
    /// A page of text.
    Page(Page),
    /// A blog.
    Blog(Blog),
    /// An article of a blog.
    Article(Article),
    /// A menu of links.
    Menu(Menu),
    /// A policy of the shop.
    ShopPolicy(ShopPolicy),
    /// A cart. Who has its id has it.
    Cart(Cart),
    /// A line of a cart. Its id carries the cart's secret.
    CartLine(CartLine),
    /// A bundle of a cart.
    ComponentizableCartLine(ComponentizableCartLine),
    /// An order: the viewer's own, one whose access token is sent along, or any for staff with READ_ORDERS.
    Order(Order),
    /// An address of a cart or an order, for those who may see these.
    MailingAddress(MailingAddress),
    /// A customer: the viewer, or any for staff with READ_CUSTOMERS.
    Customer(Customer),
    /// An address that a customer keeps, for that customer and for staff with READ_CUSTOMERS.
    CustomerAddress(CustomerAddress),
    /// A delivery zone, for staff with READ_SETTINGS.
    DeliveryZone(DeliveryZone),
    /// A delivery rate, for staff with READ_SETTINGS.
    DeliveryRate(DeliveryRate),
    /// A location where goods may be collected.
    PickupLocation(PickupLocation),
    /// A discount, for staff with READ_DISCOUNTS.
    Discount(Discount),
    /// A gift card, for staff with READ_PAYMENTS.
    GiftCard(GiftCard),
    /// A class of goods that are taxed alike, for staff with READ_SETTINGS.
    TaxClass(TaxClass),
    /// A part of the world that is taxed alike, for staff with READ_SETTINGS.
    TaxZone(TaxZone),
    /// A price list, for staff with READ_PRODUCTS.
    PriceList(PriceList),
}

/// The object with an id; nothing when there is none that the viewer may see.
async fn find(ctx: &Context<'_>, argument: &str, id: &ID) -> Result<Option<Node>, Error> {
    let malformed = || Error::bad_input(argument, "is no id of this shop: gid://cartwright/<Type>/<id>");
    match GlobalId::parse(id).ok_or_else(malformed)?.kind {
        ProductId::KIND => {
            let product = Product::load(ctx, global_id::decode(argument, id)?).await?;
            Ok(product.map(Node::Product))
        }
        ProductOptionId::KIND => {
            let option = ProductOption::load(ctx, global_id::decode(argument, id)?).await?;
            Ok(option.map(Node::ProductOption))
        }
        ProductOptionValue::KIND => {
            let value = ProductOptionValue::load(ctx, argument, id).await?;
            Ok(value.map(Node::ProductOptionValue))
        }
        VariantId::KIND => {
            let variant = ProductVariant::load_visible(ctx, global_id::decode(argument, id)?).await?;
            Ok(variant.map(Node::ProductVariant))
        }
        CollectionId::KIND => {
            let collection = Collection::load(ctx, global_id::decode(argument, id)?).await?;
            Ok(collection.map(Node::Collection))
        }
        PageId::KIND => Ok(Page::load(ctx, global_id::decode(argument, id)?).await?.map(Node::Page)),
        BlogId::KIND => Ok(Blog::load(ctx, global_id::decode(argument, id)?).await?.map(Node::Blog)),
        ArticleId::KIND => Ok(Article::load(ctx, global_id::decode(argument, id)?).await?.map(Node::Article)),
        MenuId::KIND => Ok(Menu::load(ctx, global_id::decode(argument, id)?).await?.map(Node::Menu)),
        ShopPolicyId::KIND => Ok(ShopPolicy::load(ctx, global_id::decode(argument, id)?).await?.map(Node::ShopPolicy)),
        CartId::KIND => Ok(cart::node::cart(ctx, argument, id).await?.map(Node::Cart)),
        CartLineId::KIND => Ok(cart::node::line(ctx, argument, id).await?.map(Node::CartLine)),
        OrderId::KIND => {
            let order = order::load(ctx, global_id::decode(argument, id)?).await?;
            Ok(order.map(|order| Node::Order(Order(order))))
        }
        MAILING_ADDRESS => Ok(address(ctx, argument, id).await?.map(Node::MailingAddress)),
        CustomerAddressId::KIND => {
            let found = customer::node(ctx, global_id::decode(argument, id)?).await?;
            Ok(found.map(Node::CustomerAddress))
        }
        DeliveryZoneId::KIND => {
            let zone = DeliveryZone::load(ctx, global_id::decode(argument, id)?).await?;
            Ok(zone.map(Node::DeliveryZone))
        }
        DeliveryRateId::KIND => {
            let rate = DeliveryRate::load(ctx, global_id::decode(argument, id)?).await?;
            Ok(rate.map(Node::DeliveryRate))
        }
        PickupLocationId::KIND => {
            let pickup = PickupLocation::load(ctx, global_id::decode(argument, id)?).await?;
            Ok(pickup.map(Node::PickupLocation))
        }
        GiftCardId::KIND => {
            let id = global_id::decode(argument, id)?;
            // Nobody else causes a look.
            let sees = ctx.viewer().may(Permission::ReadPayments);
            let card = if sees { gift_card::load(ctx, id).await? } else { None };
            Ok(card.map(|card| Node::GiftCard(GiftCard(card))))
        }
        TaxClassId::KIND => Ok(TaxClass::node(ctx, global_id::decode(argument, id)?).await?.map(Node::TaxClass)),
        TaxZoneId::KIND => Ok(TaxZone::node(ctx, global_id::decode(argument, id)?).await?.map(Node::TaxZone)),
        PriceListId::KIND => Ok(PriceList::load(ctx, global_id::decode(argument, id)?).await?.map(Node::PriceList)),
        AccountId::KIND => Ok(person(ctx, global_id::decode(argument, id)?).await?.map(Node::Customer)),
        DiscountId::KIND => {
            let found = Discount::load_visible(ctx, global_id::decode(argument, id)?).await?;
            Ok(found.map(Node::Discount))
        }
        _ => Ok(None),
    }
}

/// An address, of whatever its id says that it belongs to.
async fn address(ctx: &Context<'_>, argument: &str, id: &ID) -> Result<Option<MailingAddress>, Error> {
    let malformed = || Error::bad_input(argument, "must be the id of a MailingAddress");
    let parsed = GlobalId::parse(id).ok_or_else(malformed)?;
    let owner = Uuid::try_parse(parsed.tail).map_err(|_| malformed())?;
    match parsed.query_value("of") {
        None => cart::node::address(ctx, CartAddressId(owner), id).await,
        Some("pickup") => {
            let pickup = PickupLocation::load(ctx, PickupLocationId(owner)).await?;
            Ok(pickup.map(|pickup| pickup.place()))
        }
        Some(of) => {
            let Some(order) = order::load(ctx, OrderId(owner)).await? else { return Ok(None) };
            let (owner, address) = match of {
                "shipping" => (AddressOwner::Shipping(order.id), order.shipping_address),
                "billing" => (AddressOwner::Billing(order.id), order.billing_address),
                _ => return Ok(None),
            };
            Ok(address.map(|address| MailingAddress::new(owner, address)))
        }
    }
}

/// A customer, for that customer and for staff. Nobody else causes a look.
async fn person(ctx: &Context<'_>, id: AccountId) -> Result<Option<Customer>, Error> {
    let viewer = ctx.viewer();
    let own = viewer.customer_account() == Some(id);
    if !own && !viewer.may(Permission::ReadCustomers) {
        return Ok(None);
    }
    Ok(customer::loaders::load(ctx, id).await?.filter(|customer| own || customer.buys()))
}

/// Reads of any object.
#[derive(Debug, Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The object with an id; null when there is none that the viewer may see.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "The object's id.")] id: ID) -> Option<Node> {
        errors::optional(ctx, find(ctx, "id", &id).await)
    }

    /// The objects with these ids, in their order; null for each that there is not, or that the viewer may not see.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Ids, at most 250.")] ids: Vec<ID>,
    ) -> async_graphql::Result<Vec<Option<Node>>> {
        let found = async {
            if ids.len() > MOST_IDS {
                return Err(Error::bad_input("ids", format!("give at most {MOST_IDS} ids")));
            }
            ctx.request().budget.charge(ids.len())?;
            futures::future::try_join_all(ids.iter().map(|id| find(ctx, "ids", id))).await
        };
        errors::required(ctx, found.await)
    }
}
