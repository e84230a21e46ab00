// Owns the first page: what the shop is, its shelves, and what it likes best.
import { useQuery } from 'urql';
import { HomeDocument } from '../gql/graphql';
import { Failed, Loading, Page } from '../parts/Page';
import { ProductGrid } from '../parts/ProductGrid';
import { Shelves } from '../parts/Shelves';

export function HomePage() {
  const [{ data, error }, again] = useQuery({ query: HomeDocument, variables: { products: 8 } });
  if (!data) return error ? <Failed title="The shop" error={error} again={again} /> : <Loading />;
  return (
    <Page title="Good things, plainly made" lead={data.shop.description} className="home">
      <section aria-labelledby="shelves">
        <h2 id="shelves">The shelves</h2>
        <Shelves shelves={data.collections.nodes} />
      </section>
      {data.collection && (
        <section aria-labelledby="favorites">
          <h2 id="favorites">{data.collection.title}</h2>
          <p className="soft">{data.collection.description}</p>
          <ProductGrid products={data.collection.products.nodes} />
        </section>
      )}
    </Page>
  );
}
