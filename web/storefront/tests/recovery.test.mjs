// Owns what a shopper must not lose when something fails on the way: what was typed, what was paid, what was pressed, what is live.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addMug, ask, barrierFree, cartOf, fillAddress, headline, inCart, isLive, order, orderOf, ship, SHOP, signIn, stocked, visit,
} from './support.mjs';

const operation = (route) => route.request().postDataJSON().operationName;
const cartId = (page) => page.evaluate(() => JSON.parse(localStorage.getItem('storefront.cart')));
const BUSY = { status: 503, json: { data: null, errors: [{ message: 'try again', extensions: { code: 'SERVICE_UNAVAILABLE' } }] } };

/** Pays a cart as another front end would: the payload of `checkoutComplete`. */
async function payElsewhere(id) {
  const shippingAddress = { firstName: 'Ada', lastName: 'Lovelace', address1: '12 Lantern Street', zip: '97201', city: 'Portland', provinceCode: 'OR', countryCode: 'US' };
  const { checkoutComplete } = await ask(
    'mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { order { id } orderAccessToken userErrors { message } } }',
    { input: { cartId: id, email: 'ada@example.com', shippingAddress, payment: { gateway: 'sandbox', token: 'sandbox_ok', returnUrl: SHOP } } },
  );
  assert.deepEqual(checkoutComplete.userErrors, []);
  return checkoutComplete;
}

test('a cart that cannot be read again stays as it was, and what was typed stays too', async () => {
  const { page, close } = await visit('phone', { expected: /ERR_CONNECTION_RESET/ });
  let [cut, lost] = [false, 0];
  await page.route('**/graphql', (route) => {
    if (!cut || operation(route) !== 'Cart') return route.continue();
    lost += 1;
    return route.abort('connectionreset');
  });
  await inCart(page, await stocked('Kept Bowl', 9, '40.00'));
  await page.getByRole('link', { name: 'Checkout' }).click();
  await page.locator('.methods input[name^="delivery"]:checked').waitFor();
  await fillAddress(page, 'ada@example.com');
  cut = true;
  // After the change the page reads its cart.
  await page.getByRole('radio', { name: /^Express/ }).check();
  await page.getByRole('button', { name: 'Pay $55.00' }).waitFor();
  for (let tries = 0; tries < 100 && !lost; tries++) await page.waitForTimeout(100);
  assert.ok(lost > 0, 'the page read its cart');
  await page.getByRole('button', { name: 'Pay $55.00' }).click();
  await headline(page, 'Paid, and being packed');
  cut = false;
  await close();
});

test('a cart that was never read is not called empty', async () => {
  const { page, close } = await visit('phone', { expected: /503/ });
  await addMug(page, (await stocked('Unread Bowl', 9)).handle);
  let cut = true;
  await page.route('**/graphql', (route) => (cut && operation(route) === 'Cart' ? route.fulfill(BUSY) : route.continue()));
  await page.goto(`${SHOP}/checkout`);
  await page.getByText('The shop is busy just now.').waitFor();
  await page.goto(`${SHOP}/cart`);
  await page.getByText('The shop is busy just now.').waitFor();
  await barrierFree(page);
  cut = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByLabel('Quantity of Unread Bowl').last().waitFor();
  await close();
});

test('an answer that is lost comes after a reload, although the cart is gone', async () => {
  const { page, close } = await visit('phone', { expected: /ERR_CONNECTION_RESET/ });
  const keys = [];
  await page.route('**/graphql', async (route) => {
    if (operation(route) !== 'CheckoutComplete') return route.continue();
    keys.push(route.request().postDataJSON().variables.input.idempotencyKey);
    if (keys.length > 2) return route.continue();
    if (keys.length === 1) await route.fetch();
    return route.abort('connectionreset');
  });
  await inCart(page, await stocked('Reloaded Bowl', 9, '40.00'));
  await page.getByRole('link', { name: 'Checkout' }).click();
  await page.locator('.methods input[name^="delivery"]:checked').waitFor();
  await fillAddress(page, 'ada@example.com');
  await page.getByRole('button', { name: 'Pay $40.00' }).click();
  await page.getByText('you will not pay twice').waitFor();
  await page.goto(`${SHOP}/cart`);
  await page.getByText('The shop cannot be reached just now.').waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await headline(page, 'Paid, and being packed');
  assert.equal(new Set(keys).size, 1);
  await page.reload();
  await headline(page, 'Paid, and being packed');
  await close();
});

