// Owns the foot of every page: the shop's second menu and its policies.
import { Link } from 'wouter';
import { useFrame } from '../api/shop';
import { MenuLink } from './Menu';

export function Footer() {
  const frame = useFrame();
  const shop = frame?.shop;
  const policies = [shop?.shippingPolicy, shop?.refundPolicy, shop?.privacyPolicy, shop?.termsOfService].filter((policy) => policy != null);
  // A policy that is in the menu already is not listed twice.
  const listed = (frame?.footer?.items ?? []).filter(({ type }) => type !== 'SHOP_POLICY');
  return (
    <footer className="foot">
      {shop && (listed.length > 0 || policies.length > 0) && (
        <nav aria-label="About the shop">
          <ul>
            {listed.map((item) => <li key={item.id}><MenuLink item={item} shopAddress={shop.primaryDomain.url} /></li>)}
            {policies.map(({ id, handle, title }) => <li key={id}><Link href={`/policies/${handle}`}>{title}</Link></li>)}
          </ul>
        </nav>
      )}
      <p>A demonstration shop. Everything in it is invented, and nothing is shipped.</p>
    </footer>
  );
}
