// Owns the suite that uses graphql-sse's client, distinct connections mode, against the started server.
import assert from 'node:assert/strict';
import { createClient } from 'graphql-sse';
import { orderPaidLate } from '../demo.js';
import { Suite } from '../suite.js';

const WATCH = `subscription ($id: ID!, $after: String) { orderUpdated(id: $id, after: $after) {
  cursor event { type } order { id financialStatus } } }`;

export default async function run(shop) {
  const suite = new Suite('distinct connections', 'graphql-sse');
  const clients = [];
  const connect = (headers = {}) => {
    const client = createClient({ url: shop.graphql, singleConnection: false, headers, retryAttempts: 0 });
    clients.push(client);
    return client;
  };

  await suite.check('a query, one result and complete', async () => {
    const results = [];
    for await (const result of connect().iterate({ query: '{ shop { name } }' })) results.push(result);
    assert.equal(results.length, 1);
    assert.ok(results[0].data.shop.name);
  });
  await suite.check('a mutation', async () => {
    const results = [];
    const query = 'mutation { cartCreate(input: {}) { cart { id } userErrors { message } } }';
    for await (const result of connect().iterate({ query })) results.push(result);
    assert.match(results[0].data.cartCreate.cart.id, /^gid:/);
  });
  await suite.check('an invalid document is one result with the error, then complete', async () => {
    const results = [];
    for await (const result of connect().iterate({ query: '{ noSuchField }' })) results.push(result);
    assert.equal(results.length, 1);
    assert.match(results[0].errors[0].message, /noSuchField/);
    assert.equal(results[0].data, undefined);
  });
  await suite.check('a subscription that may not be opened is one result with the error, then complete', async () => {
    const variables = { id: 'gid://cartwright/Order/00000000-0000-7000-8000-000000000000' };
    const results = [];
    for await (const result of connect().iterate({ query: WATCH, variables })) results.push(result);
    assert.deepEqual(results.map(({ errors }) => errors[0].extensions.code), ['NOT_FOUND']);
  });
  await suite.check('orderUpdated, from waiting to paid', async () => {
    const order = await orderPaidLate(shop);
    const seen = [];
    for await (const { data, errors } of connect({ 'X-Order-Access-Token': order.token }).iterate({ query: WATCH, variables: { id: order.id } })) {
      assert.equal(errors, undefined, JSON.stringify(errors));
      seen.push(data.orderUpdated);
      if (data.orderUpdated.order.financialStatus === 'PAID') break;
    }
    assert.equal(seen[0].event, null);
    assert.ok(seen.length >= 2);
  });
  await suite.check('two subscriptions at once do not disturb each other', async () => {
    const orders = [await orderPaidLate(shop), await orderPaidLate(shop)];
    const firstOf = async (order) => {
      for await (const { data } of connect({ 'X-Order-Access-Token': order.token }).iterate({ query: WATCH, variables: { id: order.id } })) {
        return data.orderUpdated.order.id;
      }
      return undefined;
    };
    assert.deepEqual(await Promise.all(orders.map(firstOf)), orders.map(({ id }) => id));
  });
  for (const client of clients) client.dispose();
  return [suite];
}
