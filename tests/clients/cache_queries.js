// Owns the documents that the suites of normalised caches send, and what makes two entities clash.

const CARD = `fragment Card on Product { __typename id title handle featuredImage { __typename id url altText }
  priceRange { minVariantPrice { amount currencyCode } maxVariantPrice { amount currencyCode } } }`;

export const BROWSE = `query Browse($first: Int!) { products(first: $first) { nodes { ...Card
    options { __typename id name optionValues { __typename id name } } variants(first: 5) { nodes { __typename id title
      image { __typename id url } price { amount currencyCode } product { __typename id } } } } }
  collections(first: 10) { nodes { __typename id title handle image { __typename id url } products(first: 3) { nodes { ...Card } } } } } ${CARD}`;

export const PRODUCT = `query One($handle: String!) { product(handle: $handle) { ...Card vendor
  selectedOrFirstAvailableVariant { __typename id title price { amount currencyCode } } } } ${CARD}`;

export const PRODUCTS = `query List($first: Int, $after: String, $last: Int, $before: String) {
  products(first: $first, after: $after, last: $last, before: $before, sortKey: TITLE) {
    edges { cursor node { ...Card } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } } ${CARD}`;

const CART_PARTS = `fragment CartParts on Cart { __typename id totalQuantity cost { totalAmount { amount currencyCode } }
  lines(first: 50) { nodes { __typename id quantity merchandise { __typename ... on ProductVariant { id title } } } } }`;

export const CART = `query Cart($id: ID!) { cart(id: $id) { ...CartParts } } ${CART_PARTS}`;

export const CART_CREATE = `mutation CartCreate($input: CartInput!) { cartCreate(input: $input) {
  cart { ...CartParts } userErrors { message code } } } ${CART_PARTS}`;

export const CART_LINES_ADD = `mutation CartLinesAdd($cartId: ID!, $lines: [CartLineInput!]!) {
  cartLinesAdd(cartId: $cartId, lines: $lines) { cart { ...CartParts } userErrors { message code } } } ${CART_PARTS}`;

export const CART_LINES_REMOVE = `mutation CartLinesRemove($cartId: ID!, $lineIds: [ID!]!) {
  cartLinesRemove(cartId: $cartId, lineIds: $lineIds) { cart { ...CartParts } userErrors { message code } } } ${CART_PARTS}`;

/** Ids that name things of more than one type. */
export function clashes(entities) {
  const types = new Map();
  for (const { id, __typename } of entities) types.set(id, (types.get(id) ?? new Set()).add(__typename));
  return [...types].filter(([, names]) => names.size > 1).map(([id, names]) => `${id}: ${[...names].join(', ')}`);
}
