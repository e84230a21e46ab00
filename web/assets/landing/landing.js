// Owns the page at `/`: puts products, order panel, merchant and log together.
import { byId, element, fillSelect, notice, webAddress, whileBusy } from '../shared/dom.js';
import { createApi } from '../shared/graphql.js';
import { createOrderPanel, refusals } from '../shared/order-panel.js';
import { OUTCOMES } from '../shared/sandbox.js';
import { lastOrder, orderToken, rememberOrder } from '../shared/storage.js';
import { buyCart, cartToBuy, createCart } from './buy.js';
import { merchantSees, startMerchant } from './merchant.js';
import { showProducts } from './products.js';
import { logFrame, logRequest } from './sent-log.js';

const send = createApi({ onSent: logRequest });
const panel = createOrderPanel({
  technical: true,
  root: byId('order-panel'),
  send,
  returnUrl: () => `${location.origin}/?return=bank`,
  onOrder: merchantSees,
  // For example an order of a shop that was thrown away since: this tab remembers it, the server does not.
  onLost() {
    byId('order-panel').hidden = true;
    byId('order-empty').hidden = false;
  },
  onFrame: logFrame,
});

function say(...messages) {
  byId('order-messages').replaceChildren(...messages.filter(Boolean));
}

function showWarnings(warnings) {
  return warnings?.length ? notice('warn', ...warnings.map((warning) => `${warning.message} (${warning.code}) `)) : null;
}

function bringOrderIntoView() {
  const section = byId('order-section');
  const { top, bottom } = section.getBoundingClientRect();
  if (top < 0 || top > window.innerHeight * 0.6 || bottom < 0) section.scrollIntoView({ behavior: 'smooth' });
}

function follow(orderId, token) {
  byId('order-empty').hidden = true;
  panel.follow(orderId, token);
}

async function buy(variantId, button) {
  say();
  try {
    await whileBusy(button, 'Buying…', async () => {
      const created = await cartToBuy(send, variantId);
      if (!created.cart || !created.cart.totalQuantity) return say(refusals(created.userErrors), showWarnings(created.warnings));
      const paid = await buyCart(send, variantId, byId('outcome').value);
      say(paid.order ? null : refusals(paid.userErrors), showWarnings(paid.warnings));
      if (!paid.order) return undefined;
      rememberOrder(paid.order.id, paid.orderAccessToken);
      return follow(paid.order.id, paid.orderAccessToken);
    });
  } catch (error) {
    say(notice('bad', error.message));
  }
  bringOrderIntoView();
}

async function openCheckoutPage(variantId, button) {
  say();
  try {
    await whileBusy(button, 'Opening…', async () => {
      const created = await createCart(send, variantId);
      const address = webAddress(created.cart?.checkoutUrl);
      if (address && created.cart.totalQuantity) location.assign(address);
      else say(refusals(created.userErrors), showWarnings(created.warnings));
    });
  } catch (error) {
    say(notice('bad', error.message));
    bringOrderIntoView();
  }
}

function showOutcome() {
  const chosen = OUTCOMES.find(([token]) => token === byId('outcome').value);
  byId('outcome-hint').replaceChildren(element('code', {}, chosen[0]), `: ${chosen[2]}`);
}

// A reload, or the way back from the bank, finds the last order of this tab again.
function resume() {
  const asked = new URLSearchParams(location.search).get('order');
  const orderId = asked ?? lastOrder();
  if (location.search) history.replaceState(null, '', location.pathname);
  if (orderId && orderToken(orderId)) follow(orderId, orderToken(orderId));
}

fillSelect(byId('outcome'), OUTCOMES.map(([token, title]) => [token, title]), 'sandbox_late');
byId('outcome').addEventListener('change', showOutcome);
showOutcome();
startMerchant(send);
resume();
showProducts(send, { onBuy: buy, onCheckoutPage: openCheckoutPage });
