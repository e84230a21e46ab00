// Owns the suite that runs the cart documents inside @shopify/hydrogen, as its cart handler sends them.
import assert from 'node:assert/strict';
import { print } from 'graphql';
import { filesBelow, textsOf, wholeDocuments } from '../extract.js';
import { rebuiltCartId, variantsInStock } from '../demo.js';
import { Suite } from '../suite.js';

const ROOT = new URL('../node_modules/@shopify/hydrogen', import.meta.url).pathname;

/** The package's operations by name. Its cart handler cannot be loaded without a router; its documents can be sent. */
function operations() {
  const paths = filesBelow(ROOT, (path) => path.endsWith('dist/development/index.js'));
  const { documents } = wholeDocuments(paths.flatMap((path) => textsOf(path, ROOT, () => [])));
  const named = documents.filter(({ definitions: [first] }) => first.kind === 'OperationDefinition' && first.name);
  return new Map(named.map(({ definitions }) => [definitions[0].name.value, print({ kind: 'Document', definitions })]));
}

const address = (street) => ({ address: { deliveryAddress: { address1: street, city: 'Portland', provinceCode: 'OR', countryCode: 'US' } } });

export default async function run(shop) {
  const suite = new Suite('cart documents run', '@shopify/hydrogen');
  const [first, second] = await variantsInStock(shop, 2);
  const documents = operations();
  let id;
  const context = { country: 'US', language: 'EN' };
  const send = async (name, variables) => {
    const text = documents.get(name);
    assert.ok(text, `the package has a document ${name}`);
    const { [name]: answer } = await shop.ask(text, { ...context, cartId: id && rebuiltCartId(id), ...variables });
    assert.deepEqual(answer.userErrors ?? [], []);
    return answer;
  };
  const delivery = async () => {
    const { cart } = await shop.ask(
      `query ($id: ID!) { cart(id: $id) { delivery { addresses { id selected oneTimeUse address { ... on CartDeliveryAddress {
        address1 formatted(withName: true) } } } } lines(first: 9) { nodes { id quantity } } } }`,
      { id },
    );
    return cart;
  };
  const streets = (cart) => cart.delivery.addresses.map((entry) => entry.address.address1);

  await suite.check('cartCreate, with delivery addresses', async () => {
    const input = { lines: [{ merchandiseId: first.id }], buyerIdentity: { countryCode: 'US' }, delivery: { addresses: [address('1')] } };
    const { cart } = await send('cartCreate', { input });
    id = cart.id;
    assert.equal(cart.totalQuantity, 1);
    assert.match(cart.checkoutUrl, /^http/);
  });
  await suite.check('cartLinesAdd, cartLinesUpdate, cartLinesRemove', async () => {
    assert.equal((await send('cartLinesAdd', { lines: [{ merchandiseId: second.id, quantity: 2 }] })).cart.totalQuantity, 3);
    const line = (await delivery()).lines.nodes.find(({ quantity }) => quantity === 2);
    assert.equal((await send('cartLinesUpdate', { lines: [{ id: line.id, quantity: 1 }] })).cart.totalQuantity, 2);
    assert.equal((await send('cartLinesRemove', { lineIds: [line.id] })).cart.totalQuantity, 1);
  });
  await suite.check('cartNoteUpdate, cartAttributesUpdate, cartBuyerIdentityUpdate', async () => {
    await send('cartNoteUpdate', { note: 'ring twice' });
    await send('cartAttributesUpdate', { attributes: [{ key: 'wrap', value: 'yes' }] });
    await send('cartBuyerIdentityUpdate', { buyerIdentity: { email: 'ada@example.com', countryCode: 'US' } });
  });
  await suite.check('cartDiscountCodesUpdate, cartGiftCardCodesAdd, Update and Remove', async () => {
    await send('cartDiscountCodesUpdate', { discountCodes: [] });
    await send('cartGiftCardCodesAdd', { giftCardCodes: [] });
    await send('cartGiftCardCodesUpdate', { giftCardCodes: [] });
    await send('cartGiftCardCodesRemove', { appliedGiftCardIds: [] });
  });
  await suite.check('cartSelectedDeliveryOptionsUpdate', async () => {
    await send('cartSelectedDeliveryOptionsUpdate', { selectedDeliveryOptions: [] });
  });
  await suite.check('cartDeliveryAddressesAdd', async () => {
    await send('cartDeliveryAddressesAdd', { addresses: [{ ...address('2'), selected: true, oneTimeUse: true }] });
    const cart = await delivery();
    assert.deepEqual(streets(cart), ['1', '2']);
    assert.deepEqual(cart.delivery.addresses.map(({ selected }) => selected), [false, true]);
  });
  await suite.check('cartDeliveryAddressesUpdate', async () => {
    const [{ id: changed }] = (await delivery()).delivery.addresses;
    await send('cartDeliveryAddressesUpdate', { addresses: [{ id: changed, ...address('3') }] });
    assert.deepEqual(streets(await delivery()), ['3', '2']);
  });
  await suite.check('cartDeliveryAddressesRemove', async () => {
    const [{ id: removed }] = (await delivery()).delivery.addresses;
    await send('cartDeliveryAddressesRemove', { addressIds: [removed] });
    assert.deepEqual(streets(await delivery()), ['2']);
  });
  await suite.check('cartDeliveryAddressesReplace', async () => {
    await send('cartDeliveryAddressesReplace', { addresses: [address('4'), address('5')] });
    const [first] = (await delivery()).delivery.addresses;
    assert.deepEqual(first.address.formatted, ['4', 'Portland, OR', 'United States']);
  });
  return [suite];
}
