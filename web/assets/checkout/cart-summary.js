// Owns the cost summary: the cart's lines with their pictures and with what is wrong with them, and what it all costs.
import { drawCosts } from '../shared/costs.js';
import { byId, element } from '../shared/dom.js';
import { money } from '../shared/format.js';

function line({ id, quantity, cost, merchandise }, problems) {
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
      problems.filter(({ target }) => target === id).map(({ message }) => element('p', { class: 'field-error' }, message)),
    ),
    element('p', { class: 'line-price' }, money(cost.totalAmount)),
  );
}

/** Draws the cart into the summary and its total onto the button. */
export function drawCart(cart) {
  byId('lines').replaceChildren(...cart.lines.nodes.map((each) => line(each, cart.problems)));
  const { subtotalAmount, totalTaxAmount, totalAmount } = cart.cost;
  drawCosts(byId('costs'), { subtotal: subtotalAmount, tax: totalTaxAmount, giftCards: cart.appliedGiftCards, total: totalAmount });
  byId('pay').textContent = `Pay ${money(cart.cost.totalAmount)}`;
}
