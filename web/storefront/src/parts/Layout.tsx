// Owns the frame of every page: the way past the head, the shop's name, search, account and cart, the menu and the foot.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useCart } from '../api/cart';
import { session } from '../api/session';
import { useFrame } from '../api/shop';
import { Footer } from './Footer';
import { Menu } from './Menu';
import { SearchBox } from './SearchBox';

export function Layout({ children }: { children: ReactNode }) {
  const { cart } = useCart();
  const signedIn = session.use() !== null;
  const name = useFrame()?.shop.name;
  const count = cart?.totalQuantity ?? 0;

  return (
    <>
      <a className="skip" href="#main">To the content</a>
      <header className="top">
        <Link href="/" className="brand"><img src="/icon.svg" alt="" width="30" height="30" /><span>{name ?? 'Shop'}</span></Link>
        <SearchBox />
        <nav aria-label="You" className="you">
          <Link href={signedIn ? '/account' : '/account/sign-in'}>{signedIn ? 'My orders' : 'Sign in'}</Link>
          <Link href="/cart" className="to-cart" aria-label={`Cart, ${count} ${count === 1 ? 'thing' : 'things'}`}>
            Cart <span className="count" key={count}>{count}</span>
          </Link>
        </nav>
      </header>
      <Menu />
      <main id="main" tabIndex={-1}>{children}</main>
      <Footer />
    </>
  );
}
