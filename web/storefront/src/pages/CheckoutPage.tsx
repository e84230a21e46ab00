// Owns the checkout: where to, how it comes, how to pay, and what is said when it did not work. Whatever this page sees, the order
// is the truth: as soon as there is one, its page takes over.
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type CombinedError, useMutation, useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { attempt, unanswered } from '../api/attempt';
import { useCart } from '../api/cart';
import { hasCode, plain } from '../api/client';
import { type Place, placeOf, useDelivery } from '../api/delivery';
import { keepOrder } from '../api/keep';
import { session } from '../api/session';
import {
  type CartFieldsFragment, CheckoutCompleteDocument, type CheckoutCompleteInput, type CheckoutCompleteMutation, CountriesDocument, type CountriesQuery,
  type CountryCode,
} from '../gql/graphql';
import { costsOf, Costs, type Price, priceOf } from '../parts/Costs';
import { DeliveryChoice, isCollected } from '../parts/DeliveryChoice';
import { Field, refusalOf } from '../parts/Field';
import { Failed, Loading, Notice, Page } from '../parts/Page';
import { PaymentChoice, paymentOf } from '../parts/PaymentChoice';
import { lastSegment, money, sentence } from '../parts/words';

type Refusals = NonNullable<CheckoutCompleteMutation['checkoutComplete']>['userErrors'];

const countryName = new Intl.DisplayNames(undefined, { type: 'region' });
const FIELDS = ['email', 'firstName', 'lastName', 'countryCode', 'address1', 'address2', 'zip', 'city', 'provinceCode'];

export function CheckoutPage() {
  const { cart, loading, error: unread, refresh } = useCart();
  const [{ data, error }, again] = useQuery({ query: CountriesDocument });

  if (loading) return <Loading />;
  if (unread) return <Failed title="Checkout" error={unread} again={refresh} />;
  if (!cart && unanswered('checkout')) return <Resumed />;
  if (!cart?.lines.nodes.length) return <Page title="Checkout"><p className="empty">There is nothing to pay: your cart is empty. <Link href="/">Look around</Link></p></Page>;
  if (error && !data) return <Failed title="Checkout" error={error} again={again} />;
  return data ? <Checkout key={cart.id} known={cart} localization={data.localization} /> : <Loading />;
}

const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim() || null;
const placeIn = (form: FormData): Place => ({
  countryCode: text(form, 'countryCode') as CountryCode | null, provinceCode: text(form, 'provinceCode'), zip: text(form, 'zip'),
});

/** What comes of an answer, whenever it comes. */
function useOrdered() {
  const { refresh } = useCart();
  const [, go] = useLocation();
  return ({ order, orderAccessToken }: NonNullable<CheckoutCompleteMutation['checkoutComplete']>) => {
    if (!order) return false;
    keepOrder(order.id, orderAccessToken);
    refresh();
    go(`/orders/${lastSegment(order.id)}`);
    return true;
  };
}

/** The cart is gone, and the answer to its payment was lost: the same is asked again, and its order comes. */
function Resumed() {
  const [{ error }, complete] = useMutation(CheckoutCompleteDocument);
  const ordered = useOrdered();
  const [, go] = useLocation();

  async function ask() {
    const sent = unanswered<Omit<CheckoutCompleteInput, 'idempotencyKey'>>('checkout');
    if (!sent) return;
    const { data, error } = await complete({ input: { ...sent.input, idempotencyKey: sent.key } });
    if (data?.checkoutComplete || isRefused(error)) sent.answered();
    // Without an order nothing was bought: the cart is empty.
    if (data?.checkoutComplete ? !ordered(data.checkoutComplete) : isRefused(error)) go('/cart', { replace: true });
  }
  useEffect(() => void ask(), []);

  return error && !isRefused(error) ? <Failed title="Checkout" error={error} again={() => void ask()} /> : <Loading />;
}

/** Asking the same again would be refused again. */
const isRefused = (error: CombinedError | undefined) => Boolean(error && !error.networkError && hasCode(error, 'BAD_USER_INPUT', 'IDEMPOTENCY_KEY_REUSED'));

