// Owns the order that moves: one subscription over graphql-ws that comes back after a cut with the last cursor it saw, so that
// it misses nothing and shows nothing twice.
import { stringifyDocument } from '@urql/core';
import { createClient } from 'graphql-ws';
import { OrderUpdatedDocument, type OrderUpdatedSubscription } from '../gql/graphql';
import { liveEndpoint } from './endpoint';
import { orderTokens } from './keep';
import { freshAccessToken, session } from './session';

export type Line = 'connecting' | 'live' | 'lost' | 'ended';
export type OrderUpdate = OrderUpdatedSubscription['orderUpdated'];

const QUIET_MS = 15_000;
const FINAL_CLOSES = [4400, 4401, 4403, 4406, 4409, 4429];
// A customer's access token ran out while the line was open: another one leads in again.
const TOKEN_CLOSES = [4401, 4403];
const PASSING_ERRORS = ['SERVICE_UNAVAILABLE', 'REQUEST_TIMEOUT', 'INTERNAL_SERVER_ERROR', 'RATE_LIMITED', 'CURSOR_EXPIRED'];

/** Watches an order until the returned function is called. */
export function watchOrder(id: string, onUpdate: (update: OrderUpdate) => void, onLine: (line: Line) => void): () => void {
  let cursor: string | undefined;
  let attempts = 0;
  // The access token that the line was opened with, and the one that is not valid any more.
  let shown: string | undefined;
  let refused: string | undefined;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hangUp = () => {};

  async function connectionParams() {
    const orderAccessToken = orderTokens.get()?.[id];
    shown = undefined;
    if (orderAccessToken) return { orderAccessToken };
    shown = (await freshAccessToken(refused)) ?? undefined;
    return shown ? { Authorization: `Bearer ${shown}` } : {};
  }

  function comeBack() {
    hangUp();
    if (stopped) return;
    onLine('lost');
    clearTimeout(timer);
    timer = setTimeout(start, Math.min(15_000, 400 * 2 ** attempts++) * (0.75 + Math.random() / 2));
  }

  function start() {
    onLine('connecting');
    let over = false;
    let welcome = false;
    let silence: ReturnType<typeof setTimeout> | undefined;
    // The library would subscribe again with the first variables: coming back is ours, with the cursor.
    const client = createClient({
      url: liveEndpoint,
      retryAttempts: 0,
      keepAlive: QUIET_MS,
      connectionParams,
      on: {
        connected: () => {
          welcome = true;
          onLine('live');
        },
        // A line that does not answer a ping is dead, although nobody closed it.
        ping: (received) => {
          if (!received) silence = setTimeout(() => client.terminate(), QUIET_MS / 2);
        },
        pong: (received) => {
          if (received) clearTimeout(silence);
        },
      },
    });
    const ended = (after: () => void) => {
      clearTimeout(silence);
      if (over || stopped) return;
      over = true;
      after();
    };
    // The library closes the socket of a client that nobody listens to any more.
    let unsubscribe = () => {};
    hangUp = () => {
      over = true;
      clearTimeout(silence);
      unsubscribe();
    };
    unsubscribe = client.subscribe<OrderUpdatedSubscription>(
      { query: stringifyDocument(OrderUpdatedDocument), variables: { id, after: cursor } },
      {
        next({ data }) {
          if (!data) return;
          attempts = 0;
          cursor = data.orderUpdated.cursor;
          onUpdate(data.orderUpdated);
        },
        error: (reason) => ended(() => {
          // What came after it is not kept any more: the present state is asked for.
          if (codeOf(reason) === 'CURSOR_EXPIRED') cursor = undefined;
          if (welcome && shown && TOKEN_CLOSES.includes(closeOf(reason)) && session.get()) {
            refused = shown;
            return comeBack();
          }
          return isFinal(reason) ? onLine('ended') : comeBack();
        }),
        complete: () => ended(comeBack),
      },
    );
  }

  const wake = () => {
    clearTimeout(timer);
    hangUp();
    start();
  };
  window.addEventListener('online', wake);
  start();
  return () => {
    stopped = true;
    clearTimeout(timer);
    window.removeEventListener('online', wake);
    hangUp();
  };
}

/** The code of an error that the server answered with, if it is one. */
const codeOf = (reason: unknown) => (Array.isArray(reason) ? String((reason as { extensions?: { code?: string } }[])[0]?.extensions?.code) : undefined);
/** The code that the socket was closed with, if it was. */
const closeOf = (reason: unknown) => (reason as { code?: number } | undefined)?.code ?? 0;

function isFinal(reason: unknown): boolean {
  const code = codeOf(reason);
  return code !== undefined ? !PASSING_ERRORS.includes(code) : FINAL_CLOSES.includes(closeOf(reason));
}
