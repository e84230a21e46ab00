// Owns the picture of one order: what `orderUpdated` says, drawn as status axes, goods, shipments, timeline and event log.
// `technical` adds the schema's own words, for a page that shows how the API works.
import { drawCosts, isSomething } from './costs.js';
import { element, webAddress } from './dom.js';
import { clock, money, words } from './format.js';

// The ordinary way along each axis, and where a status off that way stands.
const AXES = [
  {
    field: 'status',
    name: 'Order',
    way: ['PENDING_PAYMENT', 'PROCESSING', 'COMPLETED'],
    detours: { CANCELED: ['PENDING_PAYMENT', 'CANCELED'] },
    bad: ['CANCELED'],
  },
  {
    field: 'financialStatus',
    name: 'Payment',
    way: ['PENDING', 'PAID'],
    detours: {
      AUTHORIZED: ['PENDING', 'AUTHORIZED', 'PAID'],
      PARTIALLY_PAID: ['PENDING', 'PARTIALLY_PAID', 'PAID'],
      PARTIALLY_REFUNDED: ['PENDING', 'PAID', 'PARTIALLY_REFUNDED'],
      REFUNDED: ['PENDING', 'PAID', 'REFUNDED'],
      VOIDED: ['PENDING', 'VOIDED'],
      EXPIRED: ['PENDING', 'EXPIRED'],
    },
    bad: ['VOIDED', 'EXPIRED'],
  },
  {
    field: 'fulfillmentStatus',
    name: 'Fulfillment',
    way: ['UNFULFILLED', 'FULFILLED', 'DELIVERED'],
    detours: {
      IN_PROGRESS: ['UNFULFILLED', 'IN_PROGRESS', 'FULFILLED', 'DELIVERED'],
      PARTIALLY_FULFILLED: ['UNFULFILLED', 'PARTIALLY_FULFILLED', 'FULFILLED', 'DELIVERED'],
      ON_HOLD: ['UNFULFILLED', 'ON_HOLD', 'FULFILLED', 'DELIVERED'],
    },
    bad: [],
  },
];

function axis({ field, name, way, detours, bad }, order, before, technical) {
  const value = order[field];
  const steps = detours[value] ?? (way.includes(value) ? way : [...way, value]);
  const now = steps.indexOf(value);
  const classes = ['axis'];
  if (bad.includes(value)) classes.push('bad');
  if (before && before[field] !== value) classes.push('changed');
  return element(
    'div',
    { class: classes.join(' ') },
    element('div', { class: 'axis-name' }, name, technical && element('code', { 'data-field': field }, value)),
    element(
      'ol',
      { class: 'axis-steps', role: 'list', 'aria-label': `${name}: ${words(value)}` },
      steps.map((step, index) =>
        element(
          'li',
          { class: `axis-step ${index < now ? 'done' : index === now ? 'now' : ''}`, 'aria-current': index === now && 'step' },
          words(step),
        ),
      ),
    ),
  );
}

function section(title, ...children) {
  return element('section', {}, element('h3', { class: 'section-title' }, title), ...children);
}

function goods(order, technical) {
  const items = order.lineItems?.nodes ?? [];
  if (!items.length) return null;
  const right = (item) => (technical ? element('code', { class: 'soft' }, item.status) : element('span', { class: 'amount' }, money(item.totalPrice)));
  return section(
    'Goods',
    element(
      'ul',
      { class: 'goods', role: 'list' },
      items.map((item) => element('li', {}, element('span', {}, `${item.quantity} × ${item.title}`), right(item))),
    ),
  );
}

const REFUNDS = { PENDING: 'Refund on its way', SUCCEEDED: 'Refunded', FAILED: 'Refund that did not work yet' };

function costs(order) {
  const list = element('dl', { class: 'costs' });
  const { giftCards, due, ...totals } = order.totals;
  // A refund that staff closed gives nothing back.
  const given = (order.refunds ?? []).filter(({ status }) => status !== 'CANCELED');
  const refunds = given.map(({ status, amount }) => [REFUNDS[status] ?? 'Refund', amount]);
  const open = ['PENDING', 'AUTHORIZED', 'VOIDED', 'EXPIRED'].includes(order.financialStatus);
  const rest = isSomething(giftCards) && isSomething(due) && [open ? 'To pay' : 'Paid another way', due];
  drawCosts(list, { ...totals, takenOff: [['Gift cards', giftCards], ...refunds], rest });
  return section('Cost summary', list);
}

function shipments(order) {
  const shipped = order.fulfillments ?? [];
  if (!shipped.length) return null;
  const tracking = (fulfillment) => [fulfillment.trackingInfo].flat().filter(Boolean);
  const line = (info) => {
    const text = [info.company, info.number].filter(Boolean).join(' ');
    const address = webAddress(info.url);
    return element('li', {}, address ? element('a', { href: address, rel: 'noopener noreferrer' }, text) : text);
  };
  return section('Shipment', element('ul', { class: 'goods', role: 'list' }, shipped.flatMap(tracking).map(line)));
}

function timeline(order, technical) {
  const entries = order.timeline ?? [];
  if (!entries.length) return null;
  const inTime = [...entries].sort((one, other) => String(one.createdAt).localeCompare(String(other.createdAt)));
  return section(
    technical ? 'Timeline, as the shopper reads it' : 'What happened',
    element(
      'ol',
      { class: 'timeline', role: 'list' },
      inTime.map((entry) =>
        element('li', {}, entry.message || words(entry.type), ' ', element('time', { datetime: entry.createdAt }, clock(entry.createdAt))),
      ),
    ),
  );
}

/** Draws `order` into `container`; `before` is the order as it was drawn last, so that what changed can be shown. */
export function drawOrder(container, order, before, technical) {
  container.replaceChildren(
    ...[
      element('div', { class: 'axes' }, AXES.map((entry) => axis(entry, order, before, technical))),
      shipments(order),
      goods(order, technical),
      technical ? null : costs(order),
      timeline(order, technical),
    ].filter(Boolean),
  );
}

/** One sentence for a screen reader when the order moves. */
export function orderSentence(order) {
  return `Order ${order.number}: ${words(order.status)}. Payment: ${words(order.financialStatus)}. Fulfillment: ${words(order.fulfillmentStatus)}.`;
}

/** The order's total, as text. */
export const orderTotal = (order) => money(order.totals?.total);

const LONGEST_LOG = 100;

/** Adds one message of the subscription to the top of the event log. */
export function logEvent(list, { cursor, event }) {
  const type = event?.type ?? 'SNAPSHOT';
  list.prepend(
    element(
      'li',
      { class: 'fresh' },
      element('time', {}, clock(event?.createdAt)),
      element('code', {}, type === 'SNAPSHOT' ? 'the present state' : type),
      element('code', { class: 'cursor', title: `cursor ${cursor}` }, cursor ?? ''),
    ),
  );
  while (list.children.length > LONGEST_LOG) list.lastElementChild.remove();
}

const CONNECTION_WORDS = {
  connecting: 'connecting…',
  live: 'live',
  lost: 'connection lost, coming back…',
};

/** Shows the state of the subscription's socket. */
export function drawConnection(node, state, reason, technical) {
  node.dataset.state = state;
  node.textContent = CONNECTION_WORDS[state] ?? `ended: ${reason}`;
  if (technical && state === 'live') node.append(' over WebSocket');
}
