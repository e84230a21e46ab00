// Owns the rows of a cost summary: one for each amount that is asked for or given, in the order of a bill.
import { element } from './dom.js';
import { money } from './format.js';

// `[name in the costs, what people read, whether it is taken off]`. A part that is zero or unknown has no row; the subtotal and
// the total always have theirs.
const PARTS = [
  ['subtotal', 'Subtotal'],
  ['discount', 'Discount', true],
  ['shipping', 'Shipping'],
  ['tax', 'Tax'],
];

/** Whether there is an amount, and it is not zero. */
export const isSomething = (amount) => Boolean(amount) && Number(amount.amount) !== 0;

function row(label, amount, { off = false, kind = off ? 'off' : null } = {}) {
  return element(
    'div',
    { class: kind },
    element('dt', {}, label),
    element('dd', {}, `${off ? '−' : ''}${money(amount)}`),
  );
}

const PLACES = 10_000;
const counted = ({ amount }) => Math.round(Number(amount) * PLACES);

/** The sum of amounts in one currency, for showing: what is paid is the server's total. */
export function sum(amounts) {
  if (!amounts.length) return null;
  const parts = amounts.reduce((before, amount) => before + counted(amount), 0);
  return { amount: String(parts / PLACES), currencyCode: amounts[0].currencyCode };
}

/**
 * Draws a bill into the `dl`: `{ subtotal, discount, shipping, tax, taxIncluded, total }`, each an amount or nothing, then
 * `takenOff`, what is paid or given back besides, as `[label, amount]`, and `rest` of the same form: what is left of the total.
 */
export function drawCosts(list, { takenOff = [], rest, taxEstimated, ...costs }) {
  const parts = PARTS.filter(([name]) => name === 'subtotal' || isSomething(costs[name]));
  const about = (label) => (taxEstimated ? `${label} (estimated)` : label);
  const rows = parts.map(([name, label, off]) => row(name === 'tax' ? about(label) : label, costs[name], { off }));
  rows.push(row('Total', costs.total, { kind: 'total' }));
  if (isSomething(costs.taxIncluded)) rows.push(row(about('Including tax'), costs.taxIncluded, { kind: 'soft small' }));
  const off = takenOff.filter(([, amount]) => isSomething(amount));
  rows.push(...off.map(([label, amount]) => row(label, amount, { off: true })));
  if (rest && off.length) rows.push(row(rest[0], rest[1], { kind: 'total' }));
  list.replaceChildren(...rows);
}
