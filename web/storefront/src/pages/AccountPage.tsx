// Owns "my orders" and the way out.
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { Link, Redirect, useLocation } from 'wouter';
import { cartId, lastOrder } from '../api/keep';
import { session } from '../api/session';
import { MyOrdersDocument, SignOutDocument } from '../gql/graphql';
import { Failed, Loading, Page } from '../parts/Page';
import { day, headline, lastSegment, money } from '../parts/words';

export function AccountPage() {
  const client = useClient();
  const [, go] = useLocation();
  const signedIn = session.use() !== null;
  const [trail, setTrail] = useState<(string | null)[]>([null]);
  const [{ data, error }, again] = useQuery({
    query: MyOrdersDocument, variables: { after: trail.at(-1)! }, requestPolicy: 'cache-and-network', pause: !signedIn,
  });
  if (!signedIn) return <Redirect to="/account/sign-in" replace />;
  if (!data) return error ? <Failed title="My orders" error={error} again={again} /> : <Loading />;

  async function signOut() {
    // Out here even when the server cannot be told: its tokens end by themselves.
    await client.mutation(SignOutDocument, {});
    cartId.set(null);
    lastOrder.set(null);
    session.set(null);
    go('/');
  }

  const orders = data.customer?.orders;
  return (
    <Page title="My orders" lead={data.customer?.displayName || data.customer?.email}>
      {orders?.nodes.length ? (
        <ul className="orders">
          {orders.nodes.map((order) => (
            <li key={order.id}>
              <Link href={`/orders/${lastSegment(order.id)}`}>
                <b>Order {order.number}</b>
                <span>{headline(order)}</span>
                <span className="soft small">{day(order.createdAt)}</span>
                <span className="line-cost">{money(order.totals.total)}</span>
              </Link>
            </li>
          ))}
        </ul>
      ) : <p className="empty">You have not ordered anything yet. <Link href="/">Look around</Link></p>}
      <p className="row">
        {trail.length > 1 && <button className="button quiet" onClick={() => setTrail(trail.slice(0, -1))}>Newer</button>}
        {orders?.pageInfo.hasNextPage && <button className="button quiet" onClick={() => setTrail([...trail, orders.pageInfo.endCursor ?? null])}>Older</button>}
        <button className="button quiet" onClick={() => void signOut()}>Sign out</button>
      </p>
    </Page>
  );
}