test('what is added after the cart was paid elsewhere goes into a new one', async () => {
  const { page, close } = await visit('phone');
  const { handle } = await stocked('Later Bowl', 9);
  await addMug(page, handle);
  const paid = await cartId(page);
  await payElsewhere(paid);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.waitForFunction((id) => JSON.parse(localStorage.getItem('storefront.cart')) !== id, paid);
  await page.getByText('It is in your cart.').waitFor();
  await page.getByRole('link', { name: /^Cart, 1 thing/ }).waitFor();
  await close();
});

test('a cart that was paid elsewhere goes at the next change of it', async () => {
  const { page, close } = await visit('phone');
  await inCart(page, await stocked('Sold Bowl', 9));
  await payElsewhere(await cartId(page));
  await page.getByRole('button', { name: 'One more' }).click();
  await page.getByText('There is nothing in it yet.').waitFor();
  await close();
});

test('what is pressed right after a quantity was typed is done, and the focus stays on the page', async () => {
  const { page, close } = await visit('desktop');
  const [kept, taken] = [await stocked('Counted Bowl', 9, '10.00'), await stocked('Taken Bowl', 9, '10.00')];
  await addMug(page, taken.handle);
  await inCart(page, kept);
  const quantity = page.getByLabel('Quantity of Counted Bowl').last();
  await quantity.fill('3');
  await page.getByRole('button', { name: 'Remove Taken Bowl' }).click();
  await page.getByRole('link', { name: /^Cart, 3 things/ }).waitFor();
  assert.equal(await page.locator('.line').count(), 1);
  // More than there is comes back as what there is.
  await quantity.fill('40');
  await quantity.press('Enter');
  await page.getByRole('link', { name: /^Cart, 9 things/ }).waitFor();
  await page.getByRole('alert').waitFor();
  assert.equal(await quantity.inputValue(), '9');
  await quantity.fill('50');
  await quantity.press('Enter');
  await page.waitForFunction(() => document.querySelector('.quantity input').value === '9');
  await page.getByRole('button', { name: 'Remove Counted Bowl' }).press('Enter');
  await page.getByText('There is nothing in it yet.').waitFor();
  await page.waitForFunction(() => document.activeElement.tagName === 'H1');
  await close();
});

test('nothing can be changed while the cart is paid', async () => {
  const { page, close } = await visit('desktop');
  let release;
  const released = new Promise((done) => (release = done));
  await page.route('**/graphql', async (route) => {
    if (operation(route) !== 'CheckoutComplete') return route.continue();
    const response = await route.fetch();
    await released;
    return route.fulfill({ response });
  });
  await inCart(page, await stocked('Frozen Bowl', 9));
  await page.getByRole('link', { name: 'Checkout' }).click();
  await page.locator('.methods input[name^="delivery"]:checked').waitFor();
  await fillAddress(page, 'ada@example.com');
  await page.getByRole('button', { name: /^Pay / }).press('Enter');
  const button = page.getByText('Asking the bank…');
  await button.waitFor();
  for (const name of ['email', 'zip', 'countryCode', 'delivery-0', 'token']) await page.locator(`[name="${name}"]`).first().focus();
  assert.equal(await button.evaluate((node) => node === document.activeElement), true, 'only the button has the focus');
  release();
  await headline(page, 'Paid, and being packed');
  await close();
});

test('an order that cannot be read just now is not called somebody else’s', async () => {
  const { page, close } = await visit('phone', { expected: /503/ });
  const { handle } = await stocked('Awaited Bowl', 9);
  await addMug(page, handle);
  await order(page);
  let cut = true;
  await page.route('**/graphql', (route) => (cut && operation(route) === 'Order' ? route.fulfill(BUSY) : route.continue()));
  await page.reload();
  await page.getByText('The shop is busy just now.').waitFor();
  cut = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await headline(page, 'Paid, and being packed');
  await close();
});

