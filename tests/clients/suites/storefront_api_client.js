// Owns the suite that drives @shopify/storefront-api-client against the started server: catalog, cart, errors, streams.
import assert from 'node:assert/strict';
import { createStorefrontApiClient } from '@shopify/storefront-api-client';
import { rebuiltCartId, variantsInStock } from '../demo.js';
import { Suite } from '../suite.js';

const CART = `fragment CartParts on Cart { id checkoutUrl totalQuantity note attributes { key value }
  buyerIdentity { countryCode email } discountCodes { applicable code }
  cost { subtotalAmount { amount currencyCode } totalAmount { amount currencyCode } }
  lines(first: 20) { nodes { id quantity attributes { key value } cost { totalAmount { amount } amountPerQuantity { amount } }
    merchandise { __typename ... on ProductVariant { id title product { handle } } } } } }`;
const mutation = (name, argument, type) =>
  `mutation ($cartId: ID!, $value: ${type}) { result: ${name}(cartId: $cartId, ${argument}: $value) {
    cart { ...CartParts } userErrors { field message code } warnings { code message target } } } ${CART}`;

export default async function run(shop) {
  const suite = new Suite('calls run', '@shopify/storefront-api-client');
  // The client turns every domain into https; the path, the headers and the body are its own.
  const paths = [];
  let sent;
  const customFetchApi = (url, options) => {
    const { pathname } = new URL(url);
    paths.push(pathname);
    sent = Object.keys(options.headers).map((name) => name.toLowerCase());
    return fetch(`${shop.base}${pathname}`, options);
  };
  const make = (publicAccessToken) =>
    createStorefrontApiClient({
      storeDomain: 'https://shop.example',
      apiVersion: '2026-04',
      publicAccessToken,
      customFetchApi,
      logger: () => undefined,
    });
  const client = make('0123456789abcdef0123456789abcdef');
  const ask = async (query, variables) => {
    const { data, errors } = await client.request(query, { variables });
    assert.equal(errors, undefined, JSON.stringify(errors?.graphQLErrors ?? errors));
    return data;
  };
  const [first, second] = await variantsInStock(shop, 2);

  await suite.check('the shop, by the client’s address', async () => {
    const { shop: found } = await ask('query shop { shop { id name primaryDomain { url } } }');
    assert.ok(found.name);
    assert.equal(paths.at(-1), '/api/2026-04/graphql.json');
  });
  await suite.check('any 32 characters are a public token', async () => {
    for (const token of ['f'.repeat(32), 'Z9-_~.+/=!$&()*,:;@? []{}<>|%ab#', '00000000000000000000000000000000']) {
      assert.equal(token.length, 32);
      const { data } = await make(token).request('{ shop { name } }');
      assert.ok(data?.shop.name);
    }
  });
  await suite.check('a preflight with the client’s headers is granted', async () => {
    await ask('{ shop { name } }');
    assert.ok(sent.includes('x-shopify-storefront-access-token'), sent.join());
    const { status, headers } = await fetch(`${shop.base}/api/2026-04/graphql.json`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://front.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': sent.join(','),
      },
    });
    assert.equal(status, 200);
    assert.match(headers.get('access-control-allow-methods'), /POST/);
    const granted = headers.get('access-control-allow-headers').toLowerCase().split(',').map((name) => name.trim());
    assert.ok(granted.includes('*') || sent.every((name) => granted.includes(name)), granted.join());
  });
  await suite.check('any version in the path', async () => {
    for (const version of ['2024-10', 'unstable']) {
      const { data } = await client.request('{ shop { name } }', { apiVersion: version });
      assert.ok(data?.shop.name);
    }
  });
  await suite.check('products, page after page', async () => {
    const query = `query ($first: Int, $after: String) { products(first: $first, after: $after, sortKey: TITLE) {
      nodes { id title } pageInfo { hasNextPage endCursor } } }`;
    const ids = [];
    let after;
    do {
      const { products } = await ask(query, { first: 7, after });
      ids.push(...products.nodes.map(({ id }) => id));
      after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : undefined;
    } while (after);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length > 7);
  });
  await suite.check('product by handle, in a context', async () => {
    const { product } = await ask(
      `query ProductQuery($handle: String, $country: CountryCode, $language: LanguageCode)
       @inContext(country: $country, language: $language) { product(handle: $handle) { id title handle
         priceRange { minVariantPrice { amount currencyCode } } options { name optionValues { name } } } }`,
      { handle: first.product.handle, country: 'US', language: 'EN' },
    );
    assert.equal(product.id, first.product.id);
  });
  await suite.check('collection and its products', async () => {
    const { collections } = await ask('{ collections(first: 3) { nodes { handle } } }');
    const { collection } = await ask(
      'query ($handle: String) { collection(handle: $handle) { title products(first: 3) { nodes { id } } } }',
      { handle: collections.nodes[0].handle },
    );
    assert.ok(collection.products.nodes.length > 0);
  });
  await suite.check('search', async () => {
    const word = first.product.title.split(' ')[0];
    const { search } = await ask(
      'query ($query: String!) { search(query: $query, first: 3, types: [PRODUCT]) { nodes { __typename ... on Product { id } } } }',
      { query: word },
    );
    assert.ok(search.nodes.every(({ __typename }) => __typename === 'Product') && search.nodes.length > 0);
  });
  await suite.check('a broken document is told as GraphQL errors', async () => {
    const { errors } = await client.request('{ shop { noSuchField } }');
    assert.match(JSON.stringify(errors.graphQLErrors ?? errors), /noSuchField/);
  });
  await suite.check('requestStream with @defer', async () => {
    const stream = await client.requestStream(
      'query ($handle: String) { product(handle: $handle) { id ... @defer { title } } }',
      { variables: { handle: first.product.handle } },
    );
    let last;
    for await (const part of stream) last = part;
    assert.equal(last.errors, undefined, JSON.stringify(last.errors));
    assert.equal(last.data.product.title, first.product.title);
    assert.equal(last.hasNext, false);
  });

  let cart;
  const change = async (name, argument, type, value) => {
    assert.ok(cart, 'cartCreate failed before');
    const { result } = await ask(mutation(name, argument, type), { cartId: rebuiltCartId(cart.id), value });
    assert.deepEqual(result.userErrors, []);
    cart = result.cart;
    return result;
  };
  await suite.check('cartCreate', async () => {
    const { cartCreate } = await ask(
      `mutation ($input: CartInput) { cartCreate(input: $input) { cart { ...CartParts } userErrors { message } } } ${CART}`,
      { input: { lines: [{ merchandiseId: first.id, quantity: 1 }], note: 'as a present', attributes: [{ key: 'k', value: 'v' }] } },
    );
    assert.deepEqual(cartCreate.userErrors, []);
    cart = cartCreate.cart;
    assert.equal(cart.totalQuantity, 1);
    assert.equal(cart.cost.subtotalAmount.amount, first.price.amount);
    assert.equal(cart.note, 'as a present');
  });
  await suite.check('cart by an id with another authority', async () => {
    const { cart: found } = await ask(`query ($id: ID!) { cart(id: $id) { ...CartParts } } ${CART}`, { id: rebuiltCartId(cart.id) });
    assert.equal(found.totalQuantity, 1);
  });
  await suite.check('cart by an id with another authority and a key', async () => {
    const id = `${rebuiltCartId(cart.id)}?key=0f0f0f0f`;
    const { cart: found } = await ask(`query ($id: ID!) { cart(id: $id) { ...CartParts } } ${CART}`, { id });
    assert.equal(found.id, cart.id);
  });
  await suite.check('amounts are canonical decimals', async () => {
    const { products } = await ask(`{ products(first: 50) { nodes { priceRange { minVariantPrice { amount } maxVariantPrice { amount } }
      variants(first: 20) { nodes { price { amount } compareAtPrice { amount } } } } } }`);
    const amounts = JSON.stringify({ products, cost: cart.cost }).matchAll(/"amount":"([^"]*)"/g);
    const found = [...amounts].map(([, amount]) => amount);
    assert.ok(found.length > 100, String(found.length));
    assert.deepEqual(found.filter((amount) => !/^(0|[1-9]\d*)\.(0|\d*[1-9])$/.test(amount)), []);
  });
  await suite.check('cartLinesAdd', async () => {
    await change('cartLinesAdd', 'lines', '[CartLineInput!]!', [{ merchandiseId: second.id, quantity: 2 }]);
    assert.equal(cart.totalQuantity, 3);
  });
  await suite.check('cartLinesUpdate', async () => {
    const line = cart.lines.nodes.find(({ merchandise }) => merchandise.id === second.id);
    await change('cartLinesUpdate', 'lines', '[CartLineUpdateInput!]!', [{ id: line.id, quantity: 1 }]);
    assert.equal(cart.totalQuantity, 2);
  });
  await suite.check('cartLinesRemove', async () => {
    const line = cart.lines.nodes.find(({ merchandise }) => merchandise.id === second.id);
    await change('cartLinesRemove', 'lineIds', '[ID!]!', [line.id]);
    assert.deepEqual(cart.lines.nodes.map(({ merchandise }) => merchandise.id), [first.id]);
  });
  await suite.check('cartNoteUpdate', async () => {
    await change('cartNoteUpdate', 'note', 'String!', 'ring twice');
    assert.equal(cart.note, 'ring twice');
  });
  await suite.check('cartAttributesUpdate', async () => {
    await change('cartAttributesUpdate', 'attributes', '[AttributeInput!]!', [{ key: 'wrap', value: 'yes' }]);
    assert.deepEqual(cart.attributes, [{ key: 'wrap', value: 'yes' }]);
  });
  await suite.check('cartBuyerIdentityUpdate', async () => {
    await change('cartBuyerIdentityUpdate', 'buyerIdentity', 'CartBuyerIdentityInput!', { email: 'ada@example.com', countryCode: 'US' });
    assert.equal(cart.buyerIdentity.email, 'ada@example.com');
    assert.equal(cart.buyerIdentity.countryCode, 'US');
  });
  await suite.check('cartDiscountCodesUpdate', async () => {
    const { warnings } = await change('cartDiscountCodesUpdate', 'discountCodes', '[String!]!', ['NO-SUCH-CODE']);
    assert.ok(warnings.length === 1 || cart.discountCodes.every(({ applicable }) => !applicable));
  });
  await suite.check('cartGiftCardCodesUpdate', async () => {
    await change('cartGiftCardCodesUpdate', 'giftCardCodes', '[String!]!', []);
  });
  await suite.check('an unknown line is a userError', async () => {
    const { result } = await ask(mutation('cartLinesRemove', 'lineIds', '[ID!]!'), {
      cartId: cart.id,
      value: ['gid://cartwright/CartLine/00000000-0000-7000-8000-000000000000'],
    });
    assert.equal(result.userErrors[0]?.code, 'INVALID_MERCHANDISE_LINE');
  });
  return [suite];
}
