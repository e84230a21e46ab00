// Owns "You may also like": what the shop shows beside a product. When it has nothing to say there is no heading either.
import { useQuery } from 'urql';
import { RecommendedDocument } from '../gql/graphql';
import { ProductGrid } from './ProductGrid';

const MOST = 4;

export function Recommended({ productId }: { productId: string }) {
  const [{ data }] = useQuery({ query: RecommendedDocument, variables: { productId } });
  const products = data?.productRecommendations?.slice(0, MOST);
  if (!products?.length) return null;
  return (
    <section className="also" aria-labelledby="also">
      <h2 id="also">You may also like</h2>
      <ProductGrid products={products} />
    </section>
  );
}
