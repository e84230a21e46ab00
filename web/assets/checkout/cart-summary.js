// Owns the cost summary: the cart's lines with their pictures and with what is wrong with them, and what it all costs.
import { drawCosts, isSomething, sum } from '../shared/costs.js';
import { byId, element } from '../shared/dom.js';
import { money } from '../shared/format.js';

function line({ id, quantity, cost, merchandise }, problems) {
  const { title, image, product } = merchandise;
  const reduced = cost.subtotalAmount.amount !== cost.totalAmount.amount;
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
    element('p', { class: 'line-price' }, reduced && element('s', { class: 'soft small' }, money(cost.subtotalAmount)), money(cost.totalAmount)),
  );
}

/** What a gateway is asked for: what gift cards leave of the total. */
export const toPay = ({ cost }) => cost.checkoutChargeAmount;

/** Draws the cart into the summary and what is to pay onto the button. */
export function drawCart(cart) {
  byId('lines').replaceChildren(...cart.lines.nodes.map((each) => line(each, cart.problems)));
  const { subtotalAmount, taxAmount, taxIncludedAmount, taxesEstimated, totalAmount } = cart.cost;
  const discounts = [cart, ...cart.lines.nodes].flatMap(({ discountAllocations }) => discountAllocations);
  const deliveries = cart.deliveryGroups.nodes.map(({ selectedDeliveryOption }) => selectedDeliveryOption).filter(Boolean);
  const rest = toPay(cart);
  drawCosts(byId('costs'), {
    subtotal: subtotalAmount,
    discount: sum(discounts.map(({ discountedAmount }) => discountedAmount)),
    shipping: sum(deliveries.map(({ estimatedCost }) => estimatedCost)),
    tax: taxAmount,
    taxIncluded: taxIncludedAmount,
    taxEstimated: taxesEstimated,
    total: totalAmount,
    takenOff: cart.appliedGiftCards.map(({ lastCharacters, amountUsed }) => [`Gift card …${lastCharacters}`, amountUsed]),
    rest: ['To pay', rest],
  });
  byId('payment').hidden = !isSomething(rest);
  byId('pay').textContent = isSomething(rest) ? `Pay ${money(rest)}` : 'Place the order';
}
