// Owns what every page knows of the shop: its name, its menus, its policies. Asked for once; the cache answers afterwards.
import { useQuery } from 'urql';
import { FrameDocument, type FrameQuery, type MenuLinkFragment } from '../gql/graphql';

export function useFrame(): FrameQuery | undefined {
  return useQuery({ query: FrameDocument })[0].data;
}

/** Where a menu's entry leads: a path of this front end, or an address elsewhere; null when it leads nowhere. */
export function destination(item: MenuLinkFragment, shopAddress: string): { path: string } | { elsewhere: string } | null {
  if (item.type === 'CUSTOMER_ACCOUNT_PAGE') return { path: '/account' };
  if (!item.url) return null;
  const address = new URL(item.url, shopAddress);
  if (!/^https?:$/.test(address.protocol)) return null;
  // What the shop calls its own address may be the API's: only the path counts.
  return address.host === new URL(shopAddress).host ? { path: address.pathname + address.search } : { elsewhere: address.href };
}
