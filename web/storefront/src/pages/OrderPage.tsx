// Owns the order's page. It reads the order once and then listens: what moves in the shop moves here.
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { Link } from 'wouter';
import { attempt } from '../api/attempt';
import { useCart } from '../api/cart';
import { asBuyerOf, hasCode, plain } from '../api/client';
import { type Line, watchOrder } from '../api/live';
import { OrderDocument, type OrderFieldsFragment, OrderMarkAsDeliveredDocument, PaymentRetryDocument } from '../gql/graphql';
import { Costs, costsOfOrder } from '../parts/Costs';
import { Failed, Loading, Notice, Page } from '../parts/Page';
import { widthOf } from '../parts/Picture';
import { PaymentChoice, paymentOf } from '../parts/PaymentChoice';
import { headline, moment, money, orderId, progress, webAddress } from '../parts/words';

const STEPS = ['Ordered', 'Paid', 'Shipped', 'Delivered'];
const LINES: Record<Line, string> = { connecting: 'Connecting…', live: 'Live', lost: 'Connection lost, coming back…', ended: 'Not live' };

export function OrderPage({ segment }: { segment: string }) {
  const id = orderId(segment);
  const [context] = useState(() => ({ ...asBuyerOf(id), requestPolicy: 'network-only' as const }));
  const [{ data, error, fetching }, again] = useQuery({ query: OrderDocument, variables: { id }, context });
  const [heard, setHeard] = useState<OrderFieldsFragment>();
  const [line, setLine] = useState<Line>('connecting');
  const { refresh } = useCart();

  // An answer and a message may overtake each other: the higher version is the newer one.
  const show = useCallback((next: OrderFieldsFragment) => setHeard((before) => (before && before.version > next.version ? before : next)), []);
  useEffect(() => {
    if (data?.order) show(data.order);
  }, [data, show]);
  const readable = Boolean(heard);
  useEffect(() => (readable ? watchOrder(id, ({ order }) => show(order), setLine) : undefined), [id, readable, show]);
  // Once it is paid the cart is gone.
  const status = heard?.status;
  useEffect(() => refresh(), [status, refresh]);

  if (!heard) {
    if (fetching) return <Loading />;
    if (error && !hasCode(error, 'BAD_USER_INPUT')) return <Failed title="Your order" error={error} again={again} />;
    return (
      <Page title="We cannot show this order here">
        {!fetching && <p>It opens in the browser that it was ordered with, or for the customer who ordered it. <Link href="/account/sign-in">Sign in</Link></p>}
      </Page>
    );
  }
  return <Order order={heard} line={line} show={show} />;
}

function Order({ order, line, show }: { order: OrderFieldsFragment; line: Line; show(order: OrderFieldsFragment): void }) {
  const canceled = order.status === 'CANCELED';
  const at = progress(order);
  const to = order.shippingAddress;
  const collectedAt = order.shippingLines.every(({ deliveryMethodType }) => deliveryMethodType === 'PICK_UP') && order.shippingLines[0]?.pickupAddress;
  return (
    <Page title={`Order ${order.number}`} className="order">
      <section className="panel now" aria-label="Where it stands">
        <p className={`line-state ${line}`}><i aria-hidden />{LINES[line]}</p>
        <p className="headline" aria-live="polite" aria-atomic>{headline(order)}</p>
        {!canceled && (
          <ol className="steps">
            {STEPS.map((name, index) => (
              <li key={name} className={index <= at ? 'done' : ''} aria-current={index === at ? 'step' : undefined}>{name}</li>
            ))}
          </ol>
        )}
        <Payment order={order} show={show} />
        {order.fulfillments.map(({ id, trackingInfo }) => {
          const address = webAddress(trackingInfo?.url);
          const words = [trackingInfo?.company, trackingInfo?.number].filter(Boolean).join(' ');
          return words && <p key={id} className="tracking">Parcel: {address ? <a href={address} rel="noopener noreferrer">{words}</a> : <b>{words}</b>}</p>;
        })}
        <Arrived order={order} show={show} />
      </section>
      <section aria-labelledby="story">
        <h2 id="story">What happened</h2>
        <ol className="story">
          {order.timeline.map(({ id, message, createdAt }) => <li key={id}>{message} <time dateTime={createdAt}>{moment(createdAt)}</time></li>)}
        </ol>
      </section>
      <section aria-labelledby="things">
        <h2 id="things">Your things</h2>
        <ul className="lines small-lines">
          {order.lineItems.nodes.map((item) => (
            <li key={item.id} className="line">
              {item.imageUrl ? <img className="picture" src={widthOf(item.imageUrl, 160)} alt="" loading="lazy" /> : <div className="picture none" />}
              <div className="line-what">
                <span>{item.title}</span>
                {item.variantTitle !== 'Default Title' && <span className="soft small">{item.variantTitle}</span>}
                <span className="soft small">{item.quantity} ordered{item.fulfilledQuantity > 0 && `, ${item.fulfilledQuantity} sent`}</span>
              </div>
              <span className="line-cost">{money(item.totalPrice)}</span>
            </li>
          ))}
        </ul>
        <Costs costs={costsOfOrder(order)} />
        {order.discountApplications.length > 0 && (
          <p className="soft small">Discounts: {order.discountApplications.map(({ code, title }) => (code ? `${title} (${code})` : title)).join(', ')}</p>
        )}
      </section>
      {(collectedAt || to) && (
        <section aria-labelledby="goes-to">
          <h2 id="goes-to">{collectedAt ? 'You collect it at' : 'It goes to'}</h2>
          <address>
            {collectedAt ? collectedAt.formatted.map((text) => <span key={text}>{text}</span>) : to && [`${to.firstName ?? ''} ${to.lastName ?? ''}`, to.address1, to.address2, [to.city, to.provinceCode, to.zip].filter(Boolean).join(' '), to.countryCode]
              .filter(Boolean).map((text) => <span key={text}>{text}</span>)}
          </address>
          {order.shippingLines.map(({ handle, title, description }) => <p key={handle} className="soft small"><b>{title}</b> {description}</p>)}
        </section>
      )}
    </Page>
  );
}

