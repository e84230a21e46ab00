// Owns the rows of a bill: what is zero or unknown has none, except the total.
import type { CartFieldsFragment, MoneyFragment, OrderFieldsFragment } from '../gql/graphql';
import { money } from './words';

interface Parts {
  subtotal: MoneyFragment;
  discount?: MoneyFragment | null;
  shipping?: MoneyFragment | null;
  tax?: MoneyFragment | null;
  /** A tax that is inside of the other amounts. */
  taxIncluded?: MoneyFragment | null;
  /** Taxes are guessed while nobody knows where it goes. */
  taxEstimated?: boolean;
  total: MoneyFragment;
  /** What is taken off the total by other means than paying. */
  off?: { key: string; label: string; amount: MoneyFragment }[];
  /** What is left of the total then. */
  rest?: { label: string; amount: MoneyFragment };
}

const isSomething = (amount: MoneyFragment | null | undefined): amount is MoneyFragment => Boolean(amount && Number(amount.amount) !== 0);

/** Adds amounts of one currency, for showing: what is paid is the server's total. */
function sum(amounts: MoneyFragment[]): MoneyFragment | undefined {
  const parts = amounts.reduce((before, { amount }) => before + Math.round(Number(amount) * 10_000), 0);
  return amounts[0] && { amount: String(parts / 10_000), currencyCode: amounts[0].currencyCode };
}

/** What a cart costs, and what of that gift cards leave to pay. */
export interface Price {
  total: MoneyFragment;
  due: MoneyFragment;
}

export const priceOf = ({ cost }: CartFieldsFragment): Price => ({ total: cost.totalAmount, due: cost.checkoutChargeAmount });

/** The bill of a cart, with the price that the shopper was shown. */
export function costsOf(cart: CartFieldsFragment, { total, due } = priceOf(cart)): Parts {
  const { cost, lines, discountAllocations, deliveryGroups, appliedGiftCards } = cart;
  const allocations = [...discountAllocations, ...lines.nodes.flatMap((line) => line.discountAllocations)];
  const deliveries = deliveryGroups.nodes.flatMap(({ selectedDeliveryOption }) => selectedDeliveryOption?.estimatedCost ?? []);
  return {
    subtotal: cost.subtotalAmount,
    discount: sum(allocations.map(({ discountedAmount }) => discountedAmount)),
    shipping: sum(deliveries),
    tax: cost.taxAmount,
    taxIncluded: cost.taxIncludedAmount,
    taxEstimated: cost.taxesEstimated,
    total,
    off: appliedGiftCards.map(({ lastCharacters, amountUsed }) => ({
      key: lastCharacters, label: `Gift card …${lastCharacters}`, amount: amountUsed,
    })),
    ...(appliedGiftCards.length > 0 && { rest: { label: 'To pay', amount: due } }),
  };
}

const REFUNDS = { PENDING: 'Refund on its way', SUCCEEDED: 'Refunded', FAILED: 'Refund that did not work yet' } as const;

export function costsOfOrder({ totals, refunds, financialStatus }: OrderFieldsFragment): Parts {
  const { giftCards, due, ...parts } = totals;
  const open = financialStatus === 'PENDING' || financialStatus === 'AUTHORIZED' || financialStatus === 'VOIDED' || financialStatus === 'EXPIRED';
  return {
    ...parts,
    off: [
      { key: 'cards', label: 'Gift cards', amount: giftCards },
      // A refund that staff closed gives nothing back.
      ...refunds.flatMap(({ id, status, amount }) => (status === 'CANCELED' ? [] : [{ key: id, label: REFUNDS[status], amount }])),
    ],
    ...(isSomething(giftCards) && isSomething(due) && { rest: { label: open ? 'To pay' : 'Paid another way', amount: due } }),
  };
}

export function Costs({ costs }: { costs: Parts }) {
  const tax = costs.taxEstimated ? 'Tax (estimated)' : 'Tax';
  const rows = [
    ['Subtotal', costs.subtotal, ''], ['Discount', costs.discount, '−'], ['Shipping', costs.shipping, ''], [tax, costs.tax, ''],
  ] as const;
  return (
    <dl className="costs">
      {rows.map(([label, amount, sign]) => isSomething(amount) && (
        <div key={label}><dt>{label}</dt><dd>{sign}{money(amount)}</dd></div>
      ))}
      <div className="total"><dt>Total</dt><dd aria-live="polite">{money(costs.total)}</dd></div>
      {isSomething(costs.taxIncluded) && <div className="soft small"><dt>Including tax</dt><dd>{money(costs.taxIncluded)}</dd></div>}
      {costs.off?.map(({ key, label, amount }) => isSomething(amount) && <div key={key}><dt>{label}</dt><dd>−{money(amount)}</dd></div>)}
      {costs.rest && <div className="total"><dt>{costs.rest.label}</dt><dd>{money(costs.rest.amount)}</dd></div>}
    </dl>
  );
}
