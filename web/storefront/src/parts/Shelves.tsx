// Owns the row or wall of collections, each with its picture.
import { Link } from 'wouter';
import type { PictureFragment } from '../gql/graphql';
import { Picture } from './Picture';

interface Shelf {
  id: string;
  handle: string;
  title: string;
  image?: PictureFragment | null;
}

export function Shelves({ shelves, wall }: { shelves: Shelf[]; wall?: boolean }) {
  return (
    <ul className={wall ? 'shelves wall' : 'shelves'}>
      {shelves.map(({ id, handle, title, image }) => (
        <li key={id}>
          <Link href={`/collections/${handle}`}><Picture image={image} decorative eager={!wall} sizes="(min-width: 46rem) 14rem, 45vw" /><span>{title}</span></Link>
        </li>
      ))}
    </ul>
  );
}
