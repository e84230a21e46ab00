// Owns what each page begins with: the document's title, one heading, and the focus on it after a change of page, so that a
// keyboard and a screen reader are where the eyes are.
import { type ReactNode, useEffect, useRef } from 'react';
import type { CombinedError } from 'urql';
import { plain } from '../api/client';
import { useFrame } from '../api/shop';

let firstPage = true;

export function Page({ title, lead, children, className = '' }: { title: string; lead?: ReactNode; children?: ReactNode; className?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shop = useFrame()?.shop.name;
  useEffect(() => {
    document.title = shop ? `${title} · ${shop}` : title;
  }, [title, shop]);
  useEffect(() => {
    if (!firstPage) {
      window.scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    firstPage = false;
  }, []);
  return (
    <div className={`page ${className}`}>
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        {lead && <div className="lead">{lead}</div>}
      </header>
      {children}
    </div>
  );
}

export const Loading = () => <p className="loading" role="status">One moment…</p>;

/** Something that the shopper has to read: it takes the focus when it comes. */
export function Notice({ tone = 'warn', children }: { tone?: 'warn' | 'bad' | 'good'; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return <div ref={box} tabIndex={-1} role={tone === 'good' ? 'status' : 'alert'} className={`notice ${tone}`}>{children}</div>;
}

/** A page whose content could not be had: what happened, and another try. */
export function Failed({ title, error, again }: { title: string; error: CombinedError; again(options: { requestPolicy: 'network-only' }): void }) {
  return (
    <Page title={title}>
      <Notice tone="bad">{plain(error)}</Notice>
      <p><button className="button quiet" onClick={() => again({ requestPolicy: 'network-only' })}>Try again</button></p>
    </Page>
  );
}
