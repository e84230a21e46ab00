// Owns the search box: while somebody types it shows what the shop has, as a combobox that a keyboard and a screen reader can walk.
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useClient } from 'urql';
import { useLocation, useSearchParams } from 'wouter';
import { type PictureFragment, PredictiveDocument, type PredictiveQuery } from '../gql/graphql';
import { Picture } from './Picture';
import { money } from './words';

interface Hit {
  href: string;
  title: string;
  note: string;
  image?: PictureFragment | null;
}

const FEWEST_LETTERS = 2;
const PAUSE_MS = 150;

function hitsOf(found: PredictiveQuery['predictiveSearch']): Hit[] {
  if (!found) return [];
  return [
    ...found.products.map(({ handle, title, featuredImage, priceRange }) => ({
      href: `/products/${handle}`, title, note: money(priceRange.minVariantPrice), image: featuredImage ?? null,
    })),
    ...found.collections.map(({ handle, title }) => ({ href: `/collections/${handle}`, title, note: 'Shelf' })),
    ...found.articles.map(({ handle, title, blog }) => ({ href: `/blogs/${blog.handle}/${handle}`, title, note: 'To read' })),
    ...found.pages.map(({ handle, title }) => ({ href: `/pages/${handle}`, title, note: 'About us' })),
  ];
}

export function SearchBox() {
  const client = useClient();
  const [, go] = useLocation();
  const asked = useSearchParams()[0].get('q') ?? '';
  const [text, setText] = useState(asked);
  const [open, setOpen] = useState(false);
  const [hits, setHits] = useState<Hit[]>([]);
  const [at, setAt] = useState(-1);
  const words = text.trim();

  useEffect(() => setText(asked), [asked]);
  useEffect(() => {
    setAt(-1);
    if (!open || words.length < FEWEST_LETTERS) return setHits([]);
    let stale = false;
    const timer = setTimeout(async () => {
      const { data } = await client.query(PredictiveDocument, { query: words });
      // An answer to earlier letters would jump in after the later one.
      if (!stale) setHits(hitsOf(data?.predictiveSearch));
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [words, open, client]);

  function leave(href: string) {
    setOpen(false);
    setText(asked);
    go(href);
  }

  function pressed(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' && hits.length && open) {
      // Without this the browser would empty the field as well; a second Escape does that.
      event.preventDefault();
      setOpen(false);
    }
    if (!step || !hits.length) return;
    event.preventDefault();
    setOpen(true);
    // One place more than there are hits: the field itself.
    setAt((before) => ((before + 1 + step + hits.length + 1) % (hits.length + 1)) - 1);
  }

  const shown = open && hits.length > 0;
  const current = shown ? hits[at] : undefined;
  return (
    <form
      role="search"
      className="find"
      onSubmit={(event) => {
        event.preventDefault();
        leave(current?.href ?? `/search?q=${encodeURIComponent(words)}`);
      }}
    >
      <label htmlFor="find" className="hidden">Search the shop</label>
      <input
        id="find" name="q" type="search" placeholder="Search" autoComplete="off" value={text}
        role="combobox" aria-expanded={shown} aria-controls="found" aria-autocomplete="list"
        aria-activedescendant={current ? `found-${at}` : undefined}
        onChange={({ target }) => {
          setText(target.value);
          setOpen(true);
        }}
        onKeyDown={pressed}
        onBlur={() => setOpen(false)}
      />
      {/* A press of the mouse must not take the focus from the field before it becomes a click. */}
      <ul id="found" role="listbox" aria-label="What we found" hidden={!shown} onMouseDown={(event) => event.preventDefault()}>
        {hits.map(({ href, title, note, image }, index) => (
          <li key={href} id={`found-${index}`} role="option" aria-selected={index === at} onClick={() => leave(href)}>
            {image ? <Picture image={image} decorative sizes="3rem" /> : <i aria-hidden />}
            <span>{title}</span>
            <span className="soft small">{note}</span>
          </li>
        ))}
      </ul>
      <p role="status" className="hidden">{shown && `${hits.length} found. Arrow keys go through them.`}</p>
    </form>
  );
}
