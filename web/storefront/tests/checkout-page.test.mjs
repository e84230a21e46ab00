// Owns the journeys over the page behind `checkoutUrl`, which the server carries: a foreign front end makes a cart over the API and
// sends its shopper there.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adjust, API, ask, barrierFree, bill, cartOf, fillCheckout, picture, reprice, SCREENS, ship, stocked, visit } from './support.mjs';

const title = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();
const pay = (page) => page.getByRole('button', { name: /^Pay / }).click();
/** The order's id is what the page keeps in its tab. */
const orderOf = (page) => page.evaluate(() => sessionStorage.getItem('cartwright.lastOrder'));

for (const screen of Object.keys(SCREENS)) {
  describe(screen, () => {
    test('a cart is seen with its costs, paid, and its order is followed to the door', async () => {
      const { page, close } = await visit(screen);
      const cup = await stocked(`Far Cup ${screen}`, 9, '12.50');
      const pot = await stocked(`Far Pot ${screen}`, 9, '30.00');
      const { checkoutUrl } = await cartOf([[cup.variantId, 2], [pot.variantId, 1]], { buyerIdentity: { email: 'ada@example.com' } });
      const answer = await page.goto(checkoutUrl);
      assert.match(answer.headers()['content-security-policy'], /default-src 'none'; script-src 'self'; style-src 'self';/);
      await page.getByRole('heading', { name: 'Cost summary' }).waitFor();
      const summary = page.getByRole('complementary', { name: 'Cost summary' });
      await summary.getByText(`Far Cup ${screen}`).waitFor();
      await summary.getByText('Quantity 2').waitFor();
      await bill(page, ['Subtotal $55.00', 'Total $55.00']);
      assert.equal(await page.getByLabel('E-mail').inputValue(), 'ada@example.com');
      await barrierFree(page);
      await picture(page, `checkout-${screen}`);
      await fillCheckout(page);
      await pay(page);
      await title(page, 'Thank you');
      await page.getByText('live', { exact: true }).waitFor();
      await page.getByRole('list', { name: 'Payment: Paid' }).waitFor();
      await bill(page, ['Subtotal $55.00', 'Total $55.00']);
      await barrierFree(page);
      await ship(await orderOf(page), `HP-far-${screen}`);
      await page.getByText(`Heron Post HP-far-${screen}`).waitFor();
      await page.getByRole('button', { name: 'I have it' }).click();
      await title(page, 'Delivered');
      await page.reload();
      await title(page, 'Delivered');
      await close();
    });

    test('a payment that is declined is told, and tried again', async () => {
      const { page, close } = await visit(screen);
      const { variantId } = await stocked(`Declined Cup ${screen}`, 9);
      const { checkoutUrl } = await cartOf([[variantId, 1]]);
      await page.goto(checkoutUrl);
      await fillCheckout(page, 'ada@example.com');
      await page.getByRole('radio', { name: /^Is declined/ }).check();
      await pay(page);
      await title(page, 'Almost there');
      await page.getByText('The payment did not go through.').waitFor();
      await barrierFree(page);
      const number = await page.getByRole('heading', { name: /^Order \d/ }).textContent();
      await page.getByRole('button', { name: 'Try again' }).click();
      await title(page, 'Thank you');
      assert.equal(await page.getByRole('heading', { name: /^Order \d/ }).textContent(), number);
      await close();
    });

    test("the bank's page is visited and answered, and leads back to the order", async () => {
      const { page, close } = await visit(screen);
      const { variantId } = await stocked(`Asking Cup ${screen}`, 9);
      const { checkoutUrl } = await cartOf([[variantId, 1]]);
      await page.goto(checkoutUrl);
      await fillCheckout(page, 'ada@example.com');
      await page.getByRole('radio', { name: /^Asks for one more step/ }).check();
      await pay(page);
      await title(page, 'Do you approve this payment?');
      await page.getByText('$25.00').waitFor();
      await barrierFree(page);
      await page.getByRole('button', { name: 'Decline' }).click();
      await title(page, 'Almost there');
      await page.getByLabel('How it pays this time').selectOption({ label: 'Asks for one more step' });
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('link', { name: 'Go to the bank’s page' }).click();
      await page.getByRole('button', { name: 'Approve' }).click();
      await title(page, 'Thank you');
      await close();
    });

    test('a cart that cannot be paid says why', async () => {
      const { page, close } = await visit(screen);
      const { variantId } = await stocked(`Gone Cup ${screen}`, 9);
      const empty = await cartOf([]);
      await page.goto(empty.checkoutUrl);
      await title(page, 'Your cart is empty');
      await barrierFree(page);
      // Where the shop is comes with an answer of its own.
      await page.getByRole('link', { name: 'Back to the shop' }).and(page.locator(`[href="${API}/"]`)).waitFor();
      await page.goto(`${API}/checkout/00000000-0000-7000-8000-000000000000.AAAAAAAAAAAAAAAAAAAAAA`);
      await title(page, 'This cart is not here');
      await page.goto(`${API}/checkout/nonsense`);
      await title(page, 'This cart is not here');
      await page.goto(`${API}/checkout/%E0%A4%A`);
      await title(page, 'No cart here');
      const paid = await cartOf([[variantId, 1]]);
      await page.goto(paid.checkoutUrl);
      await fillCheckout(page, 'ada@example.com');
      await pay(page);
      await title(page, 'Thank you');
      // Another window does not know the order, and must not be told of it.
      const other = await visit(screen);
      await other.page.goto(paid.checkoutUrl);
      await title(other.page, 'This cart is not here');
      await other.page.getByText('It was paid already, or it never existed.').waitFor();
      await other.close();
      await close();
    });
  });
}

