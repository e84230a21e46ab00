// Owns the cost summary: the cart's lines with their pictures, its subtotal and its total.
import { byId, element } from '../shared/dom.js';
import { money } from '../shared/format.js';

function line({ quantity, cost, merchandise }) {
  const { title, image, product } = merchandise;
  // A product without options has one variant with this name, which tells a shopper nothing.
  const variantTitle = title && title !== 'Default Title' ? title : null;
  const picture = image?.url && element('img', { src: image.url, alt: image.altText ?? '', width: image.width, height: image.height });
  return element(
    'li',
    {},
    element('div', { class: 'line-picture' }, picture),
    element(
      'div',
      {},
      element('p', { class: 'line-title' }, product?.title ?? title),
      element('p', { class: 'soft small' }, [variantTitle, `Quantity ${quantity}`].filter(Boolean).join(' · ')),
    ),
    element('p', { class: 'line-price' }, money(cost.totalAmount)),
  );
}

/** Draws the cart into the summary and its total onto the button. */
export function drawCart(cart) {
  byId('lines').replaceChildren(...cart.lines.nodes.map(line));
  byId('subtotal').textContent = money(cart.cost.subtotalAmount);
  byId('total').textContent = money(cart.cost.totalAmount);
  byId('pay').textContent = `Pay ${money(cart.cost.totalAmount)}`;
}
