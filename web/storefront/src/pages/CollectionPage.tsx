// Owns one shelf: its products in the shopper's order.
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { Link, useSearchParams } from 'wouter';
import { CollectionDocument, type ProductCollectionSortKeys } from '../gql/graphql';
import { Failed, Loading, Page } from '../parts/Page';
import { GrowingGrid } from '../parts/ProductGrid';
import { SortChoice } from '../parts/SortChoice';

const PAGE = 12;
const SORTS: Record<string, { label: string; sortKey: ProductCollectionSortKeys; reverse: boolean }> = {
  '': { label: 'As we arranged it', sortKey: 'COLLECTION_DEFAULT', reverse: false },
  cheap: { label: 'Price, low to high', sortKey: 'PRICE', reverse: false },
  dear: { label: 'Price, high to low', sortKey: 'PRICE', reverse: true },
  name: { label: 'Name', sortKey: 'TITLE', reverse: false },
};

export function CollectionPage({ handle }: { handle: string }) {
  const client = useClient();
  const [search] = useSearchParams();
  const sort = search.get('sort') ?? '';
  const { sortKey, reverse } = SORTS[sort] ?? SORTS['']!;
  // The heading keeps the first answer; the list below asks for itself.
  const [first] = useState({ handle, first: PAGE, sortKey, reverse });
  const [{ data, error }, again] = useQuery({ query: CollectionDocument, variables: first });
  if (!data) return error ? <Failed title="A shelf" error={error} again={again} /> : <Loading />;
  if (!data.collection) return <Page title="No such shelf"><p><Link href="/collections">See the shelves there are</Link></p></Page>;
  return (
    <Page title={data.collection.title} lead={data.collection.description}>
      <SortChoice sorts={SORTS} />
      <GrowingGrid
        name={`${handle} ${sort}`}
        empty="This shelf is empty just now."
        load={async (after) => {
          const variables = { handle, first: PAGE, sortKey, reverse, ...(after && { after }) };
          const answer = await client.query(CollectionDocument, variables);
          return { page: answer.data?.collection?.products ?? null, error: answer.error };
        }}
      />
    </Page>
  );
}
