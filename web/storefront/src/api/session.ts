// Owns the customer's sign-in: two tokens, renewed before they run out, once at a time over all tabs.
import { stringifyDocument } from '@urql/core';
import { RenewDocument, type RenewMutation } from '../gql/graphql';
import { endpoint } from './endpoint';
import { kept } from './keep';

export interface Session {
  accessToken: string;
  refreshToken: string;
  expiresAt: string;
}

export const session = kept<Session>('session');

const MARGIN_MS = 30_000;
export const isStale = ({ expiresAt }: Session) => Date.parse(expiresAt) - Date.now() < MARGIN_MS;

/**
 * An access token that is good for a while, or null for a guest. A refresh token is good for one exchange, and using it twice
 * ends the sign-in: hence the lock, and the second look inside it.
 */
export async function freshAccessToken(refused?: string): Promise<string | null> {
  const usable = () => {
    const now = session.get();
    return !now || (now.accessToken !== refused && !isStale(now)) ? (now?.accessToken ?? null) : undefined;
  };
  const token = usable();
  if (token !== undefined) return token;
  const renewOnce = async () => {
    const renewed = usable();
    return renewed !== undefined ? renewed : renew(session.get()!);
  };
  // Locks exist only where the page came over HTTPS or from this machine.
  return navigator.locks ? navigator.locks.request('storefront.renew', renewOnce) : renewOnce();
}

async function renew({ refreshToken }: Session): Promise<string | null> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: stringifyDocument(RenewDocument), variables: { refreshToken } }),
  });
  const { data } = (await answer.json()) as { data?: RenewMutation };
  const payload = data?.customerAccessTokenRenew;
  // No clear answer is not a refusal: the sign-in stays, and the caller sees an error.
  if (!payload) throw new Error('The sign-in could not be renewed just now.');
  session.set(payload.customerAccessToken ?? null);
  return payload.customerAccessToken?.accessToken ?? null;
}
