// Owns the suite of @shopify/hydrogen-react's own code: its cart documents are run, its decoder reads the encoded variants.
import assert from 'node:assert/strict';
import * as documents from '@shopify/hydrogen-react/cart-queries';
import { flattenConnection } from '@shopify/hydrogen-react/flatten-connection';
import { decodeEncodedVariant, isOptionValueCombinationInEncodedVariant } from '@shopify/hydrogen-react/optionValueDecoder';
import { rebuiltCartId, variantsInStock } from '../demo.js';
import { Suite } from '../suite.js';

export default async function run(shop) {
  const suite = new Suite('decoder and cart', '@shopify/hydrogen-react');
  const [first, second] = await variantsInStock(shop, 2);
  const context = { country: 'US', language: 'EN', numCartLines: 20 };
  const make = (name) => documents[name](documents.defaultCartFragment);
  let cart;
  const change = async (name, field, variables) => {
    const { [field]: answer } = await shop.ask(make(name), { ...context, cartId: rebuiltCartId(cart.id), ...variables });
    cart = answer.cart;
  };

  await suite.check('CartCreate', async () => {
    const { cartCreate } = await shop.ask(make('CartCreate'), {
      ...context,
      input: { lines: [{ merchandiseId: first.id, quantity: 1 }] },
    });
    cart = cartCreate.cart;
    assert.equal(flattenConnection(cart.lines).length, 1);
  });
  await suite.check('CartQuery', async () => {
    const { cart: found } = await shop.ask(make('CartQuery'), { ...context, id: rebuiltCartId(cart.id) });
    assert.equal(found.totalQuantity, 1);
  });
  await suite.check('CartLineAdd', async () => {
    await change('CartLineAdd', 'cartLinesAdd', { lines: [{ merchandiseId: second.id }] });
    assert.equal(cart.totalQuantity, 2);
  });
  await suite.check('CartLineUpdate', async () => {
    const [line] = flattenConnection(cart.lines);
    await change('CartLineUpdate', 'cartLinesUpdate', { lines: [{ id: line.id, quantity: 2 }] });
    assert.equal(cart.totalQuantity, 3);
  });
  await suite.check('CartLineRemove', async () => {
    const [line] = flattenConnection(cart.lines);
    await change('CartLineRemove', 'cartLinesRemove', { lines: [line.id] });
    assert.equal(flattenConnection(cart.lines).length, 1);
  });
  await suite.check('CartNoteUpdate', async () => {
    await change('CartNoteUpdate', 'cartNoteUpdate', { note: 'ring twice' });
    assert.equal(cart.note, 'ring twice');
  });
  await suite.check('CartBuyerIdentityUpdate', async () => {
    await change('CartBuyerIdentityUpdate', 'cartBuyerIdentityUpdate', { buyerIdentity: { email: 'ada@example.com' } });
    assert.equal(cart.buyerIdentity.email, 'ada@example.com');
  });
  await suite.check('CartAttributesUpdate', async () => {
    await change('CartAttributesUpdate', 'cartAttributesUpdate', { attributes: [{ key: 'wrap', value: 'yes' }] });
    assert.equal(cart.attributes[0].value, 'yes');
  });
  await suite.check('CartDiscountCodesUpdate', async () => {
    await change('CartDiscountCodesUpdate', 'cartDiscountCodesUpdate', { discountCodes: [] });
    assert.deepEqual(cart.discountCodes, []);
  });

  const products = await everyProduct(shop);
  for (const [field, variantsOf] of [
    ['encodedVariantExistence', (product) => product.variants.nodes],
    ['encodedVariantAvailability', (product) => product.variants.nodes.filter((variant) => variant.availableForSale)],
  ]) {
    await suite.check(`${field}, decoded, is the variants of each product`, async () => {
      const wrong = [];
      for (const product of products) {
        const expected = variantsOf(product).map((variant) => positions(product, variant).join(','));
        const decoded = decodeEncodedVariant(product[field]).map((indices) => indices.join(','));
        if (expected.sort().join(' ') !== decoded.sort().join(' ')) {
          wrong.push(`${product.handle}: ${JSON.stringify(product[field])} is ${decoded.join(' ')}, not ${expected.join(' ')}`);
        }
      }
      assert.ok(wrong.length === 0, `${wrong.length} of ${products.length} products, such as ${wrong[0]}`);
    });
  }
  await suite.check('isOptionValueCombinationInEncodedVariant finds each variant, and parts of it', async () => {
    assert.ok(products.every((product) => product.encodedVariantExistence !== null), 'nothing encoded');
    for (const product of products) {
      for (const variant of product.variants.nodes) {
        const indices = positions(product, variant);
        for (let length = 1; length <= indices.length; length += 1) {
          const found = isOptionValueCombinationInEncodedVariant(indices.slice(0, length), product.encodedVariantExistence);
          assert.ok(found, `${product.handle} ${indices.slice(0, length)}`);
        }
      }
    }
  });
  return [suite];
}

async function everyProduct(shop) {
  const found = [];
  let after = null;
  do {
    const { products } = await shop.ask(
      `query ($after: String) { products(first: 20, after: $after) { pageInfo { hasNextPage endCursor } nodes { handle
        encodedVariantExistence encodedVariantAvailability options { name optionValues { name } }
        variants(first: 100) { nodes { availableForSale selectedOptions { name value } } } } } }`,
      { after },
    );
    found.push(...products.nodes);
    after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null;
  } while (after);
  return found;
}

/** A variant as the positions of its values among its product's options. */
function positions(product, variant) {
  return product.options.map(({ name, optionValues }) => {
    const { value } = variant.selectedOptions.find((option) => option.name === name);
    return optionValues.findIndex((candidate) => candidate.name === value);
  });
}
