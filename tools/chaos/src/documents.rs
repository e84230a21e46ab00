//! The GraphQL that the run speaks.

/// What is read of a cart.
const CART: &str = "cart { id version totalQuantity cost { totalAmount { amount currencyCode } } \
    lines(first: 50) { nodes { id quantity merchandise { ... on ProductVariant { id } } } } }";

/// What is read of an order.
const ORDER: &str = "id number version status financialStatus fulfillmentStatus \
    totals { total { amount currencyCode } } payments { id status }";

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

/// `checkoutComplete` and `paymentRetry`.
pub fn payment(name: &str, input: &str) -> String {
    format!(
        "mutation($input: {input}!) {{ {name}(input: $input) {{ order {{ {ORDER} }} orderAccessToken \
         payment {{ id status clientSecret nextAction {{ url }} }} userErrors {{ code message }} }} }}"
    )
}

/// A change of an order.
pub fn order_change(name: &str, input: &str) -> String {
    format!("mutation($input: {input}!) {{ {name}(input: $input) {{ order {{ {ORDER} }} userErrors {{ code }} }} }}")
}

pub fn order_read() -> String {
    format!("query($id: ID!) {{ order(id: $id) {{ {ORDER} }} }}")
}

pub fn orders_read() -> String {
    format!("query($first: Int) {{ orders(first: $first) {{ nodes {{ {ORDER} }} }} }}")
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
