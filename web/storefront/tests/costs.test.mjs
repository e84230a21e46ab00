// Owns the journeys about what it costs: discount codes in the cart and on the page behind `checkoutUrl`, the choice of delivery,
// and an order that is changed after it was paid.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  ask, asStaff, barrierFree, bill, cartOf, discountCode, fillAddress, fillCheckout, headline, inCart, isLive, order, orderOf, picture, row, SCREENS, stocked, visit,
} from './support.mjs';

const dollars = (amount) => ({ amount, currencyCode: 'USD' });
const apply = (page) => page.getByRole('button', { name: 'Apply' }).click();
const codesOf = async (id) => (await ask('query ($id: ID!) { cart(id: $id) { discountCodes { code } } }', { id })).cart.discountCodes.map(({ code }) => code);

for (const screen of Object.keys(SCREENS)) {
  describe(screen, () => {
    test('a code makes the cart cheaper, and the order remembers it', async () => {
      const { page, close } = await visit(screen);
      const code = `TENTH-${screen}`.toUpperCase();
      await discountCode(code, { order: { percentage: '10' } });
      await inCart(page, await stocked(`Cheaper Bowl ${screen}`, 9, '40.00'));
      await bill(page, ['Subtotal $40.00', 'Total $40.00']);
      // Case makes no difference.
      await page.getByLabel('Discount code', { exact: true }).fill(code.toLowerCase());
      await apply(page);
      await row(page, 'Total', '$36.00');
      await bill(page, ['Subtotal $40.00', 'Discount −$4.00', 'Total $36.00']);
      await page.getByText('Applied', { exact: true }).waitFor();
      await barrierFree(page);
      await picture(page, `cart-code-${screen}`);
      await order(page);
      await headline(page, 'Paid, and being packed');
      await bill(page, ['Subtotal $40.00', 'Discount −$4.00', 'Total $36.00']);
      await page.getByText(`Discount ${code}`).waitFor();
      await barrierFree(page);
      await picture(page, `order-code-${screen}`);
      await close();
    });

    test('a code that takes nothing off tells why, counts once it can, and goes again', async () => {
      const { page, close } = await visit(screen);
      const code = `BIG-${screen}`.toUpperCase();
      await discountCode(code, { order: { amount: [dollars('5.00')] } }, { minimumRequirement: { subtotal: [dollars('50.00')] } });
      await inCart(page, await stocked(`Small Bowl ${screen}`, 9, '30.00'));
      const field = page.getByLabel('Discount code', { exact: true });
      await field.fill('NOSUCHCODE');
      await apply(page);
      await page.getByText('NOSUCHCODE does not apply: there is no such code.').waitFor();
      await page.getByRole('button', { name: 'Remove discount code NOSUCHCODE' }).click();
      await page.getByText('NOSUCHCODE', { exact: true }).waitFor({ state: 'detached' });
      assert.equal(await field.evaluate((node) => node === document.activeElement), true, 'the focus stays where codes are');
      await field.fill(code);
      await field.press('Enter');
      await page.getByText(`${code} does not apply: the goods it is for cost too little.`).waitFor();
      await barrierFree(page);
      await picture(page, `cart-code-refused-${screen}`);
      await page.getByRole('button', { name: 'One more' }).click();
      await row(page, 'Total', '$55.00');
      await page.getByText('Applied', { exact: true }).waitFor();
      await page.getByRole('button', { name: `Remove discount code ${code}` }).click();
      await row(page, 'Total', '$60.00');
      await close();
    });

    test('the page behind checkoutUrl takes a code, and says what it does not know', async () => {
      const { page, close } = await visit(screen);
      const code = `PAGE-${screen}`.toUpperCase();
      await discountCode(code, { order: { percentage: '25' } });
      await discountCode(`${code}-BIG`, { order: { percentage: '5' } }, { minimumRequirement: { quantity: 20 } });
      const { variantId } = await stocked(`Page Bowl ${screen}`, 9, '40.00');
      const { id, checkoutUrl } = await cartOf([[variantId, 1]]);
      await page.goto(checkoutUrl);
      const field = page.getByLabel('Discount code or gift card', { exact: true });
      await field.fill('WHATISTHIS');
      await apply(page);
      await page.getByText(/“WHATISTHIS” is no discount code, and (this shop takes no gift cards|there is no gift card with this code)\./).waitFor();
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      assert.deepEqual(await codesOf(id), [], 'what may be the secret of a gift card does not stay with the cart');
      await barrierFree(page);
      await field.fill(code);
      await field.press('Enter');
      // Delivery is free from $35.00 on, after discounts.
      await row(page, 'Total', '$35.00');
      await field.fill(`${code}-BIG`);
      await field.press('Enter');
      await page.getByRole('button', { name: `Remove discount code ${code}-BIG` }).waitFor();
      await page.getByText('does not apply: there are too few of the goods it is for.').waitFor();
      await barrierFree(page);
      await picture(page, `checkout-code-${screen}`);
      await page.getByRole('button', { name: `Remove discount code ${code}-BIG` }).click();
      await page.getByRole('button', { name: `Remove discount code ${code}-BIG` }).waitFor({ state: 'detached' });
      assert.deepEqual(await codesOf(id), [code]);
      await page.waitForFunction(() => document.activeElement.id === 'code');
      await fillCheckout(page, 'ada@example.com');
      await page.getByRole('button', { name: 'Pay $35.00' }).click();
      await page.getByRole('heading', { level: 1, name: 'Thank you' }).waitFor();
      await bill(page, ['Subtotal $40.00', 'Discount −$10.00', 'Shipping $5.00', 'Total $35.00']);
      await close();
    });

    test('an order that was changed asks for the rest, and shows what went back', async () => {
      const { page, close } = await visit(screen);
      const bowl = await stocked(`Second Bowl ${screen}`, 9, '40.00');
      await inCart(page, bowl);
      await order(page);
      await headline(page, 'Paid, and being packed');
      await isLive(page);
      const orderId = orderOf(page);
      const { orderEdit } = await asStaff(
        'mutation ($input: OrderEditInput!) { orderEdit(input: $input) { userErrors { message } } }',
        { input: { orderId, addedItems: [{ merchandiseId: bowl.variantId, quantity: 1 }] } },
      );
      assert.deepEqual(orderEdit.userErrors, []);
      await page.getByText('$40.00 is still to be paid').waitFor();
      await headline(page, 'A part is still to be paid');
      await barrierFree(page);
      await picture(page, `order-rest-${screen}`);
      await page.getByLabel('Card that is declined').check();
      await page.getByRole('button', { name: 'Pay $40.00' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByLabel('Card that works').check();
      await page.getByRole('button', { name: 'Pay $40.00' }).click();
      await headline(page, 'Paid, and being packed');
      const { refundCreate } = await asStaff(
        'mutation ($input: RefundCreateInput!) { refundCreate(input: $input) { userErrors { message } } }',
        { input: { orderId, amount: dollars('5.00') } },
      );
      assert.deepEqual(refundCreate.userErrors, []);
      await row(page, 'Refunded', '−$5.00');
      await bill(page, ['Subtotal $80.00', 'Total $80.00', 'Refunded −$5.00']);
      await picture(page, `order-refund-${screen}`);
      await close();
    });
  });
}

test('a code is entered, tried and taken off with a keyboard alone', async () => {
  const { page, close } = await visit('desktop', { colorScheme: 'dark' });
  await discountCode('KEYS', { order: { percentage: '50' } });
  const { variantId } = await stocked('Keyboard Bowl', 9, '40.00');
  const { checkoutUrl } = await cartOf([[variantId, 1]]);
  await page.goto(checkoutUrl);
  await page.getByRole('heading', { name: 'Cost summary' }).waitFor();
  const tabTo = async (name) => {
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((wanted) => (document.activeElement.ariaLabel ?? document.activeElement.id) === wanted, name)) return;
    }
    assert.fail(`the keyboard does not reach ${name}`);
  };
  await tabTo('code');
  await page.keyboard.type('KEYS');
  await page.keyboard.press('Enter');
  await row(page, 'Total', '$25.00');
  await barrierFree(page, ['color-contrast']);
  await tabTo('Remove discount code KEYS');
  await page.keyboard.press('Enter');
  await row(page, 'Total', '$40.00');
  await page.waitForFunction(() => document.activeElement.id === 'code');
  await close();
});

