// Owns the cart in the page: read by its id, changed by the server, with what the server had to say about each change.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { type CombinedError, useClient, useQuery } from 'urql';
import {
  CartCreateDocument, CartDiscountCodesUpdateDocument, CartDocument, type CartFieldsFragment, CartLinesAddDocument, CartLinesRemoveDocument, CartLinesUpdateDocument,
} from '../gql/graphql';
import { plain } from './client';
import { cartId } from './keep';

interface Payload {
  cart?: CartFieldsFragment | null;
  userErrors: { message: string }[];
  warnings: { message: string }[];
}

interface CartContext {
  cart: CartFieldsFragment | null;
  loading: boolean;
  busy: boolean;
  /** What the last change could not do as asked. */
  notices: string[];
  clearNotices(): void;
  refresh(): void;
  /** True when it went into the cart as asked. */
  add(merchandiseId: string, quantity: number): Promise<boolean>;
  update(lineId: string, quantity: number): Promise<boolean>;
  remove(lineId: string): Promise<boolean>;
  /** Says why a code that the cart has takes nothing off; undefined when it does, or when the server did not say. */
  reasons: Record<string, string>;
  /** All discount codes, in place of those it has. Gives what went wrong, if the codes could not be changed at all. */
  setCodes(codes: string[]): Promise<string | undefined>;
}

const Context = createContext<CartContext | null>(null);

export function useCart(): CartContext {
  const value = useContext(Context);
  if (!value) throw new Error('useCart stands outside of CartProvider');
  return value;
}

export function CartProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const id = cartId.use();
  const [{ data, fetching, error }, read] = useQuery({
    query: CartDocument, variables: { id: id ?? '' }, pause: !id, requestPolicy: 'cache-and-network',
  });
  const [busy, setBusy] = useState(false);
  const [notices, setNotices] = useState<string[]>([]);
  const [reasons, setReasons] = useState<Record<string, string>>({});
  // A read that set out before a change may come back after it: the cart that the change answered with is newer then.
  const [answered, setAnswered] = useState<CartFieldsFragment | null>(null);
  const known = (id && data?.cart) || null;
  const cart = known && answered?.id === known.id && answered.version > known.version ? answered : known;

  // A cart that was ordered and paid, or is too old, is null: the next thing goes into a new one.
  const gone = Boolean(id && data && !data.cart && !fetching && !error);
  useEffect(() => {
    if (gone) cartId.set(null);
  }, [gone]);

  const settle = useCallback((payload: Payload | null | undefined, failure: CombinedError | undefined): boolean => {
    const said = failure ? [plain(failure)] : [...(payload?.userErrors ?? []), ...(payload?.warnings ?? [])].map(({ message }) => message);
    setNotices(said);
    setBusy(false);
    if (payload?.cart) {
      cartId.set(payload.cart.id);
      setAnswered(payload.cart);
    }
    return said.length === 0;
  }, []);

  const clearNotices = useCallback(() => setNotices([]), []);
  const refresh = useCallback(() => read({ requestPolicy: 'network-only' }), [read]);

  const value = useMemo<CartContext>(() => {
    const current = id ?? '';
    return {
      cart,
      loading: Boolean(id) && fetching && !data,
      busy, notices, clearNotices, refresh, reasons,
      async add(merchandiseId, quantity) {
        setBusy(true);
        const lines = [{ merchandiseId, quantity }];
        if (current && !gone) {
          const { data: answer, error: failure } = await client.mutation(CartLinesAddDocument, { cartId: current, lines });
          return settle(answer?.cartLinesAdd, failure);
        }
        const { data: answer, error: failure } = await client.mutation(CartCreateDocument, { lines });
        return settle(answer?.cartCreate, failure);
      },
      async update(lineId, quantity) {
        setBusy(true);
        const { data: answer, error: failure } = await client.mutation(CartLinesUpdateDocument, {
          cartId: current, lines: [{ id: lineId, quantity }],
        });
        return settle(answer?.cartLinesUpdate, failure);
      },
      async remove(lineId) {
        setBusy(true);
        const { data: answer, error: failure } = await client.mutation(CartLinesRemoveDocument, { cartId: current, lineIds: [lineId] });
        return settle(answer?.cartLinesRemove, failure);
      },
      async setCodes(codes) {
        setBusy(true);
        setNotices([]);
        const { data: answer, error: failure } = await client.mutation(CartDiscountCodesUpdateDocument, { cartId: current, codes });
        setBusy(false);
        const payload = answer?.cartDiscountCodesUpdate;
        if (!payload?.cart) return failure ? plain(failure) : payload?.userErrors[0]?.message;
        setAnswered(payload.cart);
        // The warnings come in the order of the codes that do not apply.
        const refused = payload.cart.discountCodes.filter(({ applicable }) => !applicable);
        const said = payload.warnings.filter(({ code }) => code.startsWith('DISCOUNT_'));
        setReasons(Object.fromEntries(refused.map(({ code }, index) => [code, said[index]?.message ?? ''])));
        return undefined;
      },
    };
  }, [client, id, cart, data, fetching, gone, busy, notices, clearNotices, refresh, settle, reasons]);

  return <Context.Provider value={value}>{children}</Context.Provider>;
}
