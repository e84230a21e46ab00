// Owns the shop's journal: a blog's articles, newest first, and one of them to read.
import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ArticleDocument, JournalDocument } from '../gql/graphql';
import { Failed, Loading, Page } from '../parts/Page';
import { Picture } from '../parts/Picture';
import { day } from '../parts/words';
import { Prose } from './ContentPage';

const PAGE = 12;

const byline = ({ publishedAt, authorV2 }: { publishedAt: string; authorV2?: { name: string } | null }) =>
  [day(publishedAt), authorV2?.name].filter(Boolean).join(' · ');

export function JournalPage({ handle }: { handle: string }) {
  const [trail, setTrail] = useState<(string | null)[]>([null]);
  const [{ data, error }, again] = useQuery({ query: JournalDocument, variables: { handle, first: PAGE, after: trail.at(-1)! } });
  if (!data) return error ? <Failed title="The journal" error={error} again={again} /> : <Loading />;
  if (!data.blog) return <Page title="Nothing here"><p>There is no such journal. <Link href="/">Back to the shop</Link></p></Page>;
  const { nodes, pageInfo } = data.blog.articles;
  return (
    <Page title={data.blog.title}>
      {!nodes.length && <p className="empty">Nothing was written yet.</p>}
      <ul className="articles">
        {nodes.map((article) => (
          <li key={article.id}>
            <Link href={`/blogs/${handle}/${article.handle}`}>
              {article.image && <Picture image={article.image} decorative sizes="(min-width: 46rem) 22rem, 100vw" />}
              <span className="card-title">{article.title}</span>
              <span className="soft small">{byline(article)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="row">
        {trail.length > 1 && <button className="button quiet" onClick={() => setTrail(trail.slice(0, -1))}>Newer</button>}
        {pageInfo.hasNextPage && <button className="button quiet" onClick={() => setTrail([...trail, pageInfo.endCursor ?? null])}>Older</button>}
      </p>
    </Page>
  );
}

export function ArticlePage({ blog, handle }: { blog: string; handle: string }) {
  const [{ data, error }, again] = useQuery({ query: ArticleDocument, variables: { blog, handle } });
  if (!data) return error ? <Failed title="An article" error={error} again={again} /> : <Loading />;
  const article = data.blog?.articleByHandle;
  if (!article) return <Page title="Nothing here"><p>This article is not here any more. <Link href={`/blogs/${blog}`}>See the others</Link></p></Page>;
  return (
    <Page title={article.title} lead={byline(article)} className="words">
      {article.image && <Picture image={article.image} sizes="(min-width: 46rem) 42rem, 100vw" eager />}
      <Prose html={article.contentHtml} />
      <p><Link href={`/blogs/${blog}`}>More from {data.blog!.title}</Link></p>
    </Page>
  );
}
