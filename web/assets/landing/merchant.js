// Owns "Play the merchant": a staff sign-in whose token lives only in this page's memory, and the shipping of the order.
import { FULFILLMENT_CREATE, STAFF_SIGN_IN } from '../shared/documents.js';
import { byId, notice, whileBusy } from '../shared/dom.js';
import { refusals } from '../shared/order-panel.js';

let accessToken = null;
let order = null;

const trackingNumber = () => `EX${String(crypto.getRandomValues(new Uint32Array(1))[0]).padStart(10, '0')}`;

function say(message) {
  byId('merchant-messages').replaceChildren(...(message ? [message] : []));
}

function canShip() {
  return order?.status === 'PROCESSING' && ['UNFULFILLED', 'IN_PROGRESS', 'PARTIALLY_FULFILLED'].includes(order.fulfillmentStatus);
}

function orderState() {
  if (!order) return 'Buy something first: its order is what you ship.';
  if (canShip()) return `Order ${order.number} is paid and waits for you.`;
  if (order.status === 'PENDING_PAYMENT') return `Order ${order.number} is not paid yet.`;
  if (order.status === 'CANCELED') return `Order ${order.number} was canceled.`;
  return `Order ${order.number} has left the house.`;
}

function draw() {
  byId('merchant-sign-in').hidden = Boolean(accessToken);
  byId('merchant-ship').hidden = !accessToken;
  byId('ship').disabled = !canShip();
  byId('ship').textContent = order ? `Ship it: order ${order.number}` : 'Ship it';
  byId('merchant-who').textContent = `You are signed in as staff. ${orderState()}`;
}

/** Tells the panel which order the page follows, and how it stands. */
export function merchantSees(latest) {
  order = latest;
  draw();
}

async function signIn(send, form) {
  const input = { email: form.elements.email.value, password: form.elements.password.value };
  const { staffAccessTokenCreate: payload } = await send(STAFF_SIGN_IN, { input });
  accessToken = payload?.staffAccessToken?.accessToken ?? null;
  form.elements.password.value = '';
  if (accessToken) byId('tracking').value = trackingNumber();
  draw();
  say(refusals(payload?.userErrors));
  if (accessToken) byId('carrier').focus();
}

async function ship(send, form) {
  const input = {
    orderId: order.id,
    trackingInfo: { company: form.elements.company.value, number: form.elements.number.value },
    notifyCustomer: false,
  };
  const { fulfillmentCreate: payload } = await send(FULFILLMENT_CREATE, { input }, { Authorization: `Bearer ${accessToken}` });
  say(refusals(payload?.userErrors) ?? notice('good', 'Shipped. The subscription has told the shopper.'));
  byId('tracking').value = trackingNumber();
}

function onSubmit(form, busyLabel, work) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    say(null);
    try {
      await whileBusy(form.querySelector('button'), busyLabel, work);
    } catch (error) {
      // An access token lives ten minutes: afterwards the form to sign in comes back.
      if (error.code === 'UNAUTHENTICATED' || error.status === 401) accessToken = null;
      say(notice('bad', error.message));
    }
    draw();
  });
}

/** Makes the two forms work. */
export function startMerchant(send) {
  const signInForm = byId('merchant-sign-in');
  const shipForm = byId('merchant-ship');
  onSubmit(signInForm, 'Signing in…', () => signIn(send, signInForm));
  onSubmit(shipForm, 'Shipping…', () => ship(send, shipForm));
  draw();
}
