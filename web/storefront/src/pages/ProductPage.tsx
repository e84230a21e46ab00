// Owns one product: its pictures, its options, and the way into the cart. The choice stands in the address.
import { useState } from 'react';
import { useQuery } from 'urql';
import { Link, useSearchParams } from 'wouter';
import { useCart } from '../api/cart';
import { ProductDocument, type ProductQuery } from '../gql/graphql';
import { Failed, Loading, Notice, Page } from '../parts/Page';
import { Picture } from '../parts/Picture';
import { Quantity } from '../parts/Quantity';
import { Recommended } from '../parts/Recommended';
import { money } from '../parts/words';

type Product = NonNullable<ProductQuery['product']>;
type Variant = Product['variants']['nodes'][number];

const FEW = 5;
const valueOf = (variant: Variant, option: string) => variant.selectedOptions.find(({ name }) => name === option)?.value;

/** The variant with `value` for `option` that keeps most of what was chosen before, what is there to be sold first. */
function closest(variants: Variant[], current: Variant, option: string, value: string): Variant | undefined {
  const kept = (variant: Variant) => current.selectedOptions.filter(({ name, value: before }) => valueOf(variant, name) === before).length;
  return variants
    .filter((variant) => valueOf(variant, option) === value)
    .sort((one, other) => kept(other) - kept(one) || Number(other.availableForSale) - Number(one.availableForSale))[0];
}

export function ProductPage({ handle }: { handle: string }) {
  const [{ data, error }, again] = useQuery({ query: ProductDocument, variables: { handle }, requestPolicy: 'cache-and-network' });
  if (!data) return error ? <Failed title="A product" error={error} again={again} /> : <Loading />;
  if (!data.product) return <Page title="Not on our shelves"><p>We do not sell this any more. <Link href="/">Back to the shop</Link></p></Page>;
  return <Product product={data.product} />;
}

function Product({ product }: { product: Product }) {
  const [search, setSearch] = useSearchParams();
  const variants = product.variants.nodes;
  const asked = variants.find((variant) => variant.selectedOptions.every(({ name, value }) => (search.get(name) ?? value) === value));
  const variant = (search.size ? asked : undefined) ?? variants.find(({ availableForSale }) => availableForSale) ?? variants[0];
  const [picture, setPicture] = useState<string>();
  const images = product.images.nodes;
  const shown = images.find(({ url }) => url === picture) ?? variant?.image ?? images[0];
  // A product without a choice has one option with one value: nothing to ask.
  const options = product.options.filter(({ optionValues }) => optionValues.length > 1);

  function choose(option: string, value: string) {
    const next = variant && closest(variants, variant, option, value);
    if (!next) return;
    setPicture(undefined);
    setSearch(new URLSearchParams(next.selectedOptions.map((selected) => [selected.name, selected.value])), { replace: true });
  }

  return (
    <Page title={product.title} lead={product.vendor} className="product">
      <div className="gallery">
        <div className="stage"><Picture image={shown} eager key={shown?.url} sizes="(min-width: 46rem) 36rem, 100vw" /></div>
        {images.length > 1 && (
          <ul className="thumbs" aria-label="Pictures">
            {images.map((image) => (
              <li key={image.url}>
                <button aria-pressed={image.url === shown?.url} aria-label={`Show: ${image.altText ?? product.title}`} onClick={() => setPicture(image.url)}>
                  <Picture image={image} decorative sizes="4rem" />
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="details">
        {variant && (
          <p className="price" aria-live="polite">
            {money(variant.price)}
            {variant.compareAtPrice && <s><span className="hidden">instead of </span>{money(variant.compareAtPrice)}</s>}
          </p>
        )}
        {variant && options.map((option) => (
          <fieldset key={option.id} className="option">
            <legend>{option.name}: <b>{valueOf(variant, option.name)}</b></legend>
            {option.optionValues.map(({ name, swatch }) => {
              const target = closest(variants, variant, option.name, name);
              return (
                <label key={name} className={target?.availableForSale ? 'value' : 'value sold'}>
                  <input type="radio" name={option.id} checked={valueOf(variant, option.name) === name} onChange={() => choose(option.name, name)} />
                  <span>
                    {swatch?.color && <i style={{ background: swatch.color }} />}
                    {name}
                    {!target?.availableForSale && <span className="hidden"> (sold out)</span>}
                  </span>
                </label>
              );
            })}
          </fieldset>
        ))}
        {variant && <Buy variant={variant} key={variant.id} />}
        {/* The server cleans this HTML whenever it is written. */}
        <div className="description" dangerouslySetInnerHTML={{ __html: product.descriptionHtml }} />
      </div>
      <Recommended productId={product.id} />
    </Page>
  );
}

function Buy({ variant }: { variant: Variant }) {
  const { add, busy, notices } = useCart();
  const [quantity, setQuantity] = useState(1);
  const [outcome, setOutcome] = useState<'added' | 'short'>();
  const left = variant.quantityAvailable;
  return (
    <div className="buy">
      {!variant.availableForSale ? (
        <p className="stock none">Sold out</p>
      ) : (
        <>
          <p className="stock">{left == null || left > FEW ? 'In stock' : left > 0 ? `Only ${left} left` : 'Made for you: takes a little longer'}</p>
          <div className="buy-row">
            <Quantity label="Quantity" value={quantity} min={1} onChange={setQuantity} />
            <button
              className="button"
              aria-disabled={busy}
              onClick={() => {
                if (busy) return;
                setOutcome(undefined);
                void add(variant.id, quantity).then((well) => setOutcome(well ? 'added' : 'short'));
              }}
            >
              Add to cart
            </button>
          </div>
        </>
      )}
      {outcome === 'added' && <div className="notice good" role="status">It is in your cart. <Link href="/cart">See the cart</Link></div>}
      {outcome === 'short' && notices.length > 0 && (
        <Notice>{notices.map((text) => <p key={text}>{text}</p>)}<p><Link href="/cart">See the cart</Link></p></Notice>
      )}
    </div>
  );
}