test('a way of delivery is chosen, costs what it says, and is on the order with its code', async () => {
  // No other test sends anything there.
  const zone = (name, areas, rates) => asStaff(
    'mutation ($input: DeliveryZoneCreateInput!) { deliveryZoneCreate(input: $input) { userErrors { field message } } }',
    { input: { name, areas, rates: rates.map(([title, amount]) => ({ title, cost: { flat: dollars(amount) } })) } },
  ).then(({ deliveryZoneCreate }) => assert.deepEqual(deliveryZoneCreate.userErrors, []));
  await zone('The north', [{ countryCode: 'CA' }], [['By boat', '5.00'], ['By plane', '25.00']]);
  await discountCode('SAILS', { shipping: {} });
  const { page, close } = await visit('phone');
  const { variantId } = await stocked('Northern Bowl', 9, '40.00');
  const { checkoutUrl } = await cartOf([[variantId, 1]], { buyerIdentity: { email: 'ada@example.com' } });
  await page.goto(checkoutUrl);
  await page.getByRole('heading', { name: 'Cost summary' }).waitFor();
  await page.getByLabel('Country').selectOption('CA');
  await page.getByRole('radio', { name: /^By boat/ }).waitFor();
  await row(page, 'Total', '$45.00');
  await page.getByRole('radio', { name: /^By boat/ }).focus();
  await page.keyboard.press('ArrowDown');
  await row(page, 'Total', '$65.00');
  assert.equal(await page.evaluate(() => document.activeElement.closest('label')?.textContent.startsWith('By plane')), true, 'the focus stays at the choice');
  await page.getByLabel('Discount code or gift card', { exact: true }).fill('SAILS');
  await apply(page);
  await row(page, 'Total', '$40.00');
  await bill(page, ['Subtotal $40.00', 'Discount −$25.00', 'Shipping $25.00', 'Total $40.00']);
  await page.evaluate(() => document.activeElement.blur());
  await barrierFree(page);
  await picture(page, 'checkout-delivery-phone');
  await page.getByLabel('First name').fill('Ada');
  await page.getByLabel('Last name').fill('Lovelace');
  await page.getByLabel('Street and number').fill('12 Lantern Street');
  await page.getByLabel('Postal code').fill('K1A 0B1');
  await page.getByLabel('City').fill('Ottawa');
  await page.getByLabel(/^State/).fill('ON');
  await page.getByRole('button', { name: 'Pay $40.00' }).click();
  await page.getByRole('heading', { level: 1, name: 'Thank you' }).waitFor();
  await bill(page, ['Subtotal $40.00', 'Total $40.00']);
  await close();
});

