// Owns what the suites know about the demo shop: products and variants to shop with, and an order whose payment comes late.
import assert from 'node:assert/strict';

/** Variants in stock, of different products. */
export async function variantsInStock(shop, count) {
  const { products } = await shop.ask(`{ products(first: 30) { nodes { id handle title selectedOrFirstAvailableVariant {
    id availableForSale price { amount } } } } }`);
  const found = products.nodes.filter((product) => product.selectedOrFirstAvailableVariant?.availableForSale);
  assert.ok(found.length >= count, `the demo shop has ${count} products in stock`);
  return found.slice(0, count).map((product) => ({ ...product.selectedOrFirstAvailableVariant, product }));
}

/** A guest's order that waits for its payment, which the sandbox reports a few seconds later. */
export async function orderPaidLate(shop) {
  const [variant] = await variantsInStock(shop, 1);
  const { cartCreate } = await shop.ask('mutation ($input: CartInput) { cartCreate(input: $input) { cart { id } } }', {
    input: { lines: [{ merchandiseId: variant.id, quantity: 1 }] },
  });
  const { checkoutComplete } = await shop.ask(
    `mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
      order { id status financialStatus } orderAccessToken userErrors { field message code } } }`,
    {
      input: {
        cartId: cartCreate.cart.id,
        email: 'ada@example.com',
        shippingAddress: {
          firstName: 'Ada',
          lastName: 'Demo',
          address1: '12 Lantern Street',
          city: 'Portland',
          provinceCode: 'OR',
          zip: '97201',
          countryCode: 'US',
        },
        payment: { gateway: 'sandbox', token: 'sandbox_late' },
      },
    },
  );
  assert.deepEqual(checkoutComplete.userErrors, []);
  return { ...checkoutComplete.order, token: checkoutComplete.orderAccessToken };
}

/** The cart's id as clients rebuild it: another authority before the same last segment. */
export function rebuiltCartId(id) {
  return `gid://shopify/Cart/${id.split('/').pop()}`;
}