test('another attempt to pay comes back to its own order from the bank', async () => {
  const { page, close } = await visit('phone');
  const { handle } = await stocked('Retried Bowl', 9);
  await addMug(page, handle);
  await order(page, { method: 'Card that is declined' });
  await page.getByRole('alert').waitFor();
  const address = page.url();
  // Another order was placed in this browser since.
  await page.evaluate(() => localStorage.setItem('storefront.last-order', JSON.stringify('gid://cartwright/Order/00000000-0000-7000-8000-000000000000')));
  await page.getByLabel('Card that asks back').check();
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.getByRole('link', { name: 'Go on at the bank' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await headline(page, 'Paid, and being packed');
  // The bank may add what it has to say.
  assert.equal(new URL(page.url()).pathname, new URL(address).pathname);
  await close();
});

test('a line that is closed because the token ran out comes back with another', async () => {
  const { page, close } = await visit('desktop');
  const account = { email: 'mary@example.com', password: 'a mind of her own' };
  await ask('mutation ($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } } }', { input: account });
  const tokens = [];
  let cut = () => {};
  await page.routeWebSocket(/\/graphql/, (socket) => {
    const server = socket.connectToServer();
    cut = () => (void socket.close({ code: 4403, reason: 'Forbidden' }), void server.close());
    socket.onMessage((message) => {
      const { type, payload } = JSON.parse(message);
      if (type === 'connection_init') tokens.push(payload.Authorization);
      server.send(message);
    });
  });
  await signIn(page, account);
  await addMug(page, (await stocked('Watched Bowl', 9)).handle);
  await order(page, { email: null });
  await isLive(page);
  cut();
  await page.getByText('Connection lost').waitFor();
  await isLive(page);
  await ship(orderOf(page), 'HP-token');
  await headline(page, 'On its way to you');
  assert.equal(tokens.length, 2);
  assert.notEqual(tokens[1], tokens[0], 'it shows another token');
  await close();
});

test('a cursor that is too old is dropped, and the order is seen as it is', async () => {
  const { page, close } = await visit('desktop');
  const asked = [];
  let cut = () => {};
  await page.routeWebSocket(/\/graphql/, (socket) => {
    const server = socket.connectToServer();
    cut = () => (void socket.close({ code: 1001 }), void server.close());
    socket.onMessage((message) => {
      const { id, type, payload } = JSON.parse(message);
      if (type !== 'subscribe') return server.send(message);
      asked.push(payload.variables.after);
      if (!payload.variables.after) return server.send(message);
      return socket.send(JSON.stringify({ id, type: 'error', payload: [{ message: 'too old', extensions: { code: 'CURSOR_EXPIRED' } }] }));
    });
    server.onMessage((message) => {
      socket.send(message);
      if (JSON.parse(message).type === 'next') heard();
    });
  });
  let heard = () => {};
  const first = new Promise((done) => (heard = done));
  await addMug(page, (await stocked('Old Bowl', 9)).handle);
  await order(page);
  await first;
  await isLive(page);
  cut();
  await ship(orderOf(page), 'HP-old');
  await headline(page, 'On its way to you');
  await isLive(page);
  assert.equal(asked.at(-1), undefined);
  assert.ok(asked.some(Boolean), 'it came back with its cursor first');
  await close();
});

test('a list that could not be read at first is asked for again', async () => {
  const { page, close } = await visit('phone', { expected: /503/ });
  let cut = true;
  await page.route('**/graphql', (route) => (cut && operation(route) === 'Products' ? route.fulfill(BUSY) : route.continue()));
  await page.goto(`${SHOP}/search?q=lamp`);
  await page.getByText('The shop is busy just now.').waitFor();
  await barrierFree(page);
  cut = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.card').first().waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  await close();
});

test('the link of a mail opens the order of a guest, and its key does not stay in the address', async () => {
  const { page, close } = await visit('phone');
  const { variantId } = await stocked('Mailed Bowl', 9);
  const { id } = await cartOf([[variantId, 1]]);
  const { order: placed, orderAccessToken } = await payElsewhere(id);
  const path = `/orders/${placed.id.split('/').at(-1)}`;
  await page.goto(`${SHOP}${path}#token=${orderAccessToken}`);
  await headline(page, 'Paid, and being packed');
  await isLive(page);
  assert.equal(page.url(), `${SHOP}${path}`);
  await page.reload();
  await headline(page, 'Paid, and being packed');
  await close();
});

test('amounts have the decimals that the shop counts in', async () => {
  const { page, close } = await visit('phone');
  await page.route('**/graphql', async (route) => {
    if (operation(route) !== 'Product') return route.continue();
    const response = await route.fetch();
    const body = await response.json();
    for (const variant of body.data.product.variants.nodes) variant.price = { ...variant.price, amount: '1999.95', currencyCode: 'HUF' };
    return route.fulfill({ response, json: body });
  });
  await page.goto(`${SHOP}/products/claybarrow-morning-mug`);
  await page.locator('.price', { hasText: /HUF\s1,999\.95/ }).waitFor();
  await close();
});
