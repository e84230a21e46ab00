//! The GraphQL that the run speaks.

/// What is read of a cart.
const CART: &str = "cart { id version totalQuantity \
    cost { totalAmount { amount currencyCode } checkoutChargeAmount { amount currencyCode } } \
    discountCodes { code applicable } appliedGiftCards { id } \
    deliveryGroups(first: 2) { nodes { id deliveryOptions { handle } } } \
    lines(first: 50) { nodes { id quantity merchandise { ... on ProductVariant { id } } } } }";

/// What is read of an order.
const ORDER: &str = "id number version status financialStatus fulfillmentStatus \
    totals { total { amount currencyCode } due { amount } } balanceDue { amount currencyCode } payments { id status }";

/// What staff read of its lines.
const ORDER_LINES: &str =
    "lineItems(first: 50) { nodes { id quantity fulfilledQuantity canceledQuantity requiresShipping } }";

/// A change of a cart: its arguments with their types, and as they are passed.
fn cart_change(name: &str, declared: &str, passed: &str) -> String {
    format!(
        "mutation({declared}) {{ {name}({passed}) {{ {CART} userErrors {{ code message }} warnings {{ code }} }} }}"
    )
}

pub fn cart_create() -> String {
    cart_change("cartCreate", "$input: CartInput", "input: $input")
}

pub fn cart_lines_add() -> String {
    cart_change("cartLinesAdd", "$cartId: ID!, $lines: [CartLineInput!]!", "cartId: $cartId, lines: $lines")
}

pub fn cart_lines_update() -> String {
    cart_change("cartLinesUpdate", "$cartId: ID!, $lines: [CartLineUpdateInput!]!", "cartId: $cartId, lines: $lines")
}

pub fn cart_lines_remove() -> String {
    cart_change("cartLinesRemove", "$cartId: ID!, $lineIds: [ID!]!", "cartId: $cartId, lineIds: $lineIds")
}

pub fn cart_read() -> String {
    format!("query($id: ID!) {{ {} }}", CART.replacen("cart {", "cart(id: $id) {", 1))
}

pub fn cart_discount_codes_update() -> String {
    cart_change(
        "cartDiscountCodesUpdate",
        "$cartId: ID!, $discountCodes: [String!]!",
        "cartId: $cartId, discountCodes: $discountCodes",
    )
}

/// `cartGiftCardCodesAdd` and `cartGiftCardCodesUpdate`.
pub fn cart_gift_card_codes(name: &str) -> String {
    cart_change(name, "$cartId: ID!, $giftCardCodes: [String!]!", "cartId: $cartId, giftCardCodes: $giftCardCodes")
}

pub fn cart_delivery_addresses_replace() -> String {
    cart_change(
        "cartDeliveryAddressesReplace",
        "$cartId: ID!, $addresses: [CartSelectableAddressInput!]!",
        "cartId: $cartId, addresses: $addresses",
    )
}

pub fn cart_delivery_options_update() -> String {
    cart_change(
        "cartSelectedDeliveryOptionsUpdate",
        "$cartId: ID!, $options: [CartSelectedDeliveryOptionInput!]!",
        "cartId: $cartId, selectedDeliveryOptions: $options",
    )
}

/// A mutation with one input, whose type has its name.
pub fn by_input(name: &str, selection: &str) -> String {
    let first = name.chars().take(1).flat_map(char::to_uppercase);
    let input: String = first.chain(name.chars().skip(1)).collect();
    format!(
        "mutation($input: {input}Input!) {{ {name}(input: $input) {{ {selection} userErrors {{ code message }} }} }}"
    )
}

/// What both ways to pay answer.
const PAID: &str = "orderAccessToken payment { id status amount { amount } clientSecret nextAction { url } }";

pub fn checkout_complete() -> String {
    by_input("checkoutComplete", &format!("order {{ {ORDER} }} {PAID} {CART}"))
}

pub fn payment_retry() -> String {
    by_input("paymentRetry", &format!("order {{ {ORDER} }} {PAID}"))
}

pub fn refund_create() -> String {
    by_input("refundCreate", &format!("refund {{ id status amount {{ amount }} }} order {{ {ORDER} }}"))
}

/// A change of an order.
pub fn order_change(name: &str) -> String {
    by_input(name, &format!("order {{ {ORDER} }}"))
}

pub fn order_read() -> String {
    format!("query($id: ID!) {{ order(id: $id) {{ {ORDER} }} }}")
}

pub fn orders_read() -> String {
    format!("query($first: Int) {{ orders(first: $first) {{ nodes {{ {ORDER} {ORDER_LINES} }} }} }}")
}

pub const PRODUCTS: &str = "query($query: String, $first: Int) { products(first: $first, query: $query) { nodes { id \
    title handle version variants(first: 20) { nodes { id title availableForSale price { amount currencyCode } } } } } }";

pub const PRODUCT: &str = "query($id: ID) { product(id: $id) { id title description availableForSale \
    priceRange { minVariantPrice { amount } } images(first: 3) { nodes { url } } \
    variants(first: 20) { nodes { id title availableForSale price { amount } } } } }";

pub const SEARCH: &str =
    "query($query: String!) { search(query: $query, first: 10) { nodes { ... on Product { id title } } } }";

pub const PRICES: &str = "mutation($input: ProductVariantsBulkUpdateInput!) { productVariantsBulkUpdate(input: $input) \
    { userErrors { code message } } }";

pub const STOCK: &str = "mutation($input: InventoryAdjustQuantitiesInput!) { inventoryAdjustQuantities(input: $input) \
    { inventoryLevels { onHand } userErrors { code message } } }";

pub const PRICE_LIST: &str = "mutation($input: PriceListUpdateInput!) { priceListUpdate(input: $input) { priceList { id } \
    userErrors { code message } } }";

pub const SHIP: &str = "mutation($input: FulfillmentCreateInput!) { fulfillmentCreate(input: $input) { fulfillment { id } \
    order { id status fulfillmentStatus totals { total { amount } } } userErrors { code } } }";

pub const REGISTER: &str = "mutation($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } \
    userErrors { code message } } }";

pub const SIGN_IN: &str = "mutation($input: CustomerAccessTokenCreateInput!) { customerAccessTokenCreate(input: $input) \
    { customerAccessToken { accessToken } userErrors { code message } } }";

pub const STAFF_SIGN_IN: &str = "mutation($input: StaffAccessTokenCreateInput!) { staffAccessTokenCreate(input: $input) \
    { staffAccessToken { accessToken } userErrors { code message } } }";

pub const FEED: &str =
    "subscription($after: String) { ordersFeed(after: $after) { cursor event { type } order { id } } }";

pub const ORDER_UPDATED: &str = "subscription($id: ID!, $after: String) { orderUpdated(id: $id, after: $after) \
    { cursor event { type } order { id status } } }";