/** A gift card that staff issue: its code is told once. */
async function giftCard(amount) {
  const { giftCardCreate } = await asStaff(
    'mutation ($input: GiftCardCreateInput!) { giftCardCreate(input: $input) { giftCard { id } giftCardCode userErrors { message } } }',
    { input: { amount: dollars(amount) } },
  );
  assert.deepEqual(giftCardCreate.userErrors, []);
  const code = giftCardCreate.giftCardCode;
  return { id: giftCardCreate.giftCard.id, code, last: code.slice(-4).toLowerCase() };
}

test('gift cards are entered where codes are, pay their part and go again, and may pay all of it', async () => {
  const { page, close } = await visit('phone');
  const [small, large] = [await giftCard('15.00'), await giftCard('100.00')];
  const { variantId } = await stocked('Carded Bowl', 9, '40.00');
  const { id, checkoutUrl } = await cartOf([[variantId, 1]], { buyerIdentity: { email: 'ada@example.com' } });
  await page.goto(checkoutUrl);
  const field = page.getByRole('textbox', { name: 'Discount code or gift card' });
  await field.fill(small.code);
  await field.press('Enter');
  await row(page, 'To pay', '$25.00');
  await page.getByText(new RegExp(`The gift card ending in ${small.last} pays \\$15.00.`, 'i')).waitFor();
  await page.getByRole('button', { name: 'Pay $25.00' }).waitFor();
  assert.deepEqual(await codesOf(id), [], 'a secret does not stay among the codes');
  await barrierFree(page);
  await picture(page, 'checkout-card-phone');
  await page.getByRole('button', { name: `Remove gift card ending in ${small.last}` }).click();
  await page.getByRole('button', { name: 'Pay $40.00' }).waitFor();
  for (const { code, last } of [small, large]) {
    await field.fill(code);
    await field.press('Enter');
    await page.getByRole('button', { name: `Remove gift card ending in ${last}` }).waitFor();
  }
  await page.getByText('Pays $25.00 of the $100.00 on it').waitFor();
  assert.equal(await page.getByRole('group', { name: 'Payment' }).count(), 0, 'nothing is left to choose a payment for');
  await fillCheckout(page);
  await page.getByRole('button', { name: 'Place the order' }).click();
  await page.getByRole('heading', { level: 1, name: 'Thank you' }).waitFor();
  await bill(page, ['Subtotal $40.00', 'Total $40.00', 'Gift cards −$40.00']);
  await barrierFree(page);
  await picture(page, 'ordered-card-phone');
  await close();
});

