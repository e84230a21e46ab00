// Owns the course of the checkout page: load the cart, pay it, go to the bank if it asks for that, follow the order.
import { isSomething } from '../shared/costs.js';
import { CART, CHECKOUT_COMPLETE, SHOP } from '../shared/documents.js';
import { byId, element, notice, webAddress, whileBusy } from '../shared/dom.js';
import { createApi, idempotencyKey, isOpen } from '../shared/graphql.js';
import { createOrderPanel } from '../shared/order-panel.js';
import { sandboxPayment } from '../shared/sandbox.js';
import { attemptAt, cartOrder, orderToken, rememberAttempt, rememberCartOrder, rememberOrder } from '../shared/storage.js';
import { drawCart, toPay } from './cart-summary.js';
import { createCodes } from './codes.js';
import { createDelivery } from './delivery.js';
import { clearRefusals, prepareForm, readAddress, showRefusals } from './details.js';

const send = createApi();
const form = byId('pay-form');
const segment = location.pathname.split('/').filter(Boolean).slice(1).at(-1) ?? '';
const pageUrl = `${location.origin}${location.pathname}`;
let cart = null;
let delivery = null;
let codes = null;

function cartIdOf(pathSegment) {
  try {
    return pathSegment && `gid://cartwright/Cart/${decodeURIComponent(pathSegment)}`;
  } catch {
    return ''; // Not an address that we made.
  }
}
const cartId = cartIdOf(segment);
// What was sent to pay, with its key: it outlives a lost answer and a reload, so that asking again cannot pay twice.
let attempt = attemptAt(cartId);

function keepAttempt(input) {
  attempt = input;
  rememberAttempt(cartId, input);
}

function show(id) {
  for (const part of ['loading', 'nothing', 'paying', 'ordered']) byId(part).hidden = part !== id;
}

function showNothing(title, text) {
  byId('nothing-title').textContent = title;
  byId('nothing-text').textContent = text;
  show('nothing');
}

const ORDER_WORDS = {
  PENDING_PAYMENT: ['Almost there', 'Your order is placed and waits for its payment.'],
  PROCESSING: ['Thank you', 'Your order is paid. This page keeps following it.'],
  COMPLETED: ['Delivered', 'Your order is complete. Enjoy it.'],
  CANCELED: ['Canceled', 'This order was canceled. What was paid goes back.'],
  UNPAID: ['Canceled', 'This order was given up before it was paid. Your cart is still there.'],
};

const panel = createOrderPanel({
  root: byId('order-panel'),
  send,
  returnUrl: (orderId) => `${pageUrl}?order=${encodeURIComponent(orderId)}`,
  onOrder(order) {
    const unpaid = ['PENDING', 'VOIDED', 'EXPIRED'].includes(order.financialStatus);
    const [title, text] = ORDER_WORDS[order.status === 'CANCELED' && unpaid ? 'UNPAID' : order.status] ?? ['Your order', ''];
    byId('ordered-title').textContent = title;
    byId('ordered-text').textContent = text;
    document.title = `Order ${order.number}`;
    byId('pay-again').hidden = order.status !== 'CANCELED' || !unpaid;
  },
  onLost: (reason) => showNothing('This order cannot be shown', reason),
});

function followOrder(orderId) {
  show('ordered');
  panel.follow(orderId, orderToken(orderId));
}

// The shop is where its domain says: this page serves front ends that stand elsewhere.
async function nameShop() {
  const { shop } = await send(SHOP);
  byId('shop-name').textContent = shop.name;
  const address = webAddress(shop.primaryDomain.url);
  for (const link of document.querySelectorAll('.to-shop')) if (address) link.href = address;
}

async function loadCart() {
  const read = (await send(CART, { id: cartId })).cart;
  if (read) showCart(read);
  else cart = null;
}

/** Draws a cart that an answer brought, unless a newer one overtook it. */
function showCart(answered) {
  if (cart && answered.version < cart.version) return;
  cart = answered;
  drawCart(cart);
  delivery?.show(cart);
  codes?.show(cart);
}

/** The same after the shopper changed it: another cart is another attempt to pay. */
function changeCart(changed) {
  keepAttempt(null);
  showCart(changed);
  showProblems();
}

function showGone() {
  showNothing('This cart is not here', 'It was paid already, or it never existed. If you paid it in another window, its order is there.');
}

// What is wrong with the cart is said before the shopper types an address.
function showProblems() {
  if (!cart.problems.length) return clearRefusals(form);
  const lines = cart.problems.map(({ message }) => element('li', {}, message));
  const back = element('p', {}, element('a', { class: 'to-shop', href: document.querySelector('.brand').href }, 'Change the cart in the shop'));
  byId('messages').replaceChildren(notice('bad', element('p', {}, 'Something in your cart cannot be bought as it is:'), element('ul', {}, lines), back));
}

