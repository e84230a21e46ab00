// Owns the panel that follows one order live, and what its shopper may do with it: pay again, take the bank's next step,
// cancel, and say that it arrived.
import { ORDER_CANCEL, ORDER_MARK_AS_DELIVERED, ORDER_UPDATED, PAYMENT_RETRY } from './documents.js';
import { element, fillSelect, notice, whileBusy } from './dom.js';
import { money } from './format.js';
import { guestHeader, idempotencyKey } from './graphql.js';
import { watch } from './live.js';
import { drawConnection, drawOrder, logEvent, orderSentence, orderTotal } from './order-view.js';
import { OUTCOMES, hasFailed, latestPayment, nextStep, owesRest, sandboxPayment } from './sandbox.js';

/** The refusals of a payload as a notice, or null when there are none. */
export function refusals(userErrors) {
  if (!userErrors?.length) return null;
  return notice('bad', ...userErrors.map(({ message, code }) => element('p', {}, message, code ? ` (${code})` : '')));
}

/**
 * Builds the panel inside `root`. `send` is the GraphQL client, `returnUrl(orderId)` where the bank's page leads back to,
 * `onOrder` hears each state of the order, `onLost` that it cannot be followed at all, `onFrame` each frame of the socket.
 * `technical` shows the schema's own words and the events with their cursors as well.
 */