/** Takes something off a gift card between what the shopper saw and what the shop reads, once. */
async function shrinking(page, card, amount) {
  let shrunk = false;
  await page.route('**/graphql', async (route) => {
    if (!shrunk && route.request().postDataJSON().query.includes('mutation CheckoutComplete')) {
      shrunk = true;
      const { giftCardDebit } = await asStaff(
        'mutation ($input: GiftCardDebitInput!) { giftCardDebit(input: $input) { userErrors { message } } }',
        { input: { id: card.id, amount: dollars(amount) } },
      );
      assert.deepEqual(giftCardDebit.userErrors, []);
    }
    return route.continue();
  });
}

test('a gift card that shrank leaves more to pay, which the page behind checkoutUrl says before anything is ordered', async () => {
  const { page, close } = await visit('phone');
  const card = await giftCard('15.00');
  const { variantId } = await stocked('Shrunken Bowl', 9, '40.00');
  const { checkoutUrl } = await cartOf([[variantId, 1]], { giftCardCodes: [card.code] });
  await page.goto(checkoutUrl);
  await fillCheckout(page, 'ada@example.com');
  await shrinking(page, card, '10.00');
  await page.getByRole('button', { name: 'Pay $25.00' }).click();
  await page.getByText('What is left to pay has changed.').waitFor();
  await page.getByRole('button', { name: 'Pay $35.00' }).click();
  await page.getByRole('heading', { level: 1, name: 'Thank you' }).waitFor();
  await bill(page, ['Subtotal $40.00', 'Total $40.00', 'Gift cards −$5.00', 'Paid another way $35.00']);
  await close();
});

test('a gift card that shrank leaves more to pay, which the storefront says before anything is ordered', async () => {
  const { page, close } = await visit('phone');
  const card = await giftCard('15.00');
  await inCart(page, await stocked('Dwindling Bowl', 9, '40.00'));
  const id = await page.evaluate(() => JSON.parse(localStorage.getItem('storefront.cart')));
  await ask('mutation ($id: ID!, $codes: [String!]!) { cartGiftCardCodesAdd(cartId: $id, giftCardCodes: $codes) { userErrors { message } } }', { id, codes: [card.code] });
  await page.getByRole('link', { name: 'Checkout' }).click();
  await page.locator('.methods input[name^="delivery"]:checked').waitFor();
  await fillAddress(page, 'ada@example.com');
  await shrinking(page, card, '10.00');
  await page.getByRole('button', { name: 'Pay $25.00' }).click();
  await page.getByText('What is left to pay has changed since you saw it. It is now $35.00.').waitFor();
  await page.getByRole('button', { name: 'Pay $35.00' }).click();
  await headline(page, 'Paid, and being packed');
  await bill(page, ['Subtotal $40.00', 'Total $40.00', 'Gift cards −$5.00', 'Paid another way $35.00']);
  await close();
});

test('a button that takes a code off keeps the focus while the cart is drawn anew', async () => {
  const { page, close } = await visit('desktop');
  await discountCode('STAYS', { order: { percentage: '10' } });
  const { variantId } = await stocked('Drawn Bowl', 9, '50.00');
  const { checkoutUrl } = await cartOf([[variantId, 1]], { discountCodes: ['STAYS'] });
  let release;
  const released = new Promise((done) => (release = done));
  await page.route('**/graphql', async (route) => {
    if (route.request().postDataJSON().query.includes('cartSelectedDeliveryOptionsUpdate')) await released;
    return route.continue();
  });
  await page.goto(checkoutUrl);
  await page.locator('#delivery input:checked').waitFor();
  await page.getByRole('radio', { name: /^Express/ }).check();
  await page.getByRole('button', { name: 'Remove discount code STAYS' }).focus();
  release();
  await row(page, 'Total', '$60.00');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Remove discount code STAYS');
  await close();
});
