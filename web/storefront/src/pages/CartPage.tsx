// Owns the cart's page: what is in it, what it costs, and what would stop a checkout.
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useCart } from '../api/cart';
import { costsOf, Costs } from '../parts/Costs';
import { DiscountCodes } from '../parts/DiscountCodes';
import { Loading, Notice, Page } from '../parts/Page';
import { Picture } from '../parts/Picture';
import { Quantity } from '../parts/Quantity';
import { money } from '../parts/words';

export function CartPage() {
  const { cart, loading, busy, notices, clearNotices, refresh, update, remove } = useCart();
  const list = useRef<HTMLUListElement>(null);
  // Stock and prices are the server's at this moment.
  useEffect(() => {
    refresh();
    return clearNotices;
  }, []);

  if (loading) return <Loading />;
  const lines = cart?.lines.nodes ?? [];
  if (!cart || !lines.length) {
    return <Page title="Your cart"><p className="empty">There is nothing in it yet. <Link href="/">Look around</Link></p></Page>;
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
                <button
                  className="link"
                  aria-label={`Remove ${product.title}`}
                  // The button goes with its line: the focus stays in the list.
                  onClick={() => !busy && void remove(line.id).then(() => list.current?.focus())}
                >
                  Remove
                </button>
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
