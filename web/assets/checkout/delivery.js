// Owns the choice of delivery: where the cart goes is told to the server as it is typed, and the ways to get there come back.
import { CART_DELIVERY_ADDRESSES_REPLACE, CART_SELECTED_DELIVERY_OPTIONS_UPDATE } from '../shared/documents.js';
import { byId, element } from '../shared/dom.js';
import { money, sentence } from '../shared/format.js';
import { readAddress } from './details.js';

// What of an address decides how it is delivered to.
const PLACE = ['countryCode', 'provinceCode', 'zip'];

function option(group, { handle, title, description, deliveryMethodType, estimatedCost, pickupLocation }, onChoose) {
  const where = pickupLocation && `Collect at ${pickupLocation.address.formatted.join(', ')}`;
  const free = Number(estimatedCost.amount) === 0;
  return element(
    'label',
    { class: 'outcome' },
    element('input', {
      type: 'radio',
      name: 'delivery',
      value: handle,
      checked: handle === group.selectedDeliveryOption?.handle,
      required: true,
      onchange: () => onChoose(handle),
    }),
    element('span', { class: 'outcome-title' }, `${title} · ${free ? 'free' : money(estimatedCost)}`),
    [description, deliveryMethodType === 'PICK_UP' && where].filter(Boolean).map((text) => element('span', { class: 'soft small' }, text)),
  );
}

/**
 * Keeps the cart's delivery and the form together. `onCart` gets the cart whenever the server quotes it anew. A cart without
 * delivery groups has nothing to choose: then nothing is shown or sent.
 */
export function createDelivery({ form, send, cart, onCart }) {
  let current = cart;
  let sent = JSON.stringify(cart.delivery.addresses[0] ? place(cart.delivery.addresses[0].address) : {});
  let work = Promise.resolve();
  // Why the last choice was not made, until the shopper has read it or chosen again.
  let missed = null;

  function place(values) {
    return Object.fromEntries(PLACE.map((name) => [name, (values[name] ?? '').trim()]).filter(([, value]) => value));
  }

  function draw() {
    const [group] = current.deliveryGroups.nodes;
    const options = group?.deliveryOptions ?? [];
    byId('delivery').hidden = !options.length;
    // The choice that has the focus is drawn anew: the focus goes to it again.
    const focused = byId('delivery-options').contains(document.activeElement) && document.activeElement.value;
    const said = missed && element('p', { class: 'field-error' }, missed);
    byId('delivery-options').replaceChildren(...options.map((each) => option(group, each, choose)), ...[said].filter(Boolean));
    for (const input of byId('delivery-options').querySelectorAll('input')) if (input.value === focused) input.focus({ preventScroll: true });
  }

  /** One change after the other, so that the cart that is drawn last is the newest. Gives the answer; it has a cart if it was made. */
  function change(document, mutation, variables) {
    work = work
      .then(() => send(document, variables()))
      .then((data) => {
        const payload = data[mutation];
        if (payload?.cart) onCart(payload.cart);
        return payload;
      });
    return work;
  }

  // What was chosen before counts on, and is drawn again: it is paid only after the shopper was told so.
  function keep(reason) {
    missed = `This delivery could not be chosen. ${reason}`;
    draw();
  }

  function choose(deliveryOptionHandle) {
    missed = null;
    work = change(CART_SELECTED_DELIVERY_OPTIONS_UPDATE, 'cartSelectedDeliveryOptionsUpdate', () => ({
      id: current.id,
      // The group has another id when its address changed meanwhile.
      options: [{ deliveryGroupId: current.deliveryGroups.nodes[0]?.id, deliveryOptionHandle }],
    }))
      .then((payload) => payload?.cart || keep((payload?.userErrors ?? []).map(({ message }) => sentence(message)).join(' ')))
      .catch((error) => keep(error.message));
  }

  /** Tells the server where the form says that the cart goes, unless it knows. */
  function settle() {
    if (!current.deliveryGroups.nodes.length) return work;
    const values = Object.fromEntries(PLACE.map((name) => [name, form.elements[name].value]));
    const address = place(values);
    if (JSON.stringify(address) === sent) return work;
    sent = JSON.stringify(address);
    const replace = (deliveryAddress) =>
      change(CART_DELIVERY_ADDRESSES_REPLACE, 'cartDeliveryAddressesReplace', () => ({
        id: current.id,
        addresses: [{ address: { deliveryAddress }, selected: true }],
      }));
    // What is wrong with the rest of the address is told when it is paid.
    return replace(readAddress(form)).then((payload) => payload?.cart || replace(address));
  }

  // The next change, or paying, asks again; a failure is told there.
  function lost() {
    sent = '';
    work = Promise.resolve();
  }

  for (const name of PLACE) form.elements[name].addEventListener('change', () => settle().catch(lost));
  draw();
  settle().catch(lost);
  return {
    /** Waits until the cart goes where the form says. Throws what stands in the way of paying, a choice that was not made once. */
    async settle() {
      let failure = await settle().then(() => null, (error) => (lost(), error));
      if (missed) failure = new Error(`${missed} Look at the delivery, then pay again.`);
      missed = null;
      if (failure) throw failure;
    },
    /** The cart changed, here or elsewhere. */
    show(changed) {
      current = changed;
      draw();
    },
  };
}
