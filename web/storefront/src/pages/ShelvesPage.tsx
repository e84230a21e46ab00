// Owns the wall of all shelves.
import { useQuery } from 'urql';
import { ShelvesDocument } from '../gql/graphql';
import { Failed, Loading, Page } from '../parts/Page';
import { Shelves } from '../parts/Shelves';

export function ShelvesPage() {
  const [{ data, error }, again] = useQuery({ query: ShelvesDocument });
  if (!data) return error ? <Failed title="The shelves" error={error} again={again} /> : <Loading />;
  return <Page title="The shelves"><Shelves shelves={data.collections.nodes} wall /></Page>;
}
