// Owns the journeys of a shopper through the front end, on a phone and on a desk, against a started server.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  addMug, ask, asStaff, barrierFree, fillAddress, headline, isLive, launch, order, orderOf, picture, SCREENS, ship, SHOP, visit,
} from './support.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Makes a product of a test's own, so that no other test takes its stock. */
async function stocked(title, quantity, price = '20.00') {
  const { productCreate } = await asStaff(
    'mutation ($input: ProductCreateInput!) { productCreate(input: $input) { product { id handle variants(first: 1) { nodes { id } } } userErrors { message } } }',
    { input: { title, status: 'ACTIVE', variants: [{ price, tracked: true, quantity }] } },
  );
  assert.deepEqual(productCreate.userErrors, []);
  const { id, handle, variants } = productCreate.product;
  await asStaff('mutation ($id: ID!) { productPublish(input: { id: $id }) { product { id } } }', { id });
  return { id, handle, variantId: variants.nodes[0].id };
}

for (const screen of Object.keys(SCREENS)) {
  describe(screen, () => {
    test('a guest browses, buys, and sees the order move while staff ship it', async () => {
      const { page, close } = await visit(browser, screen);
      await page.goto(SHOP);
      await page.getByRole('link', { name: 'Laptops' }).click();
      await page.getByRole('heading', { level: 1, name: 'Laptops' }).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1', 'the focus goes to the heading');
      await page.getByRole('link', { name: /Tarnholm Aero 13/ }).click();
      await page.getByRole('radio', { name: 'Sage' }).check();
      await page.getByRole('radio', { name: '32 GB' }).check();
      await page.waitForURL(/Color=Sage/);
      assert.match(page.url(), /Memory=32/);
      assert.ok(await page.getByRole('radio', { name: 'Sage' }).isChecked());
      await page.getByAltText(/in sage/i).first().waitFor();
      await page.evaluate(() => window.scrollTo(0, 0));
      await picture(page, `product-${screen}`);
      await page.getByRole('button', { name: 'Add to cart' }).click();
      await page.getByText('It is in your cart.').waitFor();
      await page.getByRole('link', { name: /^Cart, 1 thing/ }).click();
      await page.getByRole('heading', { name: 'Your cart' }).waitFor();
      await page.getByRole('button', { name: 'One more' }).click();
      await page.getByRole('link', { name: /^Cart, 2 things/ }).waitFor();
      await page.getByRole('link', { name: 'Checkout' }).click();
      await fillAddress(page, 'ada@example.com');
      await page.getByRole('button', { name: /^Pay / }).click();
      await headline(page, 'Paid, and being packed');
      await isLive(page);
      await page.getByRole('link', { name: /^Cart, 0 things/ }).waitFor();
      await ship(orderOf(page), `HP-${screen}-1`);
      await headline(page, 'On its way to you');
      await page.getByText(`Heron Post HP-${screen}-1`).waitFor();
      await page.evaluate(() => window.scrollTo(0, 0));
      await picture(page, `order-${screen}`);
      await page.getByRole('button', { name: 'It has arrived' }).click();
      await headline(page, 'It has arrived');
      await close();
    });

    test('a customer registers, keeps the cart, orders, and finds the order under "my orders"', async () => {
      const { page, close } = await visit(browser, screen);
      await addMug(page);
      await page.getByRole('link', { name: 'Sign in' }).click();
      await page.getByRole('link', { name: 'Register' }).click();
      await page.getByLabel('First name').fill('Grace');
      await page.getByLabel('E-mail').fill(`grace-${screen}@example.com`);
      await page.getByLabel('Password').fill('password');
      await page.getByRole('button', { name: 'Register' }).click();
      await page.locator('.refusal').waitFor();
      await page.getByLabel('Password').fill('three small elephants');
      await page.getByRole('button', { name: 'Register' }).click();
      await page.getByRole('heading', { name: 'My orders' }).waitFor();
      await page.getByRole('link', { name: /^Cart, 1 thing/ }).waitFor();
      await order(page, { email: null });
      await headline(page, 'Paid, and being packed');
      await isLive(page);
      await ship(orderOf(page), `HP-${screen}-2`);
      await headline(page, 'On its way to you');
      await page.getByRole('link', { name: 'My orders' }).click();
      await page.getByRole('link', { name: /On its way to you/ }).waitFor();
      await barrierFree(page);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('link', { name: 'Sign in' }).waitFor();
      assert.equal(await page.evaluate(() => localStorage.getItem('storefront.session')), null);
      await close();
    });

    test('a declined payment is told, and another way pays the same order', async () => {
      const { page, close } = await visit(browser, screen);
      await addMug(page);
      await order(page, { method: 'Card that is declined' });
      await headline(page, 'Waiting for your payment');
      await page.getByRole('alert').waitFor();
      const number = await page.getByRole('heading', { level: 1 }).textContent();
      await barrierFree(page);
      await page.getByLabel('Card that works').check();
      await page.getByRole('button', { name: /^Pay / }).click();
      await headline(page, 'Paid, and being packed');
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), number);
      await close();
    });

    test('what is short is said in the cart and at the checkout, and what is sold out cannot be bought', async () => {
      const { page, close } = await visit(browser, screen);
      const { handle, variantId } = await stocked(`Rare Kettle ${screen}`, 2);
      await page.goto(`${SHOP}/products/${handle}`);
      await page.getByText('Only 2 left').waitFor();
      await page.getByLabel('Quantity').last().fill('5');
      await page.getByRole('button', { name: 'Add to cart' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByRole('link', { name: /^Cart, 2 things/ }).waitFor();
      await page.goto(`${SHOP}/checkout`);
      await fillAddress(page, 'ada@example.com');
      // Somebody else is faster.
      const level = async (delta) =>
        asStaff(
          'mutation ($input: InventoryAdjustQuantitiesInput!) { inventoryAdjustQuantities(input: $input) { userErrors { message } } }',
          { input: { reason: 'ADJUST', changes: [{ variantId, delta }] } },
        );
      assert.deepEqual((await level(-1)).inventoryAdjustQuantities.userErrors, []);
      await page.getByRole('button', { name: /^Pay / }).click();
      await page.getByRole('alert').getByRole('link', { name: 'Change the cart' }).click();
      await page.locator('.line .refusal').waitFor();
      await page.getByRole('button', { name: 'One less' }).click();
      await page.locator('.line .refusal').waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Checkout' }).waitFor();
      await level(-1);
      await page.goto(`${SHOP}/products/${handle}`);
      await page.getByText('Sold out', { exact: true }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Add to cart' }).count(), 0);
      await close();
    });

    test('no page has a serious barrier, and none is wider than the screen', async () => {
      const { page, close } = await visit(browser, screen);
      const look = async (path, ready) => {
        await page.goto(`${SHOP}${path}`);
        await page.getByRole('heading', { level: 1, name: ready }).waitFor();
        await page.waitForLoadState('networkidle');
        await barrierFree(page);
        const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(wide <= room, `${path} is ${wide} wide, the screen ${room}`);
        await picture(page, `${path.replace(/\W+/g, '_')}-${screen}`);
      };
      await look('/', 'Good things');
      await look('/collections/kitchen', 'Kitchen');
      await look('/search?q=lamp', 'lamp');
      await look('/search?q=zzzz', 'zzzz');
      await look('/products/tarnholm-aero-13', 'Tarnholm Aero 13');
      await look('/cart', 'Your cart');
      await addMug(page);
      await barrierFree(page);
      await look('/cart', 'Your cart');
      await look('/checkout', 'Checkout');
      await look('/account/sign-in', 'Sign in');
      await look('/account/register', 'Register');
      await look('/nowhere', 'Nothing here');
      await look('/orders/00000000-0000-7000-8000-000000000000', 'We cannot show this order here');
      await order(page);
      await isLive(page);
      await barrierFree(page);
      await close();
    });
  });
}

test('the cart works with a keyboard alone', async () => {
  const { page, close } = await visit(browser, 'desktop');
  await page.goto(`${SHOP}/products/claybarrow-morning-mug`);
  await page.getByRole('button', { name: 'Add to cart' }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent);
  const tabTo = async (wanted) => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      if (wanted.test(await focused())) return;
    }
    assert.fail(`the keyboard does not reach ${wanted}`);
  };
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'To the content');
  await tabTo(/^Add to cart$/);
  await page.keyboard.press('Enter');
  await page.getByText('It is in your cart.').waitFor();
  await tabTo(/^See the cart$/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your cart' }).waitFor();
  await tabTo(/^One more$/);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /^Cart, 2 things/ }).waitFor();
  assert.equal(await focused(), 'One more', 'the focus stays on the button');
  await tabTo(/^Remove /);
  await page.keyboard.press('Enter');
  await page.getByText('There is nothing in it yet.').waitFor();
  await close();
});

