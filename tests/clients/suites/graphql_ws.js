// Owns the suite that uses graphql-ws as the client: operations, subscriptions, and every close code of its protocol.
// What a well-behaved client never sends is sent through the client's own socket, so that the client sees the close.
import assert from 'node:assert/strict';
import { CloseCode, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { orderPaidLate } from '../demo.js';
import { Suite } from '../suite.js';

const WATCH = `subscription ($id: ID!, $after: String) { orderUpdated(id: $id, after: $after) {
  cursor event { type } order { id financialStatus } } }`;

const GAPS = {
  'a mutation': {
    reason: 'by design: mutations are taken by POST alone, where idempotency keys and statuses are',
    sees: /mutations are not run over a WebSocket/,
  },
};

export default async function run(shop) {
  const suite = new Suite('protocol', 'graphql-ws', GAPS);
  const clients = [];
  const connect = (options = {}) => {
    const client = createClient({ url: shop.socket, webSocketImpl: WebSocket, lazy: true, lazyCloseTimeout: 2000, retryAttempts: 0, ...options });
    clients.push(client);
    return client;
  };
  /** The close that a client sees after it did something: `act` gets the open socket. */
  const closeSeen = (act, options = {}) =>
    new Promise((resolve, reject) => {
      const { on = {}, ...rest } = options;
      const client = connect({
        lazy: false,
        onNonLazyError: () => undefined,
        ...rest,
        on: {
          opened: (socket) => act.opened?.(socket),
          connected: (socket) => act.connected?.(socket, client),
          closed: (event) => resolve(event),
          ...on,
        },
      });
      setTimeout(() => reject(new Error('the server did not close the socket within 20 seconds')), 20_000).unref();
    });

  await suite.check('a query', async () => {
    const results = await all(connect().iterate({ query: '{ shop { name } }' }));
    assert.ok(results.length === 1 && results[0].data.shop.name);
  });
  await suite.check('a mutation', async () => {
    const query = 'mutation { cartCreate(input: {}) { cart { id } userErrors { message } } }';
    const [result] = await all(connect().iterate({ query }));
    assert.match(result.data.cartCreate.cart.id, /^gid:/);
  });
  await suite.check('an invalid document is an error message, the socket stays', async () => {
    const client = connect();
    await assert.rejects(all(client.iterate({ query: '{ noSuchField }' })), (errors) => /noSuchField/.test(JSON.stringify(errors)));
    assert.equal((await all(client.iterate({ query: '{ shop { name } }' }))).length, 1);
  });
  await suite.check('many operations at once on one socket', async () => {
    const client = connect();
    const answers = await Promise.all(Array.from({ length: 20 }, () => all(client.iterate({ query: '{ shop { id } }' }))));
    assert.equal(new Set(answers.map(([{ data }]) => data.shop.id)).size, 1);
  });
  await suite.check('orderUpdated, from waiting to paid', async () => {
    const order = await orderPaidLate(shop);
    const client = connect({ connectionParams: { orderAccessToken: order.token } });
    const seen = [];
    for await (const { data, errors } of client.iterate({ query: WATCH, variables: { id: order.id } })) {
      assert.equal(errors, undefined, JSON.stringify(errors));
      seen.push(data.orderUpdated);
      if (data.orderUpdated.order.financialStatus === 'PAID') break;
    }
    assert.equal(seen[0].event, null);
    assert.ok(seen.length >= 2);
  });
  await suite.check('orderUpdated, taken up again after the last cursor', async () => {
    const order = await orderPaidLate(shop);
    const connectionParams = { orderAccessToken: order.token };
    const first = connect({ connectionParams });
    let cursor;
    for await (const { data } of first.iterate({ query: WATCH, variables: { id: order.id } })) {
      ({ cursor } = data.orderUpdated);
      break;
    }
    await first.dispose();
    const types = [];
    for await (const { data } of connect({ connectionParams }).iterate({ query: WATCH, variables: { id: order.id, after: cursor } })) {
      types.push(data.orderUpdated.event?.type);
      if (data.orderUpdated.order.financialStatus === 'PAID') break;
    }
    assert.ok(types.length > 0 && types.every((type) => typeof type === 'string'), JSON.stringify(types));
  });
  await suite.check('a subscription that is given up leaves the socket usable', async () => {
    const order = await orderPaidLate(shop);
    const client = connect({ connectionParams: { orderAccessToken: order.token } });
    for await (const { data } of client.iterate({ query: WATCH, variables: { id: order.id } })) {
      assert.equal(data.orderUpdated.order.id, order.id);
      break;
    }
    assert.equal((await all(client.iterate({ query: '{ shop { name } }' }))).length, 1);
  });
  await suite.check('ping is answered by pong', async () => {
    await new Promise((resolve, reject) => {
      connect({ lazy: false, keepAlive: 50, on: { pong: (received) => received && resolve(), error: reject } });
    });
  });

  await suite.check(`${CloseCode.BadRequest}: a message that is none`, async () => {
    const { code } = await closeSeen({ connected: (socket) => socket.send('{"type":"no such type"}') });
    assert.equal(code, CloseCode.BadRequest);
  });
  await suite.check(`${CloseCode.BadRequest}: no JSON`, async () => {
    const { code } = await closeSeen({ connected: (socket) => socket.send('hello') });
    assert.equal(code, CloseCode.BadRequest);
  });
  await suite.check(`${CloseCode.Unauthorized}: subscribe before the connection is acknowledged`, async () => {
    const { code } = await closeSeen(
      { opened: (socket) => socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ shop { name } }' } })) },
      // Its own init waits until the server has answered what came first.
      { connectionParams: () => new Promise((resolve) => setTimeout(resolve, 1000, {})) },
    );
    assert.equal(code, CloseCode.Unauthorized);
  });
  await suite.check(`${CloseCode.Forbidden}: a token that is not valid`, async () => {
    const { code } = await closeSeen({}, { connectionParams: { Authorization: 'Bearer not.a.token' } });
    assert.equal(code, CloseCode.Forbidden);
  });
  await suite.check(`${CloseCode.SubprotocolNotAcceptable}: another subprotocol`, async () => {
    const { code } = await closeSeen({}, { webSocketImpl: speaking('graphql-ws') });
    assert.equal(code, CloseCode.SubprotocolNotAcceptable);
  });
  await suite.check(`${CloseCode.SubprotocolNotAcceptable}: no subprotocol`, async () => {
    const { code } = await closeSeen({}, { webSocketImpl: speaking() });
    assert.equal(code, CloseCode.SubprotocolNotAcceptable);
  });
  await suite.check(`${CloseCode.ConnectionInitialisationTimeout}: no init`, async () => {
    const { code } = await closeSeen({}, { connectionParams: () => new Promise((resolve) => setTimeout(resolve, 15_000, {}).unref()) });
    assert.equal(code, CloseCode.ConnectionInitialisationTimeout);
  });
  await suite.check(`${CloseCode.SubscriberAlreadyExists}: an id in use`, async () => {
    const order = await orderPaidLate(shop);
    const message = JSON.stringify({ id: 'one', type: 'subscribe', payload: { query: WATCH, variables: { id: order.id } } });
    const { code } = await closeSeen(
      {
        connected: (socket) => {
          socket.send(message);
          socket.send(message);
        },
      },
      { connectionParams: { orderAccessToken: order.token } },
    );
    assert.equal(code, CloseCode.SubscriberAlreadyExists);
  });
  await suite.check(`${CloseCode.TooManyInitialisationRequests}: a second init`, async () => {
    const { code } = await closeSeen({ connected: (socket) => socket.send('{"type":"connection_init"}') });
    assert.equal(code, CloseCode.TooManyInitialisationRequests);
  });
  suite.notes.push(
    `${CloseCode.InternalServerError} (internal server error), ${CloseCode.InternalClientError} and ` +
      `${CloseCode.ConnectionAcknowledgementTimeout} are not provoked: the first would need a fault of the server, the other ` +
      'two are closes by the client itself.',
    `${CloseCode.BadResponse} (bad response) is a close by the client when the server breaks the protocol: it was never seen.`,
  );
  for (const client of clients) client.dispose();
  return [suite];
}

async function all(iterator) {
  const results = [];
  for await (const result of iterator) results.push(result);
  return results;
}

/** A socket that offers other subprotocols than the client asks for. */
function speaking(...protocols) {
  return class extends WebSocket {
    constructor(url) {
      super(url, protocols);
    }
  };
}
