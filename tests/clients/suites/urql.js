// Owns the suite of urql's normalised cache (graphcache), which knows the whole schema by introspection of schema.graphql.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createClient, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { createClient as createSocket } from 'graphql-ws';
import WebSocket from 'ws';
import { orderPaidLate, variantsInStock } from '../demo.js';
import { Suite } from '../suite.js';
import { BROWSE, CART, CART_CREATE, CART_LINES_ADD, CART_LINES_REMOVE, PRODUCT, PRODUCTS, clashes } from '../cache_queries.js';

export default async function run(shop) {
  const suite = new Suite('the cache keeps entities apart', '@urql/exchange-graphcache');
  const text = readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8');
  const schema = introspectionFromSchema(buildSchema(text, { assumeValid: true }), { descriptions: false });
  const complaints = [];
  const entities = [];
  const connect = ({ resolvers = {}, exchanges = [] } = {}) =>
    createClient({
      url: shop.graphql,
      preferGetMethod: false,
      exchanges: [
        cacheExchange({
          schema,
          resolvers,
          logger: (severity, message) => severity !== 'debug' && complaints.push(`${severity}: ${message}`),
          keys: withoutIds(schema),
        }),
        ...exchanges,
        fetchExchange,
      ],
    });
  const client = connect();
  const ask = async (query, variables, on = client, requestPolicy = 'cache-first') => {
    const { data, error } = await on.query(query, variables, { requestPolicy }).toPromise();
    assert.equal(error, undefined, error?.message);
    collect(data, entities);
    return data;
  };
  const change = async (mutation, variables) => {
    const { data, error } = await client.mutation(mutation, variables).toPromise();
    assert.equal(error, undefined, error?.message);
    return data;
  };
  const cached = (query, variables) => ask(query, variables, client, 'cache-only');
  const [first, second] = await variantsInStock(shop, 2);

  await suite.check('one id is one entity, whichever query it came by', async () => {
    await ask(BROWSE, { first: 5 });
    await ask(PRODUCT, { handle: first.product.handle });
    const { product } = await cached(PRODUCT, { handle: first.product.handle });
    assert.equal(product.title, first.product.title);
  });
  await suite.check('types do not clash: no id names two things', async () => {
    assert.ok(entities.length > 10);
    assert.deepEqual(clashes(entities), []);
  });
  await suite.check('what the cache holds is what the server sent', async () => {
    await ask(BROWSE, { first: 20 });
    const { products } = await cached(BROWSE, { first: 20 });
    const sent = await shop.ask(BROWSE, { first: 20 });
    const priceOf = ({ handle, priceRange }) => `${handle} ${priceRange.minVariantPrice.amount} ${priceRange.maxVariantPrice.amount}`;
    assert.deepEqual(products.nodes.map(priceOf), sent.products.nodes.map(priceOf));
  });
  await suite.check('relayPagination: pages grow into one list', async () => {
    const paging = connect({ resolvers: { Query: { products: relayPagination() } } });
    let { products } = await ask(PRODUCTS, { first: 4 }, paging);
    for (let page = 1; page < 3; page += 1) {
      ({ products } = await ask(PRODUCTS, { first: 4, after: products.pageInfo.endCursor }, paging));
    }
    assert.equal(products.edges.length, 12);
    assert.equal(new Set(products.edges.map(({ node }) => node.id)).size, 12);
  });
  await suite.check('a mutation changes the cart in the cache', async () => {
    const { cartCreate } = await change(CART_CREATE, { input: { lines: [{ merchandiseId: first.id }] } });
    const { id } = cartCreate.cart;
    await ask(CART, { id });
    await change(CART_LINES_ADD, { cartId: id, lines: [{ merchandiseId: second.id, quantity: 2 }] });
    const { cart: grown } = await cached(CART, { id });
    assert.equal(grown.totalQuantity, 3);
    assert.equal(grown.lines.nodes.length, 2);
    const line = grown.lines.nodes.find(({ merchandise }) => merchandise.id === first.id);
    await change(CART_LINES_REMOVE, { cartId: id, lineIds: [line.id] });
    const { cart: shrunk } = await cached(CART, { id });
    assert.deepEqual(shrunk.lines.nodes.map(({ merchandise }) => merchandise.id), [second.id]);
  });
  await suite.check('two carts with the same thing in them stay two', async () => {
    const carts = [];
    for (const quantity of [1, 2]) {
      const { cartCreate } = await change(CART_CREATE, { input: { lines: [{ merchandiseId: second.id, quantity }] } });
      await ask(CART, { id: cartCreate.cart.id });
      carts.push(cartCreate.cart.id);
    }
    const quantities = [];
    for (const id of carts) quantities.push((await cached(CART, { id })).cart.lines.nodes[0].quantity);
    assert.deepEqual(quantities, [1, 2]);
  });
  await suite.check('a subscription changes the order in the cache', async () => {
    const order = await orderPaidLate(shop);
    const socket = createSocket({ url: shop.socket, webSocketImpl: WebSocket, connectionParams: { orderAccessToken: order.token } });
    const live = createClient({
      url: shop.graphql,
      preferGetMethod: false,
      fetchOptions: { headers: { 'X-Order-Access-Token': order.token } },
      exchanges: [
        cacheExchange({ schema, keys: withoutIds(schema), logger: () => undefined }),
        subscriptionExchange({
          forwardSubscription: ({ query, variables }) => ({
            subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
          }),
        }),
        fetchExchange,
      ],
    });
    const query = 'query Order($id: ID!) { order(id: $id) { __typename id number financialStatus } }';
    const before = await ask(query, { id: order.id }, live);
    assert.notEqual(before.order.financialStatus, 'PAID');
    await new Promise((resolve, reject) => {
      const { unsubscribe } = live
        .subscription('subscription Watch($id: ID!) { orderUpdated(id: $id) { order { __typename id financialStatus } } }', { id: order.id })
        .subscribe(({ data, error }) => {
          if (error) reject(error);
          if (data?.orderUpdated.order.financialStatus !== 'PAID') return;
          setTimeout(() => unsubscribe());
          resolve();
        });
    });
    const after = await ask(query, { id: order.id }, live, 'cache-only');
    assert.equal(after.order.financialStatus, 'PAID');
    await socket.dispose();
  });
  await suite.check('the cache has nothing to complain about', async () => {
    assert.deepEqual([...new Set(complaints)], []);
  });
  return [suite];
}

/** Types without an id are parts of what holds them; graphcache wants to be told so. */
function withoutIds(schema) {
  const parts = schema.__schema.types.filter(
    (type) => type.kind === 'OBJECT' && !type.name.startsWith('__') && !type.fields.some(({ name }) => name === 'id'),
  );
  return Object.fromEntries(parts.map(({ name }) => [name, () => null]));
}

function collect(value, found) {
  if (value === null || typeof value !== 'object') return;
  if (typeof value.id === 'string' && value.__typename) found.push({ id: value.id, __typename: value.__typename });
  for (const part of Object.values(value)) collect(part, found);
}