async function complete() {
  const input = {
    cartId: cart.id,
    email: form.elements.email.value.trim(),
    shippingAddress: readAddress(form),
    ...(isSomething(toPay(cart)) && { payment: sandboxPayment(form.elements.outcome.value, `${pageUrl}?return=bank`) }),
    expectedTotal: cart.cost.totalAmount,
    expectedDue: toPay(cart),
    idempotencyKey: attempt?.idempotencyKey,
  };
  // Another input is another attempt.
  if (!attempt || JSON.stringify(input) !== JSON.stringify(attempt)) keepAttempt({ ...input, idempotencyKey: idempotencyKey() });
  return sendAttempt();
}

async function sendAttempt() {
  try {
    const data = await send(CHECKOUT_COMPLETE, { input: attempt });
    keepAttempt(null);
    return data.checkoutComplete;
  } catch (error) {
    if (!isOpen(error)) keepAttempt(null);
    throw error;
  }
}

const TOTAL_CHANGED = { message: 'The total has changed. Look at the cost summary, then pay again.' };
// A gift card may be worth less than it was when the cart was read.
const DUE_CHANGED = { message: 'What is left to pay has changed. Look at the cost summary, then pay again.' };

async function afterRefusal(userErrors) {
  const changed = userErrors.filter(({ code }) => code === 'TOTAL_CHANGED');
  const totalChanged = changed.some(({ field }) => field?.at(-1) === 'expectedTotal');
  await loadCart();
  if (!cart) return showGone();
  showRefusals(form, totalChanged ? [TOTAL_CHANGED] : changed.length ? [DUE_CHANGED] : userErrors);
}

// An answer may come while the button is down: what it said when it was pressed is what the shopper agreed to.
let pressed = null;
byId('pay').addEventListener('pointerdown', () => {
  pressed = cart.cost;
});

async function pay() {
  clearRefusals(form);
  const seen = pressed ?? cart.cost;
  pressed = null;
  await codes.settle();
  await delivery.settle();
  if (cart.cost.totalAmount.amount !== seen.totalAmount.amount) return showRefusals(form, [TOTAL_CHANGED]);
  if (toPay(cart).amount !== seen.checkoutChargeAmount.amount) return showRefusals(form, [DUE_CHANGED]);
  const payload = await complete();
  return payload?.order ? ordered(payload) : afterRefusal(payload?.userErrors ?? []);
}

function ordered(payload) {
  rememberOrder(payload.order.id, payload.orderAccessToken);
  rememberCartOrder(cartId, payload.order.id);
  const step = webAddress(payload.payment?.nextAction?.url);
  if (step) return location.assign(step);
  followOrder(payload.order.id);
  window.scrollTo({ top: 0 });
  return panel.focus();
}

// An order that was canceled before it was paid leaves its cart behind.
byId('pay-again').addEventListener('click', () => {
  rememberCartOrder(cartId, '');
  location.assign(pageUrl);
});
form.addEventListener('input', () => keepAttempt(null));

/** What is changed while the cart is paid would take back the order that comes of it: nothing can be. */
function freeze(frozen) {
  for (const part of [...form.querySelectorAll('fieldset'), byId('code-form')]) part.inert = frozen;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  freeze(true);
  try {
    await whileBusy(byId('pay'), 'Paying…', pay);
  } catch (error) {
    byId('messages').replaceChildren(notice('bad', error.message));
    byId('messages').focus();
  }
  freeze(false);
  if (cart) drawCart(cart); // The total may have changed while the button said "Paying…".
});

/** The cart is gone, and the answer to its payment was lost: the same is asked again, and its order comes. */
async function resume() {
  const payload = await sendAttempt();
  return payload?.order ? ordered(payload) : showGone();
}

async function start() {
  const orderId = new URLSearchParams(location.search).get('order') ?? cartOrder(cartId);
  if (orderId && orderToken(orderId)) {
    followOrder(orderId);
    return;
  }
  if (!cartId) return showNothing('No cart here', 'A checkout address ends with a cart. Use the checkoutUrl of a cart.');
  await loadCart();
  if (!cart) return attempt ? resume() : showGone();
  if (!cart.totalQuantity) return showNothing('Your cart is empty', 'Put something into it, then come back.');
  prepareForm(form, cart);
  showProblems();
  delivery = createDelivery({ form, send, cart, onCart: changeCart });
  codes = createCodes({ send, cart, onCart: changeCart });
  return show('paying');
}

nameShop().catch(() => {}); // The name is an ornament: if it cannot be had, paying goes on without it.
start().catch((error) => {
  if (error.code === 'BAD_USER_INPUT') showNothing('This cart is not here', 'The address of this page does not name a cart.');
  else showNothing('The shop did not answer', error.message);
});
