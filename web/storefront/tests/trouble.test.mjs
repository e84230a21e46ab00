// Owns what goes wrong on the way: lines that break, answers that are lost, prices that move, banks that are slow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMug, barrierFree, fillAddress, headline, inCart, isLive, order, orderOf, reprice, settled, ship, SHOP, stocked, visit } from './support.mjs';

test('a cut line comes back with the last cursor, and shows what happened meanwhile', async () => {
  const { page, close } = await visit('desktop');
  const asked = [];
  let cut = () => {};
  let heard = () => {};
  const first = new Promise((done) => (heard = done));
  let reachable = true;
  await page.routeWebSocket(/\/graphql/, (socket) => {
    if (!reachable) return void socket.close();
    const server = socket.connectToServer();
    server.onMessage((message) => {
      socket.send(message);
      if (JSON.parse(message).type === 'next') heard();
    });
    cut = () => {
      reachable = false;
      void socket.close({ code: 1001 });
      void server.close();
    };
    socket.onMessage((message) => {
      const { type, payload } = JSON.parse(message);
      if (type === 'subscribe') asked.push(payload.variables);
      server.send(message);
    });
  });
  await addMug(page);
  await order(page);
  await isLive(page);
  await first;
  await settled(page);
  cut();
  await page.getByText('Connection lost').waitFor();
  await ship(orderOf(page), 'HP-cut');
  reachable = true;
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await headline(page, 'On its way to you');
  await isLive(page);
  assert.equal(asked.at(0).after, undefined);
  assert.match(asked.at(-1).after, /./, 'it asks for what came after');
  await close();
});

test('a price that changes during the checkout is shown before anything is ordered', async () => {
  const { page, close } = await visit('phone');
  const { id, handle, variantId } = await stocked('Wandering Teapot', 9, '40.00');
  await addMug(page, handle);
  await page.goto(`${SHOP}/checkout`);
  await fillAddress(page, 'ada@example.com');
  await page.getByRole('button', { name: 'Pay $40.00' }).waitFor();
  // Between what the shopper saw and what the shop reads.
  let moved = false;
  await page.route('**/graphql', async (route) => {
    if (!moved && route.request().postDataJSON().operationName === 'CheckoutComplete') {
      moved = true;
      await reprice(id, variantId, '45.00');
    }
    return route.continue();
  });
  await page.getByRole('button', { name: 'Pay $40.00' }).click();
  await page.getByText('The total has changed since you saw it.').waitFor();
  await page.getByRole('button', { name: 'Pay $45.00' }).click();
  await headline(page, 'Paid, and being packed');
  await close();
});

test('an answer that is lost is asked for again with the same key, and one order comes of it', async () => {
  const { page, close } = await visit('phone', { expected: /ERR_CONNECTION_RESET/ });
  const keys = [];
  await page.route('**/graphql', async (route) => {
    const { operationName, variables } = route.request().postDataJSON();
    if (operationName !== 'CheckoutComplete') return route.continue();
    keys.push(variables.input.idempotencyKey);
    if (keys.length > 1) return route.continue();
    // The server has done it; the answer does not arrive.
    await route.fetch();
    await route.abort('connectionreset');
  });
  await addMug(page);
  await page.goto(`${SHOP}/checkout`);
  await fillAddress(page, 'ada@example.com');
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.getByText('you will not pay twice').waitFor();
  await page.getByRole('button', { name: /^Pay / }).click();
  await headline(page, 'Paid, and being packed');
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  await close();
});

test('a bank that asks back is visited, and the order moves on', async () => {
  const { page, close } = await visit('phone');
  await addMug(page);
  await order(page, { method: 'Card that asks back' });
  await page.getByRole('link', { name: 'Go on at the bank' }).click();
  await page.waitForURL(/sandbox\/challenge/);
  await page.getByRole('button').first().click();
  await page.getByRole('link', { name: /back|shop|continue/i }).or(page.getByRole('heading', { name: /^Order \d/ })).first().waitFor();
  await page.goto(`${SHOP}/orders/last`);
  await headline(page, 'Paid, and being packed');
  await close();
});

test('a slow bank pays while the page is open', async () => {
  const { page, close } = await visit('phone');
  await addMug(page);
  await order(page, { method: 'Card of a slow bank' });
  await headline(page, 'Waiting for your payment');
  await headline(page, 'Paid, and being packed');
  await close();
});

test('a shop that does not answer says so, and is there again at another try', async () => {
  const { page, close } = await visit('phone', { expected: /ERR_CONNECTION_REFUSED|503/ });
  let answer = (route) => route.abort('connectionrefused');
  await page.route('**/graphql', (route) => answer(route));
  for (const path of ['/', '/products/claybarrow-morning-mug', '/collections/kitchen']) {
    await page.goto(`${SHOP}${path}`);
    await page.getByText('The shop cannot be reached just now.').waitFor();
  }
  await barrierFree(page);
  const busy = { data: null, errors: [{ message: 'try again', extensions: { code: 'SERVICE_UNAVAILABLE' } }] };
  answer = (route) => route.fulfill({ status: 503, headers: { 'retry-after': '1' }, json: busy });
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('The shop is busy just now.').waitFor();
  answer = (route) => route.continue();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { level: 1, name: 'Kitchen' }).waitFor();
  await page.locator('.card').first().waitFor();
  await close();
});

test('a read that a change overtook does not take the change back', async () => {
  const { page, close } = await visit('desktop');
  let [holding, release] = [false, () => {}];
  const released = new Promise((done) => (release = done));
  let [answered, late] = [() => {}, undefined];
  await page.route('**/graphql', async (route) => {
    if (!holding || route.request().postDataJSON().operationName !== 'Cart') return route.continue();
    holding = false;
    late = new Promise((done) => (answered = done));
    const response = await route.fetch();
    await released;
    await route.fulfill({ response });
    return answered();
  });
  await inCart(page, await stocked('Overtaken Cup', 9));
  await page.getByRole('link', { name: 'Contact' }).click();
  await page.getByRole('heading', { level: 1, name: 'Contact' }).waitFor();
  holding = true;
  await page.getByRole('link', { name: /^Cart, 1 thing/ }).click();
  await page.getByRole('button', { name: 'One more' }).click();
  await page.getByRole('link', { name: /^Cart, 2 things/ }).waitFor();
  assert.ok(late, 'the page read its cart');
  release();
  await late;
  await settled(page);
  assert.equal(await page.getByLabel('Quantity of Overtaken Cup').last().inputValue(), '2');
  await close();
});
