// Owns a picture with its size, so that the page does not jump while it loads.
import type { PictureFragment } from '../gql/graphql';

interface Props {
  image: PictureFragment | null | undefined;
  /** When the words beside it say the same. */
  decorative?: boolean;
  eager?: boolean;
}

export function Picture({ image, decorative, eager }: Props) {
  if (!image) return <div className="picture none" aria-hidden />;
  return (
    <img
      className="picture"
      src={image.url}
      alt={decorative ? '' : (image.altText ?? '')}
      width={image.width ?? undefined}
      height={image.height ?? undefined}
      loading={eager ? 'eager' : 'lazy'}
    />
  );
}