function Checkout({ known, localization }: { known: CartFieldsFragment; localization: CountriesQuery['localization'] }) {
  const { refresh } = useCart();
  const delivery = useDelivery(known);
  const { cart, goTo } = delivery;
  const signedIn = session.use() !== null;
  const ordered = useOrdered();
  const [{ fetching }, complete] = useMutation(CheckoutCompleteDocument);
  const [refusals, setRefusals] = useState<Refusals>([]);
  const [failure, setFailure] = useState<string>();
  const [tries, setTries] = useState(0);
  // What is changed while it is paid would take back the order that comes of it: nothing can be.
  const [paying, setPaying] = useState(false);
  // What the shopper has been shown: it changes only when the shopper is told so, or asks for another delivery.
  const [seen, setSeen] = useState<Price>();
  useEffect(() => setSeen(undefined), [cart.version]);
  const price = seen ?? priceOf(cart);
  // An answer may come while the button is down: what it said when it was pressed is what the shopper agreed to.
  const pressed = useRef<Price>(undefined);

  const address = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const fields = address.current!;
    const tell = () => goTo(placeIn(new FormData(fields.form!)));
    tell();
    // The browser's `change` comes when a field is done, React's with every letter.
    fields.addEventListener('change', tell);
    return () => fields.removeEventListener('change', tell);
  }, [goTo]);

  const countries = localization.availableCountries.map(({ isoCode }) => ({ code: isoCode, name: countryName.of(isoCode) ?? isoCode }));
  countries.sort((one, other) => one.name.localeCompare(other.name));
  // The cart knows where it goes from an earlier visit.
  const [before] = useState(() => placeOf(known));
  const home = countries.some(({ code }) => code === before.countryCode) ? before.countryCode : localization.country.isoCode;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (paying) return;
    setPaying(true);
    try {
      await pay(new FormData(event.currentTarget));
    } finally {
      setPaying(false);
    }
  }

  async function pay(form: FormData) {
    const agreed = pressed.current ?? price;
    pressed.current = undefined;
    setFailure(undefined);
    setRefusals([]);
    // What delivery costs may be on its way, of a field that was left just now, or could not be had before.
    goTo(placeIn(form));
    const told = await delivery.settled();
    if (told && !told.cart) return setFailure(told.failure ?? (told.notices.map(sentence).join(' ') || 'Please look at the fields that are marked.'));
    const now = told?.cart ? priceOf(told.cart) : price;
    if (now.total.amount !== agreed.total.amount) return stopFor([{ code: 'TOTAL_CHANGED', field: ['expectedTotal'], message: '' }]);
    if (now.due.amount !== agreed.due.amount) return stopFor([{ code: 'TOTAL_CHANGED', field: ['expectedDue'], message: '' }]);
    const input = {
      cartId: cart.id,
      email: text(form, 'email'),
      shippingAddress: {
        firstName: text(form, 'firstName'), lastName: text(form, 'lastName'), address1: text(form, 'address1'),
        address2: text(form, 'address2'), city: text(form, 'city'), ...placeIn(form),
      },
      payment: paymentOf(form),
      expectedTotal: { amount: agreed.total.amount, currencyCode: agreed.total.currencyCode },
      expectedDue: { amount: agreed.due.amount, currencyCode: agreed.due.currencyCode },
    };
    const { key, answered } = attempt('checkout', input);
    const { data, error } = await complete({ input: { ...input, idempotencyKey: key } });
    const payload = data?.checkoutComplete;
    if (!payload) {
      setTries((count) => count + 1);
      if (isRefused(error)) answered();
      setFailure(error ? `${plain(error)} Pressing “Pay” again asks about the same payment: you will not pay twice.` : 'No answer came.');
      return;
    }
    answered();
    if (ordered(payload)) return;
    stopFor(payload.userErrors);
    if (payload.cart) setSeen(priceOf(payload.cart));
    refresh();
  }

  function stopFor(errors: Refusals) {
    setTries((count) => count + 1);
    setRefusals(errors);
  }

  const changed = refusals.some(({ code }) => code === 'TOTAL_CHANGED');
  // The total may stand while a gift card pays less of it.
  const [what, amount] = refusalOf(refusals, 'expectedTotal') === undefined ? ['What is left to pay', price.due] : ['The total', price.total];
  const short = refusals.some(({ code }) => code === 'INSUFFICIENT_STOCK' || code === 'MERCHANDISE_NOT_AVAILABLE' || code === 'CART_EMPTY');
  const others = refusals.filter(({ field, code }) => code !== 'TOTAL_CHANGED' && !FIELDS.includes(field?.at(-1) ?? ''));
  // What it costs is not known before the server knows a country.
  const asking = delivery.busy && !placeOf(cart).countryCode;
  const refusal = (name: string) => refusalOf(refusals, name) ?? refusalOf(delivery.refusals, name);

  return (
    <Page title="Checkout" className="checkout">
      <form onSubmit={(event) => void submit(event)} aria-label="Your details and payment">
        {failure && <Notice tone="bad" key={tries}>{failure}</Notice>}
        {refusals.length > 0 && (
          <Notice tone="bad" key={`refused ${tries}`}>
            {changed && <p>{what} has changed since you saw it. It is now <b>{money(amount)}</b>. Nothing was ordered: look at it, and pay if you agree.</p>}
            {others.map(({ message }) => <p key={message}>{message}</p>)}
            {!changed && !others.length && <p>Please look at the fields that are marked.</p>}
            {short && <p><Link href="/cart">Change the cart</Link></p>}
          </Notice>
        )}
        {!signedIn && (
          <fieldset className="fields" inert={paying}>
            <legend>Contact</legend>
            <Field label="E-mail" name="email" type="email" autoComplete="email" required refusal={refusal('email')} />
            <p className="soft small">Or <Link href="/account/sign-in?to=/checkout">sign in</Link> to find the order under your name.</p>
          </fieldset>
        )}
        <fieldset className="fields" ref={address} inert={paying}>
          <legend>Where shall it go?</legend>
          {isCollected(cart) && <p className="soft small">You collect your things: the address stands on the bill.</p>}
          <Field label="First name" name="firstName" autoComplete="given-name" className="half" required refusal={refusal('firstName')} />
          <Field label="Last name" name="lastName" autoComplete="family-name" className="half" required refusal={refusal('lastName')} />
          <Field label="Street and number" name="address1" autoComplete="address-line1" required refusal={refusal('address1')} />
          <Field label="Floor, door" name="address2" autoComplete="address-line2" refusal={refusal('address2')} />
          <Field label="Postal code" name="zip" autoComplete="postal-code" className="third" defaultValue={before.zip ?? ''} refusal={refusal('zip')} />
          <Field label="City" name="city" autoComplete="address-level2" className="two-thirds" required refusal={refusal('city')} />
          <div className="field two-thirds">
            <label htmlFor="country">Country</label>
            <select id="country" name="countryCode" autoComplete="country" defaultValue={home ?? undefined}>
              {countries.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
            </select>
            {refusal('countryCode') && <p className="refusal">{refusal('countryCode')}</p>}
          </div>
          <Field label="State" name="provinceCode" autoComplete="address-level1" className="third" defaultValue={before.provinceCode ?? ''} refusal={refusal('provinceCode')} />
        </fieldset>
        <DeliveryChoice delivery={delivery} inert={paying} />
        <PaymentChoice legend="How do you pay?" inert={paying} />
        <button className="button wide" aria-disabled={paying || asking} onPointerDown={() => (pressed.current = price)}>
          {fetching ? 'Asking the bank…' : asking ? 'Asking what delivery costs…' : `Pay ${money(price.due)}`}
        </button>
      </form>
      <aside className="panel" aria-label="What you buy">
        <h2>Your things</h2>
        <ul className="short-lines">
          {cart.lines.nodes.map(({ id, quantity, merchandise, cost }) => (
            <li key={id}><span>{quantity} × {merchandise.product.title}</span><span>{money(cost.totalAmount)}</span></li>
          ))}
        </ul>
        <Costs costs={costsOf(cart, price)} />
        <p><Link href="/cart">Change the cart</Link></p>
      </aside>
    </Page>
  );
}
