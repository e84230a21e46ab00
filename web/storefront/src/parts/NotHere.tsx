// Owns what an address shows that leads nowhere: where the staff say that it moved to, or that there is nothing.
import { useQuery } from 'urql';
import { Link, Redirect, useLocation } from 'wouter';
import { destination, useFrame } from '../api/shop';
import { RedirectDocument } from '../gql/graphql';
import { Loading, Page } from './Page';

export function NotHere() {
  const [path] = useLocation();
  const shopAddress = useFrame()?.shop.primaryDomain.url;
  const [{ data, fetching }] = useQuery({ query: RedirectDocument, variables: { query: `path:${path}` } });
  const target = data?.urlRedirects.nodes[0]?.target;
  if (fetching || (target && !shopAddress)) return <Loading />;
  const to = target && destination({ type: 'HTTP', url: target }, shopAddress!);
  // Only within the shop: a redirect to elsewhere is a link that the shopper sees before following it.
  if (to && 'path' in to && to.path !== path) return <Redirect to={to.path} replace />;
  return (
    <Page title="Nothing here">
      {to && 'elsewhere' in to && <p>It has moved: <a href={to.elsewhere} rel="noopener noreferrer">{to.elsewhere}</a></p>}
      <p>This address leads nowhere. <Link href="/">Back to the shop</Link></p>
    </Page>
  );
}
