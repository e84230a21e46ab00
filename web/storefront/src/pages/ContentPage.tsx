// Owns a page of words: one that the staff wrote, or a policy of the shop.
import { useQuery } from 'urql';
import { ContentPageDocument, PoliciesDocument } from '../gql/graphql';
import { NotHere } from '../parts/NotHere';
import { Failed, Loading, Page } from '../parts/Page';

/** The server cleans this HTML whenever it is written: no script and no style comes through. */
export const Prose = ({ html }: { html: string }) => <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />;

export function ContentPage({ handle }: { handle: string }) {
  const [{ data, error }, again] = useQuery({ query: ContentPageDocument, variables: { handle } });
  if (!data) return error ? <Failed title="A page" error={error} again={again} /> : <Loading />;
  if (!data.page) return <NotHere />;
  return <Page title={data.page.title} className="words"><Prose html={data.page.body} /></Page>;
}

export function PolicyPage({ handle }: { handle: string }) {
  const [{ data, error }, again] = useQuery({ query: PoliciesDocument });
  if (!data) return error ? <Failed title="A policy" error={error} again={again} /> : <Loading />;
  const { shippingPolicy, refundPolicy, privacyPolicy, termsOfService } = data.shop;
  const policy = [shippingPolicy, refundPolicy, privacyPolicy, termsOfService].find((one) => one?.handle === handle);
  if (!policy) return <NotHere />;
  return <Page title={policy.title} className="words"><Prose html={policy.body} /></Page>;
}