test('what is known of the buyer stands in the form, and what is refused is marked where it stands', async () => {
  const { page, close } = await visit('phone');
  const { variantId } = await stocked('Known Cup', 9);
  const { id, checkoutUrl } = await cartOf([[variantId, 1]], { buyerIdentity: { email: 'grete@example.com', phone: '+4930123456', countryCode: 'DE' } });
  const address = { firstName: 'Grete', lastName: 'Hermann', address1: 'Wallring 3', city: 'Bremen', zip: '28195', countryCode: 'DE' };
  const { cartDeliveryAddressesAdd } = await ask(
    'mutation ($id: ID!, $addresses: [CartSelectableAddressInput!]!) { cartDeliveryAddressesAdd(cartId: $id, addresses: $addresses) { userErrors { message } } }',
    { id, addresses: [{ address: { deliveryAddress: address }, selected: true }] },
  );
  assert.deepEqual(cartDeliveryAddressesAdd.userErrors, []);
  await page.goto(checkoutUrl);
  await page.getByRole('heading', { name: 'Cost summary' }).waitFor();
  assert.equal(await page.getByLabel('Last name').inputValue(), 'Hermann');
  assert.equal(await page.getByLabel('Phone').inputValue(), '+4930123456');
  assert.equal(await page.getByLabel('Country').inputValue(), 'DE');
  await page.getByLabel('City').fill('see https://example.com');
  await pay(page);
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('City').getAttribute('aria-invalid'), 'true');
  assert.match(await page.locator('#city-error').textContent(), /./);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'messages', 'the focus is where the refusal is');
  await barrierFree(page);
  await page.getByLabel('City').fill('Bremen');
  await pay(page);
  await title(page, 'Thank you');
  await close();
});

test('what is short is said before the address is typed, and when somebody else was faster', async () => {
  const { page, close } = await visit('desktop');
  const { variantId } = await stocked('Short Cup', 3);
  const { id, checkoutUrl, lines } = await cartOf([[variantId, 3]]);
  await adjust(variantId, -1);
  await page.goto(checkoutUrl);
  await page.getByText('Something in your cart cannot be bought as it is').waitFor();
  await page.locator('#lines .field-error').waitFor();
  await barrierFree(page);
  await ask('mutation ($id: ID!, $lines: [CartLineUpdateInput!]!) { cartLinesUpdate(cartId: $id, lines: $lines) { userErrors { message } } }', {
    id, lines: [{ id: lines.nodes[0].id, quantity: 2 }],
  });
  await page.reload();
  await page.getByRole('button', { name: 'Pay $40.00' }).waitFor();
  assert.equal(await page.locator('#lines .field-error').count(), 0);
  await fillCheckout(page, 'ada@example.com');
  await adjust(variantId, -2);
  await pay(page);
  await page.getByText('Please look at this again').waitFor();
  await page.locator('#lines .field-error').waitFor();
  await close();
});

test('a price that moved is shown before anything is ordered', async () => {
  const { page, close } = await visit('phone');
  const { id, variantId } = await stocked('Moving Cup', 3, '40.00');
  const { checkoutUrl } = await cartOf([[variantId, 1]]);
  await page.goto(checkoutUrl);
  await fillCheckout(page, 'ada@example.com');
  // Between what the shopper saw and what the shop reads.
  let moved = false;
  await page.route('**/graphql', async (route) => {
    if (!moved && route.request().postDataJSON().query.includes('CheckoutComplete')) {
      moved = true;
      await reprice(id, variantId, '45.00');
    }
    return route.continue();
  });
  await page.getByRole('button', { name: 'Pay $40.00' }).click();
  await page.getByText('The total has changed.').waitFor();
  await bill(page, ['Subtotal $45.00', 'Total $45.00']);
  await page.getByRole('button', { name: 'Pay $45.00' }).click();
  await title(page, 'Thank you');
  await close();
});

