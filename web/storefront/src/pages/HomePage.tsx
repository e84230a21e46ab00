// Owns the first page: what the shop is, its shelves, and what it likes best.
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { plain } from '../api/client';
import { HomeDocument } from '../gql/graphql';
import { Loading, Notice, Page } from '../parts/Page';
import { Picture } from '../parts/Picture';
import { ProductGrid } from '../parts/ProductGrid';

export function HomePage() {
  const [{ data, error }] = useQuery({ query: HomeDocument, variables: { products: 8 } });
  if (!data) return error ? <Page title="The shop"><Notice tone="bad">{plain(error)}</Notice></Page> : <Loading />;
  return (
    <Page title="Good things, plainly made" lead={data.shop.description} className="home">
      <section aria-labelledby="shelves">
        <h2 id="shelves">The shelves</h2>
        <ul className="shelves">
          {data.collections.nodes.map(({ id, handle, title, image }) => (
            <li key={id}><Link href={`/collections/${handle}`}><Picture image={image} decorative eager /><span>{title}</span></Link></li>
          ))}
        </ul>
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
