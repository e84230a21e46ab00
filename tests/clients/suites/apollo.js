// Owns the suite of Apollo Client: its normalised cache keeps entities apart, pages grow, mutations change what is shown.
import assert from 'node:assert/strict';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client/core';
import { relayStylePagination } from '@apollo/client/utilities';
import { rebuiltCartId, variantsInStock } from '../demo.js';
import { Suite } from '../suite.js';
import { BROWSE, CART, CART_CREATE, CART_LINES_ADD, CART_LINES_REMOVE, PRODUCT, PRODUCTS, clashes } from '../cache_queries.js';

export default async function run(shop) {
  const suite = new Suite('the cache keeps entities apart', '@apollo/client');
  const connect = (fields = { products: relayStylePagination(['query', 'sortKey', 'reverse']) }) =>
    new ApolloClient({
      link: new HttpLink({ uri: shop.graphql }),
      cache: new InMemoryCache({
        possibleTypes: {
          Node: ['Product', 'ProductVariant', 'Collection'],
          BaseCartLine: ['CartLine', 'ComponentizableCartLine'],
          Merchandise: ['ProductVariant'],
        },
        typePolicies: { Query: { fields } },
      }),
    });
  const client = connect();
  const ask = async (query, variables, on = client) => {
    const { data, error } = await on.query({ query: gql(query), variables });
    assert.equal(error, undefined, error?.message);
    return data;
  };
  const [first, second] = await variantsInStock(shop, 2);

  await suite.check('one id is one entity, whichever query it came by', async () => {
    await ask(BROWSE, { first: 5 });
    await ask(PRODUCT, { handle: first.product.handle });
    await ask('query ($id: ID!) { node(id: $id) { __typename id ... on Product { title vendor } } }', { id: first.product.id });
    const entities = Object.entries(client.cache.extract()).filter(([, value]) => value.id === first.product.id);
    assert.deepEqual(entities.map(([key]) => key), [`Product:${first.product.id}`]);
    const [[, entity]] = entities;
    assert.ok(entity.title && entity.vendor && entity.handle);
  });
  await suite.check('types do not clash: no id names two things', async () => {
    const entities = Object.values(client.cache.extract()).filter((value) => typeof value.id === 'string');
    assert.ok(entities.length > 10);
    assert.deepEqual(clashes(entities), []);
  });
  await suite.check('what has no identity of its own is not taken for the same thing', async () => {
    const plain = connect({});
    await ask(BROWSE, { first: 20 }, plain);
    const { products } = plain.readQuery({ query: gql(BROWSE), variables: { first: 20 } });
    const sent = await shop.ask(BROWSE, { first: 20 });
    const priceOf = ({ handle, priceRange }) => `${handle} ${priceRange.minVariantPrice.amount} ${priceRange.maxVariantPrice.amount}`;
    assert.deepEqual(products.nodes.map(priceOf), sent.products.nodes.map(priceOf));
    const prices = new Set(products.nodes.map(({ priceRange }) => priceRange.minVariantPrice.amount));
    assert.ok(prices.size > 1);
  });
  await suite.check('relayStylePagination: pages grow into one list', async () => {
    const watched = client.watchQuery({ query: gql(PRODUCTS), variables: { first: 4 } });
    const { data } = await firstResult(watched);
    await watched.fetchMore({ variables: { after: data.products.pageInfo.endCursor } });
    await watched.fetchMore({ variables: { after: client.readQuery({ query: gql(PRODUCTS), variables: { first: 4 } }).products.pageInfo.endCursor } });
    const { products } = client.readQuery({ query: gql(PRODUCTS), variables: { first: 4 } });
    assert.equal(products.edges.length, 12);
    assert.equal(new Set(products.edges.map(({ node }) => node.id)).size, 12);
    const { products: whole } = await ask(PRODUCTS, { first: 12 }, connect());
    assert.deepEqual(products.edges.map(({ node }) => node.id), whole.edges.map(({ node }) => node.id));
  });
  await suite.check('relayStylePagination: backwards', async () => {
    const back = connect();
    const { products: tail } = await ask(PRODUCTS, { last: 3 }, back);
    assert.equal(tail.edges.length, 3);
    assert.ok(tail.pageInfo.hasPreviousPage);
    const { products: before } = await ask(PRODUCTS, { last: 3, before: tail.pageInfo.startCursor }, connect());
    assert.equal(before.edges.length, 3);
    const ids = [...before.edges, ...tail.edges].map(({ node }) => node.id);
    assert.equal(new Set(ids).size, 6);
  });
  await suite.check('a mutation changes the cart in the cache', async () => {
    const { data } = await client.mutate({ mutation: gql(CART_CREATE), variables: { input: { lines: [{ merchandiseId: first.id }] } } });
    const { id } = data.cartCreate.cart;
    await ask(CART, { id });
    await client.mutate({ mutation: gql(CART_LINES_ADD), variables: { cartId: id, lines: [{ merchandiseId: second.id, quantity: 2 }] } });
    const { cart: grown } = client.readQuery({ query: gql(CART), variables: { id } });
    assert.equal(grown.totalQuantity, 3);
    assert.equal(grown.lines.nodes.length, 2);
    const line = grown.lines.nodes.find(({ merchandise }) => merchandise.id === first.id);
    await client.mutate({ mutation: gql(CART_LINES_REMOVE), variables: { cartId: id, lineIds: [line.id] } });
    const { cart: shrunk } = client.readQuery({ query: gql(CART), variables: { id } });
    assert.deepEqual(shrunk.lines.nodes.map(({ merchandise }) => merchandise.id), [second.id]);
  });
  await suite.check('a cart asked for by a rebuilt id is the same entity', async () => {
    const { data } = await client.mutate({ mutation: gql(CART_CREATE), variables: { input: { lines: [{ merchandiseId: first.id }] } } });
    const { id } = data.cartCreate.cart;
    const { cart } = await ask(CART, { id: rebuiltCartId(id) });
    assert.equal(cart.id, id);
  });
  await suite.check('two carts with the same thing in them stay two', async () => {
    const make = async (quantity) => {
      const { data } = await client.mutate({
        mutation: gql(CART_CREATE),
        variables: { input: { lines: [{ merchandiseId: second.id, quantity }] } },
      });
      return data.cartCreate.cart;
    };
    const carts = [await make(1), await make(2)];
    for (const cart of carts) await ask(CART, { id: cart.id });
    const quantities = carts.map(({ id }) => client.readQuery({ query: gql(CART), variables: { id } }).cart.lines.nodes[0].quantity);
    assert.deepEqual(quantities, [1, 2]);
  });
  client.stop();
  return [suite];
}

function firstResult(watched) {
  return new Promise((resolve, reject) => {
    const subscription = watched.subscribe({
      next: (result) => {
        if (result.loading) return;
        setTimeout(() => subscription.unsubscribe());
        if (result.error) reject(result.error);
        else resolve(result);
      },
      error: reject,
    });
  });
}
