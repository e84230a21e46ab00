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

const isSomething = (amount) => amount && Number(amount.amount) !== 0;

function row(label, amount, { off = false, total = false } = {}) {
  return element(
    'div',
    { class: total ? 'total' : off ? 'off' : null },
    element('dt', {}, label),
    element('dd', {}, `${off ? '−' : ''}${money(amount)}`),
  );
}

/**
 * Draws `{ subtotal, discount, shipping, tax, total }`, each an amount or nothing, and `giftCards` of the form
 * `{ lastCharacters, amountUsed }`, into the `dl`.
 */
export function drawCosts(list, costs) {
  const parts = PARTS.filter(([name]) => name === 'subtotal' || isSomething(costs[name]));
  const cards = (costs.giftCards ?? []).filter(({ amountUsed }) => isSomething(amountUsed));
  list.replaceChildren(
    ...parts.map(([name, label, off]) => row(label, costs[name], { off })),
    ...cards.map(({ lastCharacters, amountUsed }) => row(`Gift card ending in ${lastCharacters}`, amountUsed, { off: true })),
    row('Total', costs.total, { total: true }),
  );
}
