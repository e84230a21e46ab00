// Owns what this tab remembers: the tokens of the orders it placed, so that a return from the bank finds them again.
// It is the session's storage, not the browser's: an order token opens the order, and a closed tab should forget it.

function read(key) {
  try {
    return sessionStorage.getItem(`cartwright.${key}`);
  } catch {
    return null; // Storage is switched off: the page works, only a reload forgets.
  }
}

function write(key, value) {
  try {
    sessionStorage.setItem(`cartwright.${key}`, value);
  } catch {
    // As above.
  }
}

/** Remembers a guest's order: its access token and what to do about a payment that wants one more step. */
export function rememberOrder(orderId, token) {
  if (token) write(`order.${orderId}`, token);
  write('lastOrder', orderId);
}

/** The access token of an order that this tab placed, or null. */
export const orderToken = (orderId) => read(`order.${orderId}`);

/** The order that this tab placed last, or null. */
export const lastOrder = () => read('lastOrder');

/** Remembers which order a cart became: the cart itself is gone once it is paid. */
export const rememberCartOrder = (cartId, orderId) => write(`cart.${cartId}`, orderId);

/** Remembers what was sent to pay a cart until it is answered; null forgets it. */
export const rememberAttempt = (cartId, input) => write(`attempt.${cartId}`, JSON.stringify(input));

/** What was sent to pay a cart and is not answered yet, or null. */
export const attemptAt = (cartId) => JSON.parse(read(`attempt.${cartId}`) ?? 'null');

/** The order that a cart became in this tab, or null. */
export const cartOrder = (cartId) => read(`cart.${cartId}`);