test('an answer that is lost is asked for again with the same key, and one order comes of it', async () => {
  const { page, close } = await visit('phone', { expected: /ERR_CONNECTION_RESET/ });
  const { variantId } = await stocked('Lost Cup', 3);
  const { checkoutUrl } = await cartOf([[variantId, 1]]);
  const keys = [];
  await page.route('**/graphql', async (route) => {
    const { query, variables } = route.request().postDataJSON();
    if (!query.includes('CheckoutComplete')) return route.continue();
    keys.push(variables.input.idempotencyKey);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  await page.goto(checkoutUrl);
  await fillCheckout(page, 'ada@example.com');
  await pay(page);
  await page.getByText('The shop cannot be reached.').waitFor();
  await pay(page);
  await title(page, 'Thank you');
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  await close();
});

test('a cost that is not zero has a row of its own', async () => {
  const { page, close } = await visit('phone');
  const { variantId } = await stocked('Taxed Cup', 3, '100.00');
  const { checkoutUrl } = await cartOf([[variantId, 1]]);
  const dollars = (amount) => ({ amount, currencyCode: 'USD' });
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    // The page reads the cart, and tells where it goes.
    const cart = body.data.cart ?? body.data.cartDeliveryAddressesReplace?.cart;
    if (!cart) return route.fulfill({ response, json: body });
    Object.assign(cart.cost, { taxAmount: dollars('7.5'), taxIncludedAmount: dollars('1.2'), totalAmount: dollars('102.35'), checkoutChargeAmount: dollars('77.35') });
    cart.discountAllocations = [{ discountedAmount: dollars('5.1') }];
    cart.lines.nodes[0].discountAllocations = [{ discountedAmount: dollars('5.05') }];
    const option = { handle: 'post', title: 'By post', estimatedCost: dollars('5.0') };
    cart.deliveryGroups.nodes = [{ deliveryOptions: [option], selectedDeliveryOption: option }, { deliveryOptions: [], selectedDeliveryOption: null }];
    cart.appliedGiftCards = ['k3p9', 'zero'].map((lastCharacters, index) => ({
      id: lastCharacters, lastCharacters, balance: dollars('40.0'), amountUsed: dollars(index ? '0.0' : '25.0'),
    }));
    return route.fulfill({ response, json: body });
  });
  await page.goto(checkoutUrl);
  await page.getByRole('heading', { name: 'Cost summary' }).waitFor();
  await bill(page, [
    'Subtotal $100.00', 'Discount −$10.15', 'Shipping $5.00', 'Tax $7.50', 'Total $102.35', 'Including tax $1.20', 'Gift card …k3p9 −$25.00', 'To pay $77.35',
  ]);
  await page.getByText('Pays $25.00 of the $40.00 on it').waitFor();
  await page.getByText('Pays nothing here').waitFor();
  await page.getByRole('button', { name: 'Pay $77.35' }).waitFor();
  await barrierFree(page);
  await close();
});

test('the policy keeps a script out that was not served with the page', async () => {
  const { page, close } = await visit('desktop', { expected: /Content Security Policy/ });
  const { checkoutUrl } = await cartOf([]);
  await page.goto(checkoutUrl);
  await title(page, 'Your cart is empty');
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.foreign = true';
    document.body.append(script);
    return window.foreign === true;
  });
  assert.equal(ran, false);
  await close();
});

test('the page is as readable in the dark, and can be paid with a keyboard alone', async () => {
  const { page, close } = await visit('desktop', { colorScheme: 'dark' });
  const { variantId } = await stocked('Night Cup', 3);
  const { checkoutUrl } = await cartOf([[variantId, 1]], { buyerIdentity: { email: 'ada@example.com' } });
  await page.goto(checkoutUrl);
  await page.getByRole('heading', { name: 'Cost summary' }).waitFor();
  // What delivery costs comes a moment after the cart.
  await page.locator('#delivery input:checked').waitFor();
  await barrierFree(page);
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  const tabTo = async (wanted) => {
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      if (wanted.test(await focused())) return page.keyboard.press('Enter');
    }
    return assert.fail(`the keyboard does not reach ${wanted}`);
  };
  await tabTo(/^Fill in a made-up address$/);
  assert.match(await focused(), /^Pay /, 'the focus goes on to the button');
  await page.keyboard.press('Enter');
  await title(page, 'Thank you');
  await page.waitForFunction(() => /^Order \d/.test(document.activeElement.textContent));
  await barrierFree(page);
  await close();
});

