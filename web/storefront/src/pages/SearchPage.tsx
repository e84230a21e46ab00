// Owns the search: the words and the order stand in the address.
import { useClient } from 'urql';
import { Link, useSearchParams } from 'wouter';
import { ProductsDocument, type ProductSortKeys } from '../gql/graphql';
import { Page } from '../parts/Page';
import { GrowingGrid } from '../parts/ProductGrid';
import { SortChoice } from '../parts/SortChoice';

const PAGE = 12;
const SORTS: Record<string, { label: string; sortKey: ProductSortKeys; reverse: boolean }> = {
  '': { label: 'Best match', sortKey: 'RELEVANCE', reverse: false },
  cheap: { label: 'Price, low to high', sortKey: 'PRICE', reverse: false },
  dear: { label: 'Price, high to low', sortKey: 'PRICE', reverse: true },
  new: { label: 'Newest', sortKey: 'CREATED_AT', reverse: true },
};

export function SearchPage() {
  const client = useClient();
  const [search] = useSearchParams();
  const words = search.get('q') ?? '';
  const sort = search.get('sort') ?? '';
  const { sortKey, reverse } = SORTS[sort] ?? SORTS['']!;
  return (
    <Page title={words ? `“${words}”` : 'Everything'} lead={words ? 'What we found in the shop.' : 'All that is on our shelves.'} key={words}>
      <SortChoice sorts={SORTS} />
      <GrowingGrid
        name={`${words} ${sort}`}
        empty={<>Nothing here has that name. <Link href="/search">See everything</Link>, or try another word.</>}
        load={async (after) => {
          const variables = { query: words, first: PAGE, sortKey, reverse, ...(after && { after }) };
          const answer = await client.query(ProductsDocument, variables);
          return { page: answer.data?.products ?? null, error: answer.error };
        }}
      />
    </Page>
  );
}
