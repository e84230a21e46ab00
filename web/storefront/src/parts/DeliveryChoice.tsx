// Owns the choice of delivery: the ways there are, what each costs, and in words what is wrong with the one that was chosen.
import { type Delivery, placeOf } from '../api/delivery';
import type { CartFieldsFragment } from '../gql/graphql';
import { money, sentence } from './words';

type Option = CartFieldsFragment['deliveryGroups']['nodes'][number]['deliveryOptions'][number];

const priceOf = ({ estimatedCost }: Option) => (Number(estimatedCost.amount) === 0 ? 'Free' : money(estimatedCost));

/** Whether everything of the cart is collected. */
export function isCollected({ deliveryGroups }: CartFieldsFragment): boolean {
  const { nodes } = deliveryGroups;
  return nodes.length > 0 && nodes.every(({ selectedDeliveryOption }) => selectedDeliveryOption?.deliveryMethodType === 'PICK_UP');
}

/** Shows nothing while there is nothing to choose: a shop without rules of delivery, or goods that need none. */
export function DeliveryChoice({ delivery, inert }: { delivery: Delivery; inert: boolean }) {
  const { cart, busy, wanted, notices, failure } = delivery;
  // Before the cart knows a country, it could be collected only: that is no choice.
  const groups = placeOf(cart).countryCode ? cart.deliveryGroups.nodes : [];
  const problems = cart.problems.filter(({ code }) => code.startsWith('DELIVERY_'));
  const said = [...problems.map(({ message }) => message), ...notices].map(sentence);
  return (
    <>
      {groups.map((group, index) => group.deliveryOptions.length > 0 && (
        // The id of a group changes with the address: by its place in the list the choice stays the same, and keeps the focus.
        <fieldset key={index} className="methods" aria-busy={busy} inert={inert}>
          <legend>{groups.length > 1 ? `How shall part ${index + 1} come?` : 'How shall it come?'}</legend>
          {group.deliveryOptions.map((option) => {
            const { handle, title, description, pickupLocation } = option;
            return (
              <label key={handle} className="method">
                <input
                  type="radio" name={`delivery-${index}`} value={handle} required
                  checked={handle === (wanted[index] ?? group.selectedDeliveryOption?.handle)}
                  onChange={() => delivery.choose(index, handle)}
                />
                <span className="method-title">{title} <span className="method-cost">{priceOf(option)}</span></span>
                <span className="soft small">
                  {[description, pickupLocation && `Collect it at ${pickupLocation.address.formatted.join(', ')}.`].filter(Boolean).join(' ')}
                </span>
              </label>
            );
          })}
        </fieldset>
      ))}
      <div role="status" className="delivery-said">
        {busy && <p className="soft small">Asking what delivery costs…</p>}
        {!busy && said.map((text) => <p key={text} className="refusal">{text}</p>)}
        {!busy && failure && (
          <p className="refusal">{failure} {!inert && <button type="button" className="link" onClick={() => delivery.again()}>Try again</button>}</p>
        )}
      </div>
    </>
  );
}
