// Owns the cart's page: what is in it, what it costs, and what would stop a checkout.
import { useEffect, useRef } from 'react';
import { Link, Redirect } from 'wouter';
import { unanswered } from '../api/attempt';
import { useCart } from '../api/cart';
import { costsOf, Costs } from '../parts/Costs';
import { DiscountCodes } from '../parts/DiscountCodes';
import { Failed, Loading, Notice, Page } from '../parts/Page';
import { Picture } from '../parts/Picture';
import { Quantity } from '../parts/Quantity';
import { money } from '../parts/words';

export function CartPage() {
  const { cart, loading, error, busy, notices, clearNotices, refresh, update, remove } = useCart();
  const list = useRef<HTMLUListElement>(null);
  const leaving = useRef(new Set<string>());
  // Stock and prices are the server's at this moment.
  useEffect(() => {
    refresh();
    return clearNotices;
  }, []);

  if (loading) return <Loading />;
  if (error) return <Failed title="Your cart" error={error} again={refresh} />;
  // Whoever paid it and lost the answer gets the order.
  if (!cart && unanswered('checkout')) return <Redirect to="/checkout" replace />;
  const lines = cart?.lines.nodes ?? [];
  if (!cart || !lines.length) {
    // Its key makes it another page, whose heading takes the focus from what has gone.
    return <Page key="empty" title="Your cart"><p className="empty">There is nothing in it yet. <Link href="/">Look around</Link></p></Page>;
  }

  async function take(lineId: string) {
    if (leaving.current.has(lineId)) return;
    leaving.current.add(lineId);
    await remove(lineId);
    leaving.current.delete(lineId);
    // The button goes with its line: the focus stays in the list.
    list.current?.focus();
  }

  // Another way of delivery is chosen at the checkout.
  const blocked = cart.problems.some(({ code }) => !code.startsWith('DELIVERY_'));
  return (
    <Page title="Your cart" className="cart">
      <div>
        {notices.length > 0 && <Notice key={notices.join()}>{notices.map((text) => <p key={text}>{text}</p>)}</Notice>}
        <ul className="lines" ref={list} tabIndex={-1} aria-label="In your cart">
          {lines.map((line) => {
            const { product, title, image } = line.merchandise;
            const problems = cart.problems.filter(({ target }) => target === line.id);
            return (
              <li key={line.id} className="line">
                <Picture image={image ?? product.featuredImage} decorative sizes="6.5rem" />
                <div className="line-what">
                  <Link href={`/products/${product.handle}`}>{product.title}</Link>
                  {title !== 'Default Title' && <span className="soft small">{title}</span>}
                  <span className="soft small">{money(line.cost.amountPerQuantity)} each</span>
                  {problems.map(({ message }) => <p key={message} className="refusal">{message}</p>)}
                </div>
                <Quantity label={`Quantity of ${product.title}`} value={line.quantity} min={1} disabled={busy} onChange={(next) => void update(line.id, next)} />
                <span className="line-cost">
                  {line.cost.subtotalAmount.amount !== line.cost.totalAmount.amount && <s className="soft small">{money(line.cost.subtotalAmount)}</s>}
                  {money(line.cost.totalAmount)}
                </span>
                <button className="link" aria-label={`Remove ${product.title}`} onClick={() => void take(line.id)}>Remove</button>
              </li>
            );
          })}
        </ul>
      </div>
      <aside className="panel" aria-label="Sum">
        <DiscountCodes cart={cart} />
        <Costs costs={costsOf(cart)} />
        {blocked && <p className="refusal">Something in the cart has to change before you can go on.</p>}
        {blocked ? <button className="button wide" aria-disabled>Checkout</button> : <Link className="button wide" href="/checkout">Checkout</Link>}
      </aside>
    </Page>
  );
}