export function createOrderPanel({ root, send, returnUrl, technical = false, onOrder = () => {}, onLost = () => {}, onFrame = () => {} }) {
  const heading = element('h2', { tabindex: '-1' });
  const total = element('span', { class: 'order-total' });
  const connection = element('p', { class: 'connection' });
  const messages = element('div', {});
  const actions = element('div', {});
  const view = element('div', { class: 'order-view' });
  const events = element('ol', { class: 'event-log', role: 'list', tabindex: '0', 'aria-label': 'Events, newest first' });
  const leaving = element('div', {});
  const spoken = element('p', { class: 'visually-hidden', role: 'status' });
  root.replaceChildren(
    element('div', { class: 'order-head' }, heading, total),
    connection,
    messages,
    actions,
    view,
    ...(technical ? [element('section', {}, element('h3', { class: 'section-title' }, 'Live events: time, type, cursor'), events)] : []),
    leaving,
    spoken,
  );

  let stopWatching = () => {};
  let current = null;

  function say(...children) {
    messages.replaceChildren(...children.filter(Boolean));
  }

  async function act(button, busyLabel, document, input, field) {
    say();
    try {
      const data = await whileBusy(button, busyLabel, () => send(document, { input }, guestHeader(current.token)));
      // An attempt to pay that was declined is an outcome of the order: the panel shows it, with the way on.
      say(data[field]?.payment ? null : refusals(data[field]?.userErrors));
      return data[field];
    } catch (error) {
      say(notice('bad', error.message));
      return null;
    }
  }

  /** Another attempt to pay, below what `tone` and `reasons` say of it. */
  function payControl(order, tone, label, ...reasons) {
    const select = element('select', { id: 'retry-outcome' });
    fillSelect(select, OUTCOMES.map(([token, title]) => [token, title]), 'sandbox_ok');
    const button = element('button', { class: 'button', type: 'button' }, label);
    button.addEventListener('click', async () => {
      const before = current.order;
      const payload = await act(
        button,
        'Paying…',
        PAYMENT_RETRY,
        { orderId: order.id, payment: sandboxPayment(select.value, returnUrl(order.id)), idempotencyKey: idempotencyKey() },
        'paymentRetry',
      );
      if (payload?.orderAccessToken) current.token = payload.orderAccessToken;
      // A new attempt that waits is no event of the order, so its answer is shown here, unless an event was faster.
      if (payload?.payment && current.order === before) draw({ ...before, payments: [...before.payments, payload.payment] });
    });
    return notice(
      tone,
      ...reasons.map((reason) => element('p', {}, reason)),
      element(
        'div',
        { class: 'buttons' },
        element('div', { class: 'field' }, element('label', { for: 'retry-outcome' }, 'How it pays this time'), select),
        button,
      ),
    );
  }

  function retryControl(order) {
    const refused = ['The payment did not go through.', latestPayment(order.payments)?.failureMessage].filter(Boolean).join(' ');
    const next = owesRest(order) ? restOf(order) : 'The goods stay reserved for a while: try again with another outcome.';
    return payControl(order, 'bad', 'Try again', refused, next);
  }

  const restOf = (order) => `${money(order.balanceDue)} is still to be paid, because the order was changed.`;

  function receivedButton(order) {
    const button = element('button', { class: 'button', type: 'button' }, 'I have it');
    button.addEventListener('click', () => act(button, 'Telling the shop…', ORDER_MARK_AS_DELIVERED, { orderId: order.id }, 'orderMarkAsDelivered'));
    return notice('good', element('p', {}, 'It is on its way. Has it arrived?'), element('div', { class: 'buttons' }, button));
  }

  function cancelButton(order) {
    const button = element('button', { class: 'button danger', type: 'button' }, 'Cancel order');
    button.addEventListener('click', () => act(button, 'Canceling…', ORDER_CANCEL, { orderId: order.id }, 'orderCancel'));
    return button;
  }

  function canCancel(order) {
    return ['PENDING_PAYMENT', 'PROCESSING'].includes(order.status) && ['UNFULFILLED', 'ON_HOLD'].includes(order.fulfillmentStatus);
  }

  // A button that goes away must not take the keyboard's place on the page with it.
  function replace(container, parts) {
    const hadFocus = container.contains(document.activeElement);
    container.replaceChildren(...parts);
    if (hadFocus) heading.focus({ preventScroll: true });
  }

  function drawActions(order) {
    const step = nextStep(order);
    const parts = [];
    if (step) {
      parts.push(
        notice(
          'warn',
          element('p', {}, 'Your bank asks for one more step before it pays.'),
          element('div', { class: 'buttons' }, element('a', { class: 'button', href: step }, 'Go to the bank’s page')),
        ),
      );
    } else if (hasFailed(order)) {
      parts.push(retryControl(order));
    } else if (owesRest(order) && latestPayment(order.payments)?.status !== 'PENDING') {
      parts.push(payControl(order, 'warn', `Pay ${money(order.balanceDue)}`, restOf(order)));
    } else if (order.status === 'PENDING_PAYMENT' || owesRest(order)) {
      parts.push(notice('warn', 'Waiting for the bank. This page changes by itself when its answer comes.'));
    }
    if (order.fulfillmentStatus === 'FULFILLED') parts.push(receivedButton(order));
    replace(actions, parts);
    replace(leaving, canCancel(order) ? [cancelButton(order)] : []);
  }

  function draw(order) {
    heading.textContent = `Order ${order.number}`;
    total.textContent = orderTotal(order);
    drawActions(order);
    drawOrder(view, order, current.order, technical);
    spoken.textContent = orderSentence(order);
    current.order = order;
    onOrder(order, current.token);
  }

  /** Follows another order from now on. */
  function follow(orderId, token) {
    stopWatching();
    current = { token, order: null };
    heading.textContent = 'Order';
    total.textContent = '';
    say();
    actions.replaceChildren();
    leaving.replaceChildren();
    view.replaceChildren();
    events.replaceChildren();
    root.hidden = false;
    stopWatching = watch({
      document: ORDER_UPDATED,
      variables: { id: orderId },
      init: token ? { orderAccessToken: token } : undefined,
      onFrame,
      onState(state, reason) {
        drawConnection(connection, state, reason, technical);
        if (state === 'ended' && !current.order) onLost(reason);
      },
      onMessage: (message) => {
        logEvent(events, message);
        if (message.order) draw(message.order);
      },
    });
  }

  return { follow, focus: () => heading.focus() };
}
