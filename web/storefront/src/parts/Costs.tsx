// Owns the rows of a bill: what is zero or unknown has none, except the total.
import type { MoneyFragment } from '../gql/graphql';
import { money } from './words';

interface Parts {
  subtotal: MoneyFragment;
  discount?: MoneyFragment | null;
  shipping?: MoneyFragment | null;
  tax?: MoneyFragment | null;
  total: MoneyFragment;
}

export function Costs({ costs }: { costs: Parts }) {
  const rows = [
    ['Subtotal', costs.subtotal, ''], ['Discount', costs.discount, '−'], ['Shipping', costs.shipping, ''], ['Tax', costs.tax, ''],
  ] as const;
  return (
    <dl className="costs">
      {rows.map(([label, amount, sign]) => amount && Number(amount.amount) !== 0 && (
        <div key={label}><dt>{label}</dt><dd>{sign}{money(amount)}</dd></div>
      ))}
      <div className="total"><dt>Total</dt><dd aria-live="polite">{money(costs.total)}</dd></div>
    </dl>
  );
}
