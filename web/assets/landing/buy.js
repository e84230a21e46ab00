// Owns buying by the public API: a cart with one thing in it, then its checkout, as a front end would do it.
import { CART_CREATE, CHECKOUT_COMPLETE } from '../shared/documents.js';
import { idempotencyKey } from '../shared/graphql.js';
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
export const createAddressedCart = (send, variantId) =>
  createCart(send, variantId, { delivery: { addresses: [{ address: { deliveryAddress: SHOPPER.address }, selected: true }] } });

/** Pays a cart as the demo shopper: the payload of `checkoutComplete`. */
export async function completeCheckout(send, cart, outcome) {
  const input = {
    cartId: cart.id,
    email: SHOPPER.email,
    shippingAddress: SHOPPER.address,
    payment: sandboxPayment(outcome, `${location.origin}/?return=bank`),
    expectedTotal: cart.cost.totalAmount,
    expectedDue: cart.cost.checkoutChargeAmount,
    idempotencyKey: idempotencyKey(),
  };
  return (await send(CHECKOUT_COMPLETE, { input })).checkoutComplete;
}