/** What the money waits for: a word with the bank, or another way to pay. */
function Payment({ order, show }: { order: OrderFieldsFragment; show(order: OrderFieldsFragment): void }) {
  const [{ fetching }, retry] = useMutation(PaymentRetryDocument);
  const [failure, setFailure] = useState<{ text: string }>();
  // The newest attempt, whatever the order of the list.
  const latest = [...order.payments].sort((one, other) => other.createdAt.localeCompare(one.createdAt) || other.id.localeCompare(one.id))[0];
  // An edit made the order cost more than was paid.
  const rest = order.financialStatus === 'PARTIALLY_PAID' && Number(order.balanceDue.amount) > 0;
  if (order.status !== 'PENDING_PAYMENT' && !rest) return null;

  async function pay(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (fetching) return;
    const input = { orderId: order.id, payment: paymentOf(new FormData(event.currentTarget), order.id) };
    const { key, answered } = attempt(`retry ${latest?.id}`, input);
    const { data, error } = await retry({ input: { ...input, idempotencyKey: key } }, asBuyerOf(order.id));
    const payload = data?.paymentRetry;
    if (!payload) return setFailure({ text: `${error ? plain(error) : ''} Pressing “Pay” again asks about the same payment.` });
    answered();
    setFailure(payload.userErrors[0] && { text: payload.userErrors[0].message });
    if (payload.order) show(payload.order);
  }

  if (latest?.status === 'REQUIRES_ACTION') {
    const address = webAddress(latest.nextAction?.url);
    return (
      <div className="ask">
        <p>Your bank wants a word with you before it pays.</p>
        {address && <p><a className="button" href={address}>Go on at the bank</a></p>}
      </div>
    );
  }
  const failed = latest?.status === 'FAILED' || latest?.status === 'VOIDED' || latest?.status === 'REFUNDED';
  if (rest ? latest?.status === 'PENDING' : !failed) {
    return <p className="soft">The bank has not answered yet. You can leave this page open: it will show here.</p>;
  }
  return (
    <form className="ask" onSubmit={(event) => void pay(event)} aria-label="Pay again">
      {(failed || failure) && (
        <Notice tone="bad" key={`${latest?.id}${failure?.text}`}>
          <p>{failure?.text ?? latest?.failureMessage ?? 'The payment did not work.'}</p>
          {order.reservedUntil && <p>Your things are kept for you until {moment(order.reservedUntil)}.</p>}
        </Notice>
      )}
      {rest && <p><b>{money(order.balanceDue)}</b> is still to be paid, because the order was changed.</p>}
      <PaymentChoice legend={failed ? 'Try another way to pay' : 'How do you pay it?'} />
      <button className="button wide" aria-disabled={fetching}>{fetching ? 'Asking the bank…' : `Pay ${money(rest ? order.balanceDue : order.totals.due)}`}</button>
    </form>
  );
}

function Arrived({ order, show }: { order: OrderFieldsFragment; show(order: OrderFieldsFragment): void }) {
  const [{ fetching }, confirm] = useMutation(OrderMarkAsDeliveredDocument);
  const [failure, setFailure] = useState<string>();
  if (order.fulfillmentStatus !== 'FULFILLED') return null;
  async function arrived() {
    if (fetching) return;
    const { data, error } = await confirm({ orderId: order.id }, asBuyerOf(order.id));
    const payload = data?.orderMarkAsDelivered;
    setFailure(error ? plain(error) : payload?.userErrors[0]?.message);
    if (payload?.order) show(payload.order);
  }
  return (
    <>
      <p><button className="button quiet" aria-disabled={fetching} onClick={() => void arrived()}>It has arrived</button></p>
      {failure && <Notice tone="bad">{failure}</Notice>}
    </>
  );
}
