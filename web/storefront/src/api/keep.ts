// Owns what this browser keeps between visits: small values under one prefix, with everybody told when one changes.
import { useSyncExternalStore } from 'react';
import { orderId } from '../parts/words';

const listeners = new Set<() => void>();
const parsed = new Map<string, { text: string | null; value: unknown }>();
window.addEventListener('storage', () => listeners.forEach((tell) => tell()));

export interface Kept<T> {
  get(): T | null;
  set(value: T | null): void;
  use(): T | null;
}

export function kept<T>(name: string): Kept<T> {
  const key = `storefront.${name}`;
  const get = () => {
    const text = localStorage.getItem(key);
    // The same text gives the same object, because React compares by identity.
    const before = parsed.get(key);
    if (before?.text === text) return before.value as T | null;
    let value: T | null = null;
    try {
      value = text === null ? null : (JSON.parse(text) as T);
    } catch {
      // Somebody else wrote it: as good as nothing.
    }
    parsed.set(key, { text, value });
    return value;
  };
  const set = (value: T | null) => {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    listeners.forEach((tell) => tell());
  };
  const subscribe = (tell: () => void) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  };
  return { get, set, use: () => useSyncExternalStore(subscribe, get) };
}

/** The cart's id. Whoever has it has the cart: it never goes into an address or a log. */
export const cartId = kept<string>('cart');

/** The keys of a guest's orders, by order id. */
export const orderTokens = kept<Record<string, string>>('orders');

/** The order of the last checkout: where the bank's page sends the shopper back to. */
export const lastOrder = kept<string>('last-order');

export function keepOrder(id: string, token: string | null | undefined): void {
  lastOrder.set(id);
  if (token) orderTokens.set({ ...orderTokens.get(), [id]: token });
}

/** A link in a mail brings a guest's key in its fragment: it is kept, and does not stay in the address. */
export function takeOrderToken(): void {
  const [, segment] = /^\/orders\/([^/]+)$/.exec(location.pathname) ?? [];
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (!segment || token === null) return;
  if (token) orderTokens.set({ ...orderTokens.get(), [orderId(segment)]: token });
  history.replaceState(history.state, '', location.pathname + location.search);
}
