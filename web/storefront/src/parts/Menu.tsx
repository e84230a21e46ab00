// Owns the shop's menu: its entries as links; those with entries of their own open and close.
import type { FocusEvent, KeyboardEvent, ReactNode } from 'react';
import { Link, useRoute } from 'wouter';
import { destination, useFrame } from '../api/shop';
import type { MenuLinkFragment } from '../gql/graphql';

export function MenuLink({ item, shopAddress, children }: { item: MenuLinkFragment; shopAddress: string; children?: ReactNode }) {
  const to = destination(item, shopAddress);
  const [here] = useRoute(to && 'path' in to ? to.path.split('?')[0]! : '/nowhere');
  const text = children ?? item.title;
  if (!to) return <span>{text}</span>;
  if ('elsewhere' in to) return <a href={to.elsewhere} rel="noopener noreferrer">{text}</a>;
  return <Link href={to.path} aria-current={here ? 'page' : undefined}>{text}</Link>;
}

const close = (inside: Element) => inside.closest('details')?.removeAttribute('open');

export function Menu() {
  const frame = useFrame();
  // Room for it, so that the page does not jump when it comes.
  if (!frame) return <div className="menu" aria-hidden />;
  if (!frame.main?.items.length) return null;
  const shopAddress = frame.shop.primaryDomain.url;

  function left({ currentTarget, relatedTarget }: FocusEvent<HTMLDetailsElement>) {
    if (!currentTarget.contains(relatedTarget)) close(currentTarget);
  }
  function pressed({ key, currentTarget }: KeyboardEvent<HTMLDetailsElement>) {
    if (key !== 'Escape' || !currentTarget.open) return;
    close(currentTarget);
    currentTarget.querySelector('summary')?.focus();
  }

  return (
    <nav aria-label="Shop" className="menu">
      <ul>
        {frame.main.items.map((item) => (
          <li key={item.id}>
            {item.items.length === 0 ? <MenuLink item={item} shopAddress={shopAddress} /> : (
              <details name="menu" onBlur={left} onKeyDown={pressed}>
                <summary>{item.title}</summary>
                <ul onClick={({ currentTarget }) => close(currentTarget)}>
                  {item.url && <li><MenuLink item={item} shopAddress={shopAddress}>{item.title}: everything</MenuLink></li>}
                  {item.items.map((below) => <li key={below.id}><MenuLink item={below} shopAddress={shopAddress} /></li>)}
                </ul>
              </details>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
