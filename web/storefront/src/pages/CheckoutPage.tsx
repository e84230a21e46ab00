// Owns the checkout: where to, how to pay, and what is said when it did not work. Whatever this page sees, the order is the
// truth: as soon as there is one, its page takes over.
import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import { Link, useLocation } from 'wouter';
import { attempt } from '../api/attempt';
import { useCart } from '../api/cart';
import { hasCode, plain } from '../api/client';
import { keepOrder } from '../api/keep';
import { session } from '../api/session';
import { CheckoutCompleteDocument, type CheckoutCompleteMutation, type CountryCode, type MoneyFragment } from '../gql/graphql';
import { costsOf, Costs, restOf } from '../parts/Costs';
import { Field, refusalOf } from '../parts/Field';
import { Loading, Notice, Page } from '../parts/Page';
import { PaymentChoice, paymentOf } from '../parts/PaymentChoice';
import { lastSegment, money } from '../parts/words';

type Refusals = NonNullable<CheckoutCompleteMutation['checkoutComplete']>['userErrors'];

const COUNTRIES = ['AT', 'AU', 'BE', 'CA', 'CH', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'IE', 'IT', 'JP', 'NL', 'NO', 'NZ', 'PL', 'PT', 'SE', 'US'] as const satisfies CountryCode[];
const countryName = new Intl.DisplayNames(undefined, { type: 'region' });
const FIELDS = ['email', 'firstName', 'lastName', 'countryCode', 'address1', 'address2', 'zip', 'city', 'provinceCode'];

export function CheckoutPage() {
  const { cart, loading, refresh } = useCart();
  const signedIn = session.use() !== null;
  const [, go] = useLocation();
  const [{ fetching }, complete] = useMutation(CheckoutCompleteDocument);
  const [refusals, setRefusals] = useState<Refusals>([]);
  const [failure, setFailure] = useState<string>();
  const [tries, setTries] = useState(0);
  // What the shopper has been shown: it changes only when the shopper is told so.
  const [seen, setSeen] = useState<MoneyFragment>();

  if (loading) return <Loading />;
  if (!cart?.lines.nodes.length) return <Page title="Checkout"><p className="empty">There is nothing to pay: your cart is empty. <Link href="/">Look around</Link></p></Page>;
  const total = seen ?? cart.cost.totalAmount;

  async function pay(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (fetching) return;
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim() || null;
    const input = {
      cartId: cart!.id,
      email: text('email'),
      shippingAddress: {
        firstName: text('firstName'), lastName: text('lastName'), address1: text('address1'), address2: text('address2'),
        zip: text('zip'), city: text('city'), provinceCode: text('provinceCode'), countryCode: text('countryCode') as CountryCode | null,
      },
      payment: paymentOf(form),
      expectedTotal: { amount: total.amount, currencyCode: total.currencyCode },
    };
    const { key, answered } = attempt('checkout', input);
    setFailure(undefined);
    setRefusals([]);
    const { data, error } = await complete({ input: { ...input, idempotencyKey: key } });
    setTries((before) => before + 1);
    const payload = data?.checkoutComplete;
    if (!payload) {
      if (error && !error.networkError && hasCode(error, 'BAD_USER_INPUT')) answered();
      setFailure(error ? `${plain(error)} Pressing “Pay” again asks about the same payment: you will not pay twice.` : 'No answer came.');
      return;
    }
    answered();
    if (payload.order) {
      keepOrder(payload.order.id, payload.orderAccessToken);
      refresh();
      go(`/orders/${lastSegment(payload.order.id)}`);
      return;
    }
    setRefusals(payload.userErrors);
    if (payload.cart) setSeen(payload.cart.cost.totalAmount);
    refresh();
  }

  const changed = refusals.some(({ code }) => code === 'TOTAL_CHANGED');
  const short = refusals.some(({ code }) => code === 'INSUFFICIENT_STOCK' || code === 'MERCHANDISE_NOT_AVAILABLE' || code === 'CART_EMPTY');
  const others = refusals.filter(({ field, code }) => code !== 'TOTAL_CHANGED' && !FIELDS.includes(field?.at(-1) ?? ''));
  const refusal = (name: string) => refusalOf(refusals, name);

  return (
    <Page title="Checkout" className="checkout">
      <form onSubmit={(event) => void pay(event)} aria-label="Your details and payment">
        {failure && <Notice tone="bad" key={tries}>{failure}</Notice>}
        {refusals.length > 0 && (
          <Notice tone="bad" key={`refused ${tries}`}>
            {changed && <p>The total has changed since you saw it. It is now <b>{money(total)}</b>. Nothing was ordered: look at it, and pay if you agree.</p>}
            {others.map(({ message }) => <p key={message}>{message}</p>)}
            {!changed && !others.length && <p>Please look at the fields that are marked.</p>}
            {short && <p><Link href="/cart">Change the cart</Link></p>}
          </Notice>
        )}
        {!signedIn && (
          <fieldset className="fields">
            <legend>Contact</legend>
            <Field label="E-mail" name="email" type="email" autoComplete="email" required refusal={refusal('email')} />
            <p className="soft small">Or <Link href="/account/sign-in?to=/checkout">sign in</Link> to find the order under your name.</p>
          </fieldset>
        )}
        <fieldset className="fields">
          <legend>Where shall it go?</legend>
          <Field label="First name" name="firstName" autoComplete="given-name" className="half" required refusal={refusal('firstName')} />
          <Field label="Last name" name="lastName" autoComplete="family-name" className="half" required refusal={refusal('lastName')} />
          <Field label="Street and number" name="address1" autoComplete="address-line1" required refusal={refusal('address1')} />
          <Field label="Floor, door" name="address2" autoComplete="address-line2" refusal={refusal('address2')} />
          <Field label="Postal code" name="zip" autoComplete="postal-code" className="third" refusal={refusal('zip')} />
          <Field label="City" name="city" autoComplete="address-level2" className="two-thirds" required refusal={refusal('city')} />
          <div className="field two-thirds">
            <label htmlFor="country">Country</label>
            <select id="country" name="countryCode" autoComplete="country" defaultValue="US">
              {COUNTRIES.map((code) => <option key={code} value={code}>{countryName.of(code)}</option>)}
            </select>
            {refusal('countryCode') && <p className="refusal">{refusal('countryCode')}</p>}
          </div>
          <Field label="State" name="provinceCode" autoComplete="address-level1" className="third" refusal={refusal('provinceCode')} />
        </fieldset>
        <PaymentChoice legend="How do you pay?" />
        <button className="button wide" aria-disabled={fetching}>{fetching ? 'Asking the bank…' : `Pay ${money(restOf(total, cart))}`}</button>
      </form>
      <aside className="panel" aria-label="What you buy">
        <h2>Your things</h2>
        <ul className="short-lines">
          {cart.lines.nodes.map(({ id, quantity, merchandise, cost }) => (
            <li key={id}><span>{quantity} × {merchandise.product.title}</span><span>{money(cost.totalAmount)}</span></li>
          ))}
        </ul>
        <Costs costs={costsOf(cart, total)} />
        <p><Link href="/cart">Change the cart</Link></p>
      </aside>
    </Page>
  );
}
