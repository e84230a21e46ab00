// Owns the suite that drives shopify-buy's catalog, shop and checkout calls against the started server.
import assert from 'node:assert/strict';
import Client from 'shopify-buy';
import { variantsInStock } from '../demo.js';
import { Suite } from '../suite.js';

export default async function run(shop) {
  const suite = new Suite('calls run', 'shopify-buy');
  // The client insists on https; the path, the headers and the body are its own.
  const fetchLocally = (url, options) => {
    const { pathname } = new URL(url);
    return fetch(`${shop.base}${pathname}`, options);
  };
  const client = Client.buildClient({ domain: 'shop.example', storefrontAccessToken: 'a'.repeat(32) }, fetchLocally);
  const [first, second] = await variantsInStock(shop, 2);
  const { collections } = await shop.ask('{ collections(first: 1) { nodes { id handle title } } }');
  const [collection] = collections.nodes;

  await suite.check('product.fetchAll', async () => {
    const products = await client.product.fetchAll(5);
    assert.equal(products.length, 5);
    assert.ok(products[0].variants.length > 0 && products[0].images.length > 0);
  });
  await suite.check('product.fetchAll, next page', async () => {
    const products = await client.product.fetchAll(3);
    const next = await client.fetchNextPage(products);
    assert.equal(next.model.length, 3);
    assert.notEqual(next.model[0].id, products[0].id);
  });
  await suite.check('product.fetch', async () => {
    const product = await client.product.fetch(first.product.id);
    assert.equal(product.title, first.product.title);
    assert.ok(product.variants.some((variant) => variant.id === first.id));
  });
  await suite.check('product.fetchMultiple', async () => {
    const products = await client.product.fetchMultiple([first.product.id, second.product.id]);
    assert.deepEqual(products.map((product) => product.handle), [first.product.handle, second.product.handle]);
  });
  await suite.check('product.fetchByHandle', async () => {
    const product = await client.product.fetchByHandle(first.product.handle);
    assert.equal(product.id, first.product.id);
  });
  await suite.check('product.fetchQuery', async () => {
    const products = await client.product.fetchQuery({ first: 4, sortKey: 'TITLE', reverse: true });
    assert.equal(products.length, 4);
    assert.deepEqual(products.map(({ title }) => title), products.map(({ title }) => title).sort().reverse());
  });
  await suite.check('product.fetchRecommendations', async () => {
    assert.ok(Array.isArray(await client.product.fetchRecommendations(first.product.id)));
  });
  await suite.check('collection.fetchAll', async () => {
    assert.ok((await client.collection.fetchAll()).some(({ id }) => id === collection.id));
  });
  await suite.check('collection.fetchAllWithProducts', async () => {
    const found = await client.collection.fetchAllWithProducts({ first: 2, productsFirst: 2 });
    assert.ok(found.length > 0 && found.some(({ products }) => products.length > 0));
  });
  await suite.check('collection.fetch', async () => {
    assert.equal((await client.collection.fetch(collection.id)).title, collection.title);
  });
  await suite.check('collection.fetchWithProducts', async () => {
    const found = await client.collection.fetchWithProducts(collection.id, { productsFirst: 2 });
    assert.ok(found.products.length > 0);
  });
  await suite.check('collection.fetchByHandle', async () => {
    assert.equal((await client.collection.fetchByHandle(collection.handle)).id, collection.id);
  });
  await suite.check('collection.fetchQuery', async () => {
    assert.ok((await client.collection.fetchQuery({ first: 2, sortKey: 'TITLE' })).length > 0);
  });
  await suite.check('shop.fetchInfo', async () => {
    assert.ok((await client.shop.fetchInfo()).name.length > 0);
  });
  await suite.check('shop.fetchPolicies', async () => {
    assert.ok('privacyPolicy' in (await client.shop.fetchPolicies()));
  });

  let cart;
  const kept = () => {
    assert.ok(cart, 'checkout.create failed before');
    return cart.id;
  };
  await suite.check('checkout.create', async () => {
    cart = await client.checkout.create({ lineItems: [{ variantId: first.id, quantity: 1 }], note: 'as a present' });
    assert.equal(cart.lineItems.length, 1);
    assert.equal(cart.lineItemsSubtotalPrice.amount, first.price.amount);
    assert.match(cart.webUrl, /^http/);
  });
  await suite.check('checkout.fetch', async () => {
    assert.equal((await client.checkout.fetch(kept())).id, cart.id);
  });
  await suite.check('checkout.addLineItems', async () => {
    const changed = await client.checkout.addLineItems(kept(), [{ variantId: second.id, quantity: 1 }]);
    assert.equal(changed.lineItems.length, 2);
    cart = changed;
  });
  await suite.check('checkout.updateLineItems', async () => {
    const line = cart?.lineItems.find((item) => item.variant.id === second.id);
    const changed = await client.checkout.updateLineItems(kept(), [{ id: line.id, quantity: 2 }]);
    assert.equal(changed.lineItems.find(({ id }) => id === line.id).quantity, 2);
  });
  await suite.check('checkout.removeLineItems', async () => {
    const line = cart?.lineItems.find((item) => item.variant.id === second.id);
    const changed = await client.checkout.removeLineItems(kept(), [line?.id]);
    assert.equal(changed.lineItems.length, 1);
  });
  await suite.check('checkout.replaceLineItems', async () => {
    const changed = await client.checkout.replaceLineItems(kept(), [{ variantId: first.id, quantity: 1 }]);
    assert.deepEqual(changed.lineItems.map(({ variant }) => variant.id), [first.id]);
  });
  await suite.check('checkout.updateAttributes', async () => {
    const changed = await client.checkout.updateAttributes(kept(), { note: 'ring twice', customAttributes: [{ key: 'k', value: 'v' }] });
    assert.equal(changed.note, 'ring twice');
    assert.equal(changed.customAttributes[0].value, 'v');
  });
  await suite.check('checkout.updateEmail', async () => {
    assert.equal((await client.checkout.updateEmail(kept(), 'ada@example.com')).email, 'ada@example.com');
  });
  await suite.check('checkout.updateShippingAddress', async () => {
    const changed = await client.checkout.updateShippingAddress(kept(), {
      firstName: 'Ada', lastName: 'Demo', address1: '12 Lantern Street', city: 'Portland', province: 'OR', zip: '97201', country: 'US',
    });
    assert.equal(changed.shippingAddress.address1, '12 Lantern Street');
  });
  await suite.check('checkout.addDiscount', async () => {
    const changed = await client.checkout.addDiscount(kept(), 'NO-SUCH-CODE');
    assert.ok(changed.id);
  });
  await suite.check('checkout.removeDiscount', async () => {
    assert.deepEqual((await client.checkout.removeDiscount(kept())).discountApplications, []);
  });
  await suite.check('checkout.addGiftCards', async () => {
    assert.equal((await client.checkout.addGiftCards(kept(), [])).appliedGiftCards.length, 0);
    // The client throws what the server refuses.
    await assert.rejects(client.checkout.addGiftCards(kept(), ['0000-NO-SUCH']), (error) => JSON.stringify(error.message ?? error).includes('no gift card'));
  });
  await suite.check('checkout.removeGiftCard', async () => {
    assert.equal((await client.checkout.removeGiftCard(kept(), null)).appliedGiftCards.length, 0);
  });
  return [suite];
}
