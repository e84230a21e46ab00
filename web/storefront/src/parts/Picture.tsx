// Owns a picture with its size, so that the page does not jump while it loads, and in the widths that the server makes of it, so
// that a phone does not load what a desk needs.
import type { PictureFragment } from '../gql/graphql';

interface Props {
  image: PictureFragment | null | undefined;
  /** How wide it is shown, as in the `sizes` of HTML. */
  sizes: string;
  /** When the words beside it say the same. */
  decorative?: boolean;
  eager?: boolean;
}

// Few, because the server makes and keeps each of them once.
const WIDTHS = [160, 480, 960];

/** The picture in another width: the server makes it when it is asked for. */
export function widthOf(url: string, width: number): string {
  const address = new URL(url, location.href);
  address.searchParams.set('width', String(width));
  return address.href;
}

export function Picture({ image, sizes, decorative, eager }: Props) {
  if (!image) return <div className="picture none" aria-hidden />;
  // Nothing is drawn larger than it is.
  const widths = WIDTHS.filter((width) => width < (image.width ?? 0));
  const sources = [...widths.map((width) => `${widthOf(image.url, width)} ${width}w`), ...(image.width ? [`${image.url} ${image.width}w`] : [])];
  return (
    <img
      className="picture"
      src={image.url}
      srcSet={widths.length ? sources.join(', ') : undefined}
      sizes={widths.length ? sizes : undefined}
      alt={decorative ? '' : (image.altText ?? '')}
      width={image.width ?? undefined}
      height={image.height ?? undefined}
      loading={eager ? 'eager' : 'lazy'}
    />
  );
}
