// Owns the choice of how to pay. These are the sandbox's ways: with a real gateway its own field for cards stands here, and gives
// a token just the same.
import { useId } from 'react';
import { lastSegment } from './words';

const METHODS = [
  ['sandbox_ok', 'Card that works', 'The bank says yes at once.'],
  ['sandbox_late', 'Card of a slow bank', 'The bank answers after a few seconds; the order’s page shows it.'],
  ['sandbox_challenge', 'Card that asks back', 'The bank wants a word with you on its own page.'],
  ['sandbox_declined', 'Card that is declined', 'The bank says no. You can try another way.'],
  ['sandbox_timeout', 'Card of a silent bank', 'The bank takes the money and forgets to say so. It is found out.'],
  ['sandbox_error', 'Card of a bank out of order', 'Nothing is charged. You can try again.'],
] as const;

export function PaymentChoice({ legend, inert = false }: { legend: string; inert?: boolean }) {
  const name = useId();
  return (
    <fieldset className="methods" inert={inert}>
      <legend>{legend}</legend>
      <p className="soft small">This shop is a demonstration. No money moves, and there is no card to type in.</p>
      {METHODS.map(([token, title, explanation], index) => (
        <label key={token} className="method">
          <input type="radio" name="token" value={token} defaultChecked={index === 0} aria-describedby={`${name}${token}`} />
          <span className="method-title">{title}</span>
          <span className="soft small" id={`${name}${token}`}>{explanation}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The payment that a submitted form asks for; the bank's page leads back to the order, which has no id before it is placed. */
export const paymentOf = (form: FormData, orderId?: string) => ({
  gateway: 'sandbox',
  token: String(form.get('token')),
  returnUrl: `${location.origin}/orders/${orderId ? lastSegment(orderId) : 'last'}`,
});
