// Owns where the cart goes and how it gets there: the server is told the place as the form knows it and the choice as it is made,
// one after the other, so that the last answer is the newest cart.
import { useCallback, useMemo, useRef, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import {
  type CartDeliveryAddressInput, CartDeliveryAddressesReplaceDocument, type CartFieldsFragment, CartSelectedDeliveryOptionsUpdateDocument,
} from '../gql/graphql';
import type { UserError } from '../parts/Field';
import { plain } from './client';

/** What of an address decides how it is delivered to, and taxed. */
export type Place = Pick<CartDeliveryAddressInput, 'countryCode' | 'provinceCode' | 'zip'>;

/** What came of telling the server. */
interface Told {
  cart?: CartFieldsFragment | null | undefined;
  /** What is wrong with the place, by field. */
  refusals: UserError[];
  /** What the server had to say beside that. */
  notices: string[];
  /** Nobody knows whether it was done. */
  failure?: string;
}

export interface Delivery extends Told {
  /** The newest cart that is known here. */
  cart: CartFieldsFragment;
  busy: boolean;
  /** The option that was chosen and is not answered yet, by the group's place in the list. */
  wanted: Record<number, string>;
  /** Nothing is sent when the server knows the place. */
  goTo(place: Place): void;
  choose(place: number, handle: string): void;
  /** Tells the server the last thing once more. */
  again(): void;
  /** Waits for what is on its way; undefined when nothing is. */
  settled(): Promise<Told> | undefined;
}

interface Payload {
  cart?: CartFieldsFragment | null;
  userErrors: UserError[];
  warnings: { message: string }[];
}

/** Where the cart goes, as far as it knows. */
export function placeOf(cart: CartFieldsFragment): Place {
  const { countryCode, provinceCode, zip } = cart.delivery.addresses[0]?.address ?? {};
  return { countryCode, provinceCode, zip } as Place;
}

const keyOf = ({ countryCode, provinceCode, zip }: Place) => [countryCode, provinceCode, zip].map((part) => part ?? '').join('|');

function told(payload: Payload | null | undefined, error: CombinedError | undefined): Told {
  if (!payload) return { refusals: [], notices: [], failure: error ? plain(error) : 'No answer came.' };
  return { cart: payload.cart, refusals: payload.userErrors, notices: payload.warnings.map(({ message }) => message) };
}

export function useDelivery(cart: CartFieldsFragment): Delivery {
  const client = useClient();
  const cartId = cart.id;
  const line = useRef<Promise<Told>>(Promise.resolve({ refusals: [], notices: [] }));
  const waiting = useRef(0);
  const last = useRef<() => Promise<Told>>(undefined);
  const asked = useRef(keyOf(placeOf(cart)));
  const [busy, setBusy] = useState(false);
  const [wanted, setWanted] = useState<Record<number, string>>({});
  const [said, setSaid] = useState<Told>({ refusals: [], notices: [] });
  // The page reads the cart again after a change: until then the answer is newer.
  const newest = useRef(cart);
  if (cart.id !== newest.current.id || cart.version >= newest.current.version) newest.current = cart;

  const send = useCallback((work: () => Promise<Told>) => {
    last.current = work;
    waiting.current += 1;
    setBusy(true);
    line.current = line.current.then(work).then((answer) => {
      waiting.current -= 1;
      if (answer.cart) newest.current = answer.cart;
      setSaid(answer);
      if (waiting.current === 0) {
        setBusy(false);
        setWanted({});
      }
      return answer;
    });
  }, []);

  const actions = useMemo(() => {
    const replace = async (deliveryAddress: Place) => {
      const addresses = [{ address: { deliveryAddress }, selected: true }];
      const { data, error } = await client.mutation(CartDeliveryAddressesReplaceDocument, { cartId, addresses });
      return told(data?.cartDeliveryAddressesReplace, error);
    };
    return {
      goTo(place: Place) {
        const key = keyOf(place);
        if (key === asked.current) return;
        asked.current = key;
        send(async () => {
          let answer = await replace(place);
          // A postal code that is none of its country does not hide the ways to that country.
          if (answer.refusals.length > 0) answer = { ...(await replace({ countryCode: place.countryCode })), refusals: answer.refusals };
          asked.current = answer.failure ? '' : key;
          return answer;
        });
      },
      choose(place: number, deliveryOptionHandle: string) {
        setWanted((before) => ({ ...before, [place]: deliveryOptionHandle }));
        send(async () => {
          // Its id is another one when the place changed meanwhile.
          const group = newest.current.deliveryGroups.nodes[place];
          if (!group) return { cart: newest.current, refusals: [], notices: [] };
          const options = [{ deliveryGroupId: group.id, deliveryOptionHandle }];
          const { data, error } = await client.mutation(CartSelectedDeliveryOptionsUpdateDocument, { cartId, options });
          const { refusals, ...answer } = told(data?.cartSelectedDeliveryOptionsUpdate, error);
          // They concern no field: whoever was slower than the shop reads them.
          return { ...answer, refusals: [], notices: [...refusals.map(({ message }) => message), ...answer.notices] };
        });
      },
      again: () => last.current && send(last.current),
      settled: () => (waiting.current > 0 ? line.current : undefined),
    };
  }, [client, cartId, send]);

  return { ...said, ...actions, cart: newest.current, busy, wanted };
}
