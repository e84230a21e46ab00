// Owns the field for discount codes: a code is tried, what the cart has is listed, and a code that takes nothing off says why.
import { type FormEvent, useId, useRef, useState } from 'react';
import { useCart } from '../api/cart';
import type { CartFieldsFragment } from '../gql/graphql';
import { sentence } from './words';

export function DiscountCodes({ cart }: { cart: CartFieldsFragment }) {
  const { reasons, setCodes } = useCart();
  const [text, setText] = useState('');
  const [said, setSaid] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const codes = cart.discountCodes.map(({ code }) => code);

  async function change(wanted: string[]) {
    setBusy(true);
    const failure = await setCodes(wanted);
    setBusy(false);
    setSaid(failure && sentence(failure));
    return failure;
  }

  async function apply(event: FormEvent) {
    event.preventDefault();
    const code = text.trim();
    field.current?.focus();
    if (!code || busy) return;
    if (codes.some((present) => present.toLowerCase() === code.toLowerCase())) return setSaid('This code is in the cart already.');
    const failure = await change([...codes, code]);
    if (!failure) setText('');
  }

  async function remove(index: number) {
    if (busy) return;
    await change(codes.filter((_, place) => place !== index));
    // The button goes with its code.
    field.current?.focus();
  }

  return (
    <div className="codes">
      <form className="field" onSubmit={(event) => void apply(event)}>
        <label htmlFor={id}>Discount code</label>
        <div className="code-row">
          <input
            ref={field} id={id} value={text} maxLength={250} autoComplete="off" autoCapitalize="characters" spellCheck={false}
            aria-invalid={said ? true : undefined} aria-describedby={`${id}-said`} onChange={({ target }) => setText(target.value)}
          />
          <button className="button quiet" aria-disabled={busy}>Apply</button>
        </div>
        <p className="refusal" id={`${id}-said`} role="status">{said}</p>
      </form>
      <ul aria-label="Discount codes of the cart" aria-live="polite">
        {cart.discountCodes.map(({ code, applicable }, index) => (
          <li key={`${index} ${code}`}>
            <div>
              <b>{code}</b>
              {applicable ? <p className="soft small">Applied</p> : <p className="refusal">{sentence(reasons[code] || 'does not apply to this cart')}</p>}
            </div>
            <button className="link" aria-label={`Remove discount code ${code}`} onClick={() => void remove(index)}>Remove</button>
          </li>
        ))}
      </ul>
    </div>
  );
}
