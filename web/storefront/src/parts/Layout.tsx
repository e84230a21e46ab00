// Owns the frame of every page: the way past the head, the shop's name, search, account and cart.
import type { FormEvent, ReactNode } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { useCart } from '../api/cart';
import { session } from '../api/session';

export function Layout({ children }: { children: ReactNode }) {
  const { cart } = useCart();
  const signedIn = session.use() !== null;
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const count = cart?.totalQuantity ?? 0;

  function find(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const words = String(new FormData(event.currentTarget).get('q')).trim();
    go(`/search?q=${encodeURIComponent(words)}`);
  }

  return (
    <>
      <a className="skip" href="#main">To the content</a>
      <header className="top">
        <Link href="/" className="brand"><img src="/icon.svg" alt="" width="30" height="30" /><span>Cartwright <i>&amp;</i> Daughters</span></Link>
        <form role="search" className="find" onSubmit={find}>
          <label htmlFor="find" className="hidden">Search the shop</label>
          <input id="find" name="q" type="search" placeholder="Search" defaultValue={search.get('q') ?? ''} key={search.get('q')} />
        </form>
        <nav aria-label="You" className="you">
          <Link href={signedIn ? '/account' : '/account/sign-in'}>{signedIn ? 'My orders' : 'Sign in'}</Link>
          <Link href="/cart" className="to-cart" aria-label={`Cart, ${count} ${count === 1 ? 'thing' : 'things'}`}>
            Cart <span className="count" key={count}>{count}</span>
          </Link>
        </nav>
      </header>
      <main id="main" tabIndex={-1}>{children}</main>
      <footer className="foot">
        <p>A demonstration shop. Everything in it is invented, and nothing is shipped.</p>
      </footer>
    </>
  );
}
