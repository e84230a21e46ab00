// Owns buying by the public API: a cart with one thing in it, then its checkout, as a front end would do it.
import { CART_CREATE, CHECKOUT_COMPLETE } from '../shared/documents.js';
import { idempotencyKey, isOpen } from '../shared/graphql.js';
import { sandboxPayment } from '../shared/sandbox.js';

const SHOPPER = {
  email: 'ada.demo@example.com',
  address: {
    firstName: 'Ada',
    lastName: 'Demo',
    address1: '12 Lantern Street',
    city: 'Portland',
    provinceCode: 'OR',
    zip: '97201',
    countryCode: 'US',
  },
};

/** A cart with one unit of the variant: the payload of `cartCreate`. */
export async function createCart(send, variantId, more = {}) {
  const input = {
    lines: [{ merchandiseId: variantId, quantity: 1 }],
    buyerIdentity: { email: SHOPPER.email, countryCode: SHOPPER.address.countryCode },
    ...more,
  };
  return (await send(CART_CREATE, { input })).cartCreate;
}

/** The same for the demo shopper's address, so that its total is with delivery and taxes: what `completeCheckout` expects. */
const createAddressedCart = (send, variantId) =>
  createCart(send, variantId, { delivery: { addresses: [{ address: { deliveryAddress: SHOPPER.address }, selected: true }] } });

// What was begun for a variant and is not answered: another press goes on with its cart and key, and cannot buy twice.
const begun = new Map();

/** A cart with one unit of the variant for the demo shopper's address, that no answer about its payment came for. */
export async function cartToBuy(send, variantId) {
  if (!begun.has(variantId)) {
    const created = await createAddressedCart(send, variantId);
    if (!created.cart?.totalQuantity) return created;
    begun.set(variantId, { created, keys: new Map() });
  }
  return begun.get(variantId).created;
}

/** Pays that cart as the demo shopper: the payload of `checkoutComplete`. */
export async function buyCart(send, variantId, outcome) {
  const { created, keys } = begun.get(variantId);
  // Another outcome is another input, which needs another key: the cart gives its one order all the same.
  if (!keys.has(outcome)) keys.set(outcome, idempotencyKey());
  try {
    const payload = await completeCheckout(send, created.cart, outcome, keys.get(outcome));
    begun.delete(variantId);
    return payload;
  } catch (error) {
    if (!isOpen(error)) begun.delete(variantId);
    throw error;
  }
}

async function completeCheckout(send, cart, outcome, key) {
  const input = {
    cartId: cart.id,
    email: SHOPPER.email,
    shippingAddress: SHOPPER.address,
    payment: sandboxPayment(outcome, `${location.origin}/?return=bank`),
    expectedTotal: cart.cost.totalAmount,
    expectedDue: cart.cost.checkoutChargeAmount,
    idempotencyKey: key,
  };
  return (await send(CHECKOUT_COMPLETE, { input })).checkoutComplete;
}
