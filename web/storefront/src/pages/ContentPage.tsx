// Owns a page of words: one that the staff wrote, or a policy of the shop.
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ContentPageDocument, PoliciesDocument } from '../gql/graphql';
import { Failed, Loading, Page } from '../parts/Page';

/** The server cleans this HTML whenever it is written: no script and no style comes through. */
export const Prose = ({ html }: { html: string }) => <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />;

const Nothing = () => <Page title="Nothing here"><p>This page is not here any more. <Link href="/">Back to the shop</Link></p></Page>;

export function ContentPage({ handle }: { handle: string }) {
  const [{ data, error }, again] = useQuery({ query: ContentPageDocument, variables: { handle } });
  if (!data) return error ? <Failed title="A page" error={error} again={again} /> : <Loading />;
  if (!data.page) return <Nothing />;
  return <Page title={data.page.title} className="words"><Prose html={data.page.body} /></Page>;
}

export function PolicyPage({ handle }: { handle: string }) {
  const [{ data, error }, again] = useQuery({ query: PoliciesDocument });
  if (!data) return error ? <Failed title="A policy" error={error} again={again} /> : <Loading />;
  const { shippingPolicy, refundPolicy, privacyPolicy, termsOfService } = data.shop;
  const policy = [shippingPolicy, refundPolicy, privacyPolicy, termsOfService].find((one) => one?.handle === handle);
  if (!policy) return <Nothing />;
  return <Page title={policy.title} className="words"><Prose html={policy.body} /></Page>;
}
