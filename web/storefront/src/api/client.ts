// Owns the urql client: one for each signed-in customer, so that nobody reads what another left in the cache.
import { cacheExchange, Client, type CombinedError, fetchExchange } from '@urql/core';
import { authExchange } from '@urql/exchange-auth';
import { endpoint } from './endpoint';
import { orderTokens } from './keep';
import { freshAccessToken, isStale, session } from './session';

export function makeClient(): Client {
  return new Client({
    url: endpoint,
    preferGetMethod: false,
    exchanges: [
      cacheExchange,
      authExchange(async (utils) => ({
        addAuthToOperation(operation) {
          const token = session.get()?.accessToken;
          return token ? utils.appendHeaders(operation, { Authorization: `Bearer ${token}` }) : operation;
        },
        willAuthError: () => {
          const now = session.get();
          return now !== null && isStale(now);
        },
        didAuthError: (error) => hasCode(error, 'UNAUTHENTICATED') && session.get() !== null,
        // Either a new token, or the session is over and the operation goes on as a guest.
        async refreshAuth() {
          const now = session.get();
          if (now) await freshAccessToken(now.accessToken);
        },
      })),
      fetchExchange,
    ],
  });
}

/** The context of an operation on an order: a guest shows the order's own token. */
export function asBuyerOf(orderId: string) {
  const token = orderTokens.get()?.[orderId];
  return token ? { fetchOptions: { headers: { 'X-Order-Access-Token': token } } } : {};
}

export const hasCode = (error: CombinedError | undefined, ...codes: string[]) =>
  Boolean(error?.graphQLErrors.some(({ extensions }) => codes.includes(String(extensions.code))));

/** What a shopper may read about an error. */
export function plain(error: CombinedError): string {
  if (error.networkError) return 'The shop cannot be reached just now. Check your connection and try again.';
  if (hasCode(error, 'SERVICE_UNAVAILABLE', 'REQUEST_TIMEOUT', 'RATE_LIMITED', 'IDEMPOTENCY_IN_PROGRESS')) return 'The shop is busy just now. Please try again in a moment.';
  if (hasCode(error, 'BAD_USER_INPUT', 'VERSION_CONFLICT')) return error.graphQLErrors[0]!.message;
  return 'Something went wrong on our side. Please try again.';
}
