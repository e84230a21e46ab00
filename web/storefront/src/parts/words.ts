// Owns how amounts, times, ids and statuses are told to people.
import type { MoneyFragment, OrderFieldsFragment } from '../gql/graphql';

export function money({ amount, currencyCode }: MoneyFragment): string {
  const style = { style: 'currency', currency: currencyCode } as const;
  const usual = new Intl.NumberFormat(undefined, style);
  // By ISO 4217, as the shop counts, some currencies have more decimals than browsers show: none is hidden.
  const own = /\.(\d*[1-9])/.exec(amount)?.[1]?.length ?? 0;
  const enough = own <= (usual.resolvedOptions().maximumFractionDigits ?? 0);
  const format = enough ? usual : new Intl.NumberFormat(undefined, { ...style, minimumFractionDigits: own, maximumFractionDigits: own });
  return format.format(amount as `${number}`);
}

/** What the server says in passing, as a sentence of its own. */
export const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

export const moment = (time: string) => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));
export const day = (time: string) => new Intl.DateTimeFormat(undefined, { dateStyle: 'long' }).format(new Date(time));

/** The part of an id that goes into an address: ids are opaque, and any authority before the last segment is taken. */
export const lastSegment = (id: string) => id.split('/').at(-1)!;
export const orderId = (segment: string) => `gid://cartwright/Order/${segment}`;

/** A link from outside, only when it really is one. */
export function webAddress(text: string | null | undefined): string | undefined {
  try {
    const address = new URL(text ?? '');
    return /^https?:$/.test(address.protocol) ? address.href : undefined;
  } catch {
    return undefined;
  }
}

type Statuses = Pick<OrderFieldsFragment, 'status' | 'financialStatus' | 'fulfillmentStatus'>;

/** One sentence for where an order stands. */
export function headline({ status, financialStatus, fulfillmentStatus }: Statuses): string {
  if (status === 'CANCELED') return financialStatus === 'REFUNDED' ? 'Canceled, and your money went back' : 'Canceled';
  if (fulfillmentStatus === 'DELIVERED') return 'It has arrived';
  if (fulfillmentStatus === 'FULFILLED') return 'On its way to you';
  if (fulfillmentStatus === 'PARTIALLY_FULFILLED') return 'Part of it is on its way';
  if (status === 'PENDING_PAYMENT') return 'Waiting for your payment';
  if (financialStatus === 'PARTIALLY_PAID') return 'A part is still to be paid';
  return 'Paid, and being packed';
}

/** How far an order is along the ordinary way: placed, paid, shipped, delivered. */
export function progress({ status, financialStatus, fulfillmentStatus }: Statuses): number {
  if (fulfillmentStatus === 'DELIVERED') return 3;
  if (fulfillmentStatus === 'FULFILLED' || fulfillmentStatus === 'PARTIALLY_FULFILLED') return 2;
  return status === 'PENDING_PAYMENT' || financialStatus === 'PARTIALLY_PAID' ? 0 : 1;
}
