// Owns the product grid: pages of the public catalog, a search by words, and one card for each product.
import { PRODUCTS } from '../shared/documents.js';
import { byId, element } from '../shared/dom.js';
import { money } from '../shared/format.js';

const PAGE = 12;

function picture({ featuredImage, title }) {
  const image = featuredImage?.url
    ? element('img', {
        src: featuredImage.url,
        alt: featuredImage.altText ?? '',
        width: featuredImage.width,
        height: featuredImage.height,
        loading: 'lazy',
        decoding: 'async',
      })
    : null;
  return element('div', { class: 'product-picture' }, image ?? element('span', { 'aria-hidden': 'true' }, title.slice(0, 1)));
}

function card(product, { onBuy, onCheckoutPage }) {
  const variant = product.selectedOrFirstAvailableVariant;
  const canBuy = product.availableForSale && Boolean(variant?.availableForSale);
  const buy = element(
    'button',
    { class: 'button', type: 'button', disabled: !canBuy, 'aria-label': `${canBuy ? 'Buy one now' : 'Sold out'}: ${product.title}` },
    canBuy ? 'Buy one now' : 'Sold out',
  );
  buy.addEventListener('click', () => onBuy(variant.id, buy));
  const page = element(
    'button',
    { class: 'link-button', type: 'button', disabled: !canBuy, 'aria-label': `Pay on our checkout page: ${product.title}` },
    'Pay on our checkout page',
  );
  page.addEventListener('click', () => onCheckoutPage(variant.id, page));
  return element(
    'li',
    { class: 'product card' },
    picture(product),
    element(
      'div',
      { class: 'product-body' },
      element('h3', { class: 'product-title' }, product.title),
      element('p', { class: 'product-price' }, money(product.priceRange.minVariantPrice)),
      element('div', { class: 'product-actions' }, buy, page),
    ),
  );
}

/** Fills the grid and keeps it filled; `onBuy(variantId, button)` and `onCheckoutPage(variantId, button)` are its buttons. */
export function showProducts(send, handlers) {
  const grid = byId('product-grid');
  const state = byId('products-state');
  const more = byId('more');
  const input = byId('search-words');
  let latest = 0;
  let after = null;

  async function load(fresh) {
    const mine = ++latest;
    const query = input.value.trim();
    more.disabled = true;
    try {
      const data = await send(PRODUCTS, { first: PAGE, after: fresh ? null : after, query: query || null });
      if (mine !== latest) return; // A newer search has overtaken this answer.
      const cards = data.products.nodes.map((product) => card(product, handlers));
      if (fresh) grid.replaceChildren(...cards);
      else grid.append(...cards);
      after = data.products.pageInfo.endCursor;
      more.hidden = !data.products.pageInfo.hasNextPage;
      state.className = 'soft';
      state.textContent = grid.children.length ? '' : query ? `Nothing matches “${query}”.` : 'This shop has no products yet. Import some: cartwright import products FILE.';
      byId('products-title').textContent = data.shop.name;
      byId('shop-description').textContent = data.shop.description ?? '';
      if (!fresh) cards[0]?.querySelector('button:enabled')?.focus({ preventScroll: true });
    } catch (error) {
      if (mine !== latest) return;
      state.className = 'notice bad';
      state.textContent = error.message;
    } finally {
      more.disabled = false;
    }
  }

  let typing;
  input.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => load(true), 300);
  });
  byId('search').addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(typing);
    load(true);
  });
  more.addEventListener('click', () => load(false));
  return load(true);
}
