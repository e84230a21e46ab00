// Owns a list of products that grows: "load more" puts the focus on the first product that is new.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { Link } from 'wouter';
import { plain } from '../api/client';
import type { ProductCardFragment } from '../gql/graphql';
import { Loading, Notice } from './Page';
import { Picture } from './Picture';
import { money } from './words';

export interface ProductPage {
  nodes: ProductCardFragment[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

export function ProductGrid({ products, from }: { products: ProductCardFragment[]; from?: number }) {
  const fresh = useRef<HTMLAnchorElement>(null);
  useEffect(() => fresh.current?.focus(), [from]);
  return (
    <ul className="grid">
      {products.map((product, index) => {
        const { minVariantPrice, maxVariantPrice } = product.priceRange;
        return (
          <li key={product.id} className="card">
            <Link href={`/products/${product.handle}`} ref={from !== undefined && index === from ? fresh : undefined}>
              <Picture image={product.featuredImage} decorative eager={index < 4} sizes="(min-width: 46rem) 15rem, 45vw" />
              <span className="card-vendor">{product.vendor}</span>
              <span className="card-title">{product.title}</span>
              <span className="card-price">
                {minVariantPrice.amount !== maxVariantPrice.amount && 'from '}
                {money(minVariantPrice)}
              </span>
              {!product.availableForSale && <span className="badge">Sold out</span>}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

interface Props {
  /** Another name is another list. */
  name: string;
  load(after?: string): Promise<{ page?: ProductPage | null; error?: CombinedError | undefined }>;
  empty: ReactNode;
}

interface State {
  name: string;
  nodes: ProductCardFragment[];
  next?: string | undefined;
  from?: number;
}

export function GrowingGrid({ name, load, empty }: Props) {
  const [state, setState] = useState<State>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const wanted = useRef(name);
  wanted.current = name;

  async function more(before?: State) {
    setBusy(true);
    setFailure(undefined);
    const { page, error } = await load(before?.next);
    if (wanted.current !== name) return;
    setBusy(false);
    if (error) return setFailure(plain(error));
    const nodes = [...(before?.nodes ?? []), ...(page?.nodes ?? [])];
    const next = page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? undefined) : undefined;
    setState({ name, nodes, next, ...(before && { from: before.nodes.length }) });
  }
  // The list is read again only when it is another list: `more` itself is new at every drawing.
  useEffect(() => void more(), [name]);

  const current = state?.name === name ? state : undefined;
  return (
    <>
      {failure && <Notice tone="bad">{failure}</Notice>}
      {current && (current.nodes.length ? <ProductGrid products={current.nodes} {...(current.from !== undefined && { from: current.from })} /> : <p>{empty}</p>)}
      {!current && busy && <Loading />}
      {(failure || current?.next) && (
        <p className="more">
          <button className="button quiet" aria-disabled={busy} onClick={() => !busy && void more(current)}>{failure ? 'Try again' : 'Load more'}</button>
        </p>
      )}
    </>
  );
}
