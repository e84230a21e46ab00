// Owns the cart in the page: read by its id, changed by the server, with what the server had to say about each change.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
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
  /** Why there is no cart, when it could not be read: nobody knows what is in it. */
  error: CombinedError | undefined;
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
  const [{ fetching, operation, ...result }, read] = useQuery({
    query: CartDocument, variables: { id: id ?? '' }, pause: !id, requestPolicy: 'cache-and-network',
  });
  // Until the first answer about another cart the result is the former one's.
  const { data, error } = id && operation?.variables.id === id ? result : {};
  const [busy, setBusy] = useState(false);
  const [notices, setNotices] = useState<string[]>([]);
  const [reasons, setReasons] = useState<Record<string, string>>({});
  // The newest cart that a change or a read answered with: a read that fails does not take it away, nor does one that set out
  // before a change and came back after it.
  const [answered, setAnswered] = useState<CartFieldsFragment | null>(null);
  // A cart that was ordered and paid, or is too old, is null: the next thing goes into a new one.
  const gone = Boolean(data && !data.cart && !fetching && !error);
  const known = data?.cart ?? null;
  const kept = answered && answered.id === id && !gone ? answered : null;
  const cart = known && kept && kept.version > known.version ? kept : (known ?? kept);

  useEffect(() => setAnswered((before) => cart ?? before), [cart]);
  useEffect(() => {
    if (gone) cartId.set(null);
  }, [gone]);

  // One change after the other: what is pressed while one is on its way is done after it.
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  const inTurn = useCallback(<T,>(change: () => Promise<T>): Promise<T> => {
    waiting.current += 1;
    setBusy(true);
    const done = line.current.then(change).finally(() => {
      waiting.current -= 1;
      setBusy(waiting.current > 0);
    });
    line.current = done.catch(() => undefined);
    return done;
  }, []);

  const clearNotices = useCallback(() => setNotices([]), []);
  const refresh = useCallback(() => read({ requestPolicy: 'network-only' }), [read]);

  const settle = useCallback((payload: Payload | null | undefined, failure: CombinedError | undefined): boolean => {
    const said = failure ? [plain(failure)] : [...(payload?.userErrors ?? []), ...(payload?.warnings ?? [])].map(({ message }) => message);
    setNotices(said);
    if (payload?.cart) {
      cartId.set(payload.cart.id);
      setAnswered(payload.cart);
    } else if (payload) {
      refresh();
    }
    return said.length === 0;
  }, [refresh]);

  const value = useMemo<CartContext>(() => {
    const current = () => cartId.get() ?? '';
    return {
      cart,
      loading: Boolean(id) && !cart && !gone && !error,
      error: cart ? undefined : error,
      busy, notices, clearNotices, refresh, reasons,
      add: (merchandiseId, quantity) => inTurn(async () => {
        const lines = [{ merchandiseId, quantity }];
        if (current()) {
          const { data: answer, error: failure } = await client.mutation(CartLinesAddDocument, { cartId: current(), lines });
          // A cart that was paid elsewhere is gone, although nobody here has noticed.
          const lost = answer?.cartLinesAdd?.userErrors.some(({ code, field }) => code === 'INVALID' && field?.at(-1) === 'cartId');
          if (!lost) return settle(answer?.cartLinesAdd, failure);
        }
        const { data: answer, error: failure } = await client.mutation(CartCreateDocument, { lines });
        return settle(answer?.cartCreate, failure);
      }),
      update: (lineId, quantity) => inTurn(async () => {
        const { data: answer, error: failure } = await client.mutation(CartLinesUpdateDocument, {
          cartId: current(), lines: [{ id: lineId, quantity }],
        });
        return settle(answer?.cartLinesUpdate, failure);
      }),
      remove: (lineId) => inTurn(async () => {
        const { data: answer, error: failure } = await client.mutation(CartLinesRemoveDocument, { cartId: current(), lineIds: [lineId] });
        return settle(answer?.cartLinesRemove, failure);
      }),
      setCodes: (codes) => inTurn(async () => {
        setNotices([]);
        const { data: answer, error: failure } = await client.mutation(CartDiscountCodesUpdateDocument, { cartId: current(), codes });
        const payload = answer?.cartDiscountCodesUpdate;
        if (!payload?.cart) {
          if (payload) refresh();
          return failure ? plain(failure) : payload?.userErrors[0]?.message;
        }
        setAnswered(payload.cart);
        // The warnings come in the order of the codes that do not apply.
        const refused = payload.cart.discountCodes.filter(({ applicable }) => !applicable);
        const said = payload.warnings.filter(({ code }) => code.startsWith('DISCOUNT_'));
        setReasons(Object.fromEntries(refused.map(({ code }, index) => [code, said[index]?.message ?? ''])));
        return undefined;
      }),
    };
  }, [client, id, cart, gone, error, busy, notices, clearNotices, refresh, inTurn, settle, reasons]);

  return <Context.Provider value={value}>{children}</Context.Provider>;
}