test('a delivery that could not be chosen is told beside the choice, and stops the payment once', async () => {
  const { page, close } = await visit('phone', { expected: /ERR_CONNECTION_RESET/ });
  const { variantId } = await stocked('Unmoved Cup', 3, '40.00');
  const { checkoutUrl } = await cartOf([[variantId, 1]]);
  let [cut, sent] = [Promise.resolve(), 0];
  await page.route('**/graphql', async (route) => {
    const { query } = route.request().postDataJSON();
    if (query.includes('mutation CheckoutComplete')) sent += 1;
    if (!cut || !query.includes('cartSelectedDeliveryOptionsUpdate')) return route.continue();
    await cut;
    return route.abort('connectionreset');
  });
  await page.goto(checkoutUrl);
  await fillCheckout(page, 'ada@example.com');
  await page.getByRole('button', { name: 'Pay $40.00' }).waitFor();
  await page.getByRole('radio', { name: /^Express/ }).click();
  await page.locator('#delivery').getByText('This delivery could not be chosen.').waitFor();
  assert.equal(await page.getByRole('radio', { name: /^Standard/ }).isChecked(), true, 'what counts is what is drawn');
  await barrierFree(page);
  await pay(page);
  const told = page.getByRole('alert').getByText('Look at the delivery, then pay again.');
  await told.waitFor();
  // The same when it is paid before the answer comes.
  let fail;
  cut = new Promise((done) => (fail = done));
  await page.getByRole('radio', { name: /^Express/ }).click();
  await page.getByText('Pay $40.00').click();
  await told.waitFor({ state: 'detached' });
  fail();
  await told.waitFor();
  assert.equal(sent, 0, 'nothing was ordered');
  cut = null;
  await page.getByRole('radio', { name: /^Express/ }).check();
  await page.getByRole('button', { name: 'Pay $55.00' }).click();
  await title(page, 'Thank you');
  await close();
});

test('nothing can be changed while the cart is paid, and the button keeps the focus', async () => {
  const { page, close } = await visit('desktop');
  const { variantId } = await stocked('Frozen Cup', 3);
  const { checkoutUrl } = await cartOf([[variantId, 1]]);
  let release;
  const released = new Promise((done) => (release = done));
  await page.route('**/graphql', async (route) => {
    if (!route.request().postDataJSON().query.includes('mutation CheckoutComplete')) return route.continue();
    const response = await route.fetch();
    await released;
    return route.fulfill({ response });
  });
  await page.goto(checkoutUrl);
  await fillCheckout(page, 'ada@example.com');
  await page.locator('#pay').focus();
  await page.keyboard.press('Enter');
  await page.getByText('Paying…').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'pay', 'the focus stays on the button');
  for (const id of ['countryCode', 'zip', 'code', 'apply']) await page.locator(`#${id}`).focus();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'pay', 'nothing else takes the focus');
  release();
  await title(page, 'Thank you');
  await close();
});

test('an answer that is lost comes after a reload, although the cart is gone', async () => {
  const { page, close } = await visit('phone', { expected: /ERR_CONNECTION_RESET/ });
  const { variantId } = await stocked('Reloaded Cup', 3);
  const { checkoutUrl } = await cartOf([[variantId, 1]]);
  let lose = true;
  await page.route('**/graphql', async (route) => {
    if (!lose || !route.request().postDataJSON().query.includes('mutation CheckoutComplete')) return route.continue();
    lose = false;
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.goto(checkoutUrl);
  await fillCheckout(page, 'ada@example.com');
  await pay(page);
  await page.getByText('The shop cannot be reached.').waitFor();
  await page.reload();
  await title(page, 'Thank you');
  await page.getByRole('list', { name: 'Payment: Paid' }).waitFor();
  await close();
});

test('a refund that staff closed is not shown', async () => {
  const { page, close } = await visit('phone');
  const { variantId } = await stocked('Refunded Cup', 3, '40.00');
  const { checkoutUrl } = await cartOf([[variantId, 1]]);
  await page.routeWebSocket(/\/graphql/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((text) => {
      const message = JSON.parse(text);
      const order = message.payload?.data?.orderUpdated?.order;
      if (order) order.refunds = [['CANCELED', '5.0'], ['SUCCEEDED', '3.0']].map(([status, amount]) => ({ status, amount: { amount, currencyCode: 'USD' } }));
      socket.send(JSON.stringify(message));
    });
  });
  await page.goto(checkoutUrl);
  await fillCheckout(page, 'ada@example.com');
  await pay(page);
  await bill(page, ['Subtotal $40.00', 'Total $40.00', 'Refunded −$3.00']);
  await close();
});