test('a cut line comes back with the last cursor, and shows what happened meanwhile', async () => {
  const { page, close } = await visit(browser, 'desktop');
  const asked = [];
  let cut = () => {};
  let reachable = true;
  await page.routeWebSocket(/\/graphql/, (socket) => {
    if (!reachable) return void socket.close();
    const server = socket.connectToServer();
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
  await page.waitForTimeout(500);
  cut();
  await page.getByText('Connection lost').waitFor();
  await ship(orderOf(page), 'HP-cut');
  reachable = true;
  await headline(page, 'On its way to you');
  await isLive(page);
  assert.equal(asked.at(0).after, undefined);
  assert.match(asked.at(-1).after, /./, 'it asks for what came after');
  await close();
});

test('a price that changes during the checkout is shown before anything is ordered', async () => {
  const { page, close } = await visit(browser, 'phone');
  const { id, handle, variantId } = await stocked('Wandering Teapot', 9, '30.00');
  await addMug(page, handle);
  await page.goto(`${SHOP}/checkout`);
  await fillAddress(page, 'ada@example.com');
  await page.getByRole('button', { name: 'Pay $30.00' }).waitFor();
  await asStaff(
    'mutation ($input: ProductVariantsBulkUpdateInput!) { productVariantsBulkUpdate(input: $input) { userErrors { message } } }',
    { input: { productId: id, variants: [{ id: variantId, price: '35.00' }] } },
  );
  await page.getByRole('button', { name: 'Pay $30.00' }).click();
  await page.getByText('The total has changed since you saw it.').waitFor();
  await page.getByRole('button', { name: 'Pay $35.00' }).click();
  await headline(page, 'Paid, and being packed');
  await close();
});

test('an answer that is lost is asked for again with the same key, and one order comes of it', async () => {
  const { page, close } = await visit(browser, 'phone');
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
  const { page, close } = await visit(browser, 'phone');
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
  const { page, close } = await visit(browser, 'phone');
  await addMug(page);
  await order(page, { method: 'Card of a slow bank' });
  await headline(page, 'Waiting for your payment');
  await headline(page, 'Paid, and being packed');
  await close();
});

test('a search goes on with "load more", from cheap to dear', async () => {
  const { page, close } = await visit(browser, 'desktop');
  await page.goto(`${SHOP}/search?q=`);
  await page.locator('.card').nth(11).waitFor();
  await page.getByLabel('Sorted by').selectOption({ label: 'Price, low to high' });
  await page.waitForURL(/sort=cheap/);
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: 'Load more' }).click();
  await page.locator('.card').nth(23).waitFor();
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('.card a')].indexOf(document.activeElement)), 12);
  const prices = (await page.locator('.card-price').allTextContents()).map((text) => Number(text.replace(/[^\d.]/g, '')));
  assert.deepEqual(prices, [...prices].sort((one, other) => one - other));
  await close();
});

test('a token that ran out is renewed once, and the customer notices nothing', async () => {
  const { page, close } = await visit(browser, 'desktop');
  const input = { email: 'hedy@example.com', password: 'frequency hopping' };
  await ask('mutation ($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } } }', { input });
  await page.goto(`${SHOP}/account/sign-in`);
  await page.getByLabel('E-mail').fill(input.email);
  await page.getByLabel('Password').fill(input.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'My orders' }).waitFor();
  const first = await page.evaluate(() => {
    const session = JSON.parse(localStorage.getItem('storefront.session'));
    localStorage.setItem('storefront.session', JSON.stringify({ ...session, expiresAt: new Date().toISOString() }));
    return session.refreshToken;
  });
  let renewals = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.postData()?.includes('customerAccessTokenRenew')) renewals += 1;
  });
  await page.reload();
  await page.getByRole('heading', { name: 'My orders' }).waitFor();
  await page.getByText('You have not ordered anything yet.').waitFor();
  const second = await page.evaluate(() => JSON.parse(localStorage.getItem('storefront.session')).refreshToken);
  assert.notEqual(first, second);
  assert.equal(renewals, 1);
  await close();
});
