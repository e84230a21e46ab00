// Owns the journeys about the way that things come: chosen at the storefront's checkout, seen in its sum and on the order.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  addMug, barrierFree, bill, fillAddress, headline, inCart, order, picture, row, SCREENS, SHOP, stocked, visit,
} from './support.mjs';

const way = (page, title) => page.getByRole('radio', { name: new RegExp(`^${title}`) });
const pay = (page, amount) => page.getByRole('button', { name: `Pay ${amount}`, exact: true });
const chosen = (page) => page.locator('.methods input[name^="delivery"]:checked').evaluateAll((inputs) => inputs.map(({ value }) => value));

/** To the checkout, and until the ways to deliver are there. */
async function toCheckout(page, product) {
  await inCart(page, product);
  await page.getByRole('link', { name: 'Checkout' }).click();
  await way(page, 'Standard').waitFor();
}

for (const screen of Object.keys(SCREENS)) {
  describe(screen, () => {
    test('the dearer way is chosen, is in the sum at once, stays chosen, and is on the order', async () => {
      const { page, close } = await visit(screen);
      await toCheckout(page, await stocked(`Hurried Bowl ${screen}`, 9, '40.00'));
      assert.deepEqual(await chosen(page), ['standard'], 'the cheapest that is sent');
      await pay(page, '$40.00').waitFor();
      await way(page, 'Express').check();
      await row(page, 'Total', '$55.00');
      await bill(page, ['Subtotal $40.00', 'Shipping $15.00', 'Total $55.00']);
      await pay(page, '$55.00').waitFor();
      await barrierFree(page);
      await way(page, 'Express').scrollIntoViewIfNeeded();
      await picture(page, `delivery-${screen}`);
      await page.reload();
      await row(page, 'Total', '$55.00');
      assert.deepEqual(await chosen(page), ['express']);
      await fillAddress(page, 'ada@example.com');
      await pay(page, '$55.00').click();
      await headline(page, 'Paid, and being packed');
      await bill(page, ['Subtotal $40.00', 'Shipping $15.00', 'Total $55.00']);
      await page.getByText('Express 1 to 2 working days').waitFor();
      await barrierFree(page);
      await close();
    });

    test('a way that does not lead to another country says so, and taxes are those of the country', async () => {
      const { page, close } = await visit(screen);
      await toCheckout(page, await stocked(`Traveling Bowl ${screen}`, 9, '40.00'));
      await way(page, 'Express').check();
      await row(page, 'Total', '$55.00');
      await page.getByLabel('Country').selectOption('DE');
      await way(page, 'International').waitFor();
      await page.getByText('Express is not for this address; choose another delivery.').waitFor();
      assert.deepEqual(await chosen(page), [], 'nothing is chosen in the place of what was chosen');
      await barrierFree(page);
      await picture(page, `delivery-elsewhere-${screen}`);
      await way(page, 'International').check();
      await row(page, 'Total', '$69.02');
      await bill(page, ['Subtotal $40.00', 'Shipping $18.00', 'Tax $11.02', 'Total $69.02']);
      assert.equal(await page.locator('.delivery-said .refusal').count(), 0);
      await page.getByLabel('E-mail').fill('grete@example.com');
      for (const [label, text] of [['First name', 'Grete'], ['Last name', 'Hermann'], ['Street and number', 'Wallring 3'], ['Postal code', '28195'], ['City', 'Bremen']]) {
        await page.getByLabel(label).fill(text);
      }
      await pay(page, '$69.02').click();
      await headline(page, 'Paid, and being packed');
      await bill(page, ['Subtotal $40.00', 'Shipping $18.00', 'Tax $11.02', 'Total $69.02']);
      await close();
    });
  });
}

test('a way that takes no such weight does not keep the cart from its checkout, where another is chosen', async () => {
  const { page, close } = await visit('desktop');
  await toCheckout(page, await stocked('Light Bowl', 9, '40.00'));
  await way(page, 'Express').check();
  await row(page, 'Total', '$55.00');
  await inCart(page, { handle: 'oakhollin-rise' });
  await page.getByRole('link', { name: 'Checkout' }).click();
  await page.getByText('Express is not for this weight; choose another delivery.').waitFor();
  assert.equal(await way(page, 'Express').count(), 0);
  // The browser itself asks for a choice where none counts.
  await fillAddress(page, 'ada@example.com');
  await page.getByRole('button', { name: /^Pay / }).click();
  assert.equal(await way(page, 'Standard').evaluate((input) => input.matches(':invalid')), true);
  await way(page, 'Standard').check();
  // While the shop is asked nothing is said.
  await page.locator('.methods[aria-busy="false"]').waitFor();
  await page.locator('.delivery-said .refusal').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Pay / }).click();
  await headline(page, 'Paid, and being packed');
  await close();
});

test('things are collected: the order says where', async () => {
  const { page, close } = await visit('phone');
  await toCheckout(page, await stocked('Fetched Bowl', 9, '20.00'));
  await row(page, 'Total', '$25.00');
  await way(page, 'Mill Street Warehouse').check();
  // It is taxed where it is collected.
  await row(page, 'Total', '$21.40');
  await page.getByText('You collect your things').waitFor();
  await fillAddress(page, 'ada@example.com');
  await pay(page, '$21.40').click();
  await headline(page, 'Paid, and being packed');
  await page.getByRole('heading', { name: 'You collect it at' }).waitFor();
  await page.getByText('Wheelwright, IN 47400').waitFor();
  await barrierFree(page);
  await close();
});

test('a postal code that is none of its country stands marked, and the ways to the country stay', async () => {
  const { page, close } = await visit('phone');
  await toCheckout(page, await stocked('Misread Bowl', 9, '40.00'));
  await page.getByLabel('Postal code').fill('K1A 0B1');
  await page.getByLabel('City').click();
  await page.locator('.field .refusal').waitFor();
  assert.equal(await page.getByLabel('Postal code').getAttribute('aria-invalid'), 'true');
  await way(page, 'Standard').waitFor();
  await barrierFree(page);
  await page.getByLabel('Postal code').fill('46204');
  await page.getByLabel('City').click();
  await row(page, 'Tax', '$2.80');
  assert.equal(await page.locator('.field .refusal').count(), 0);
  await close();
});

test('a shop that cannot say what delivery costs is asked again', async () => {
  const { page, close } = await visit('phone', { expected: /ERR_CONNECTION_RESET/ });
  let cut = true;
  await page.route('**/graphql', (route) => {
    const lost = cut && route.request().postDataJSON().operationName === 'CartDeliveryAddressesReplace';
    return lost ? route.abort('connectionreset') : route.continue();
  });
  await inCart(page, await stocked('Unreached Bowl', 9, '20.00'));
  await page.getByRole('link', { name: 'Checkout' }).click();
  await page.getByText('The shop cannot be reached just now.').waitFor();
  assert.equal(await page.locator('.methods input[name^="delivery"]').count(), 0);
  await barrierFree(page);
  await fillAddress(page, 'ada@example.com');
  await pay(page, '$20.00').click();
  await page.getByRole('alert').getByText('The shop cannot be reached just now.').waitFor();
  cut = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await way(page, 'Standard').waitFor();
  await pay(page, '$25.00').click();
  await headline(page, 'Paid, and being packed');
  await close();
});

test('the way is chosen with a keyboard alone, and the focus stays at the choice', async () => {
  const { page, close } = await visit('desktop', { colorScheme: 'dark' });
  await addMug(page, (await stocked('Keyed Bowl', 9, '40.00')).handle);
  await page.goto(`${SHOP}/checkout`);
  await way(page, 'Standard').focus();
  await page.keyboard.press('ArrowDown');
  await row(page, 'Total', '$55.00');
  assert.equal(await page.evaluate(() => document.activeElement.value), 'express');
  await page.keyboard.press('ArrowUp');
  await row(page, 'Total', '$40.00');
  assert.equal(await page.evaluate(() => document.activeElement.value), 'standard');
  await barrierFree(page, ['color-contrast']);
  await order(page);
  await headline(page, 'Paid, and being packed');
  await close();
});

test('a total that comes while the button is down is shown before anything is ordered', async () => {
  const { page, close } = await visit('desktop');
  await toCheckout(page, await stocked('Pressed Bowl', 9, '40.00'));
  await fillAddress(page, 'ada@example.com');
  await page.getByLabel(/^State/).fill('');
  await page.getByLabel('Postal code').fill('46204');
  await pay(page, '$40.00').scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pay(page, '$40.00').boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  // The field is left by that, and the shop is told.
  await page.mouse.down();
  await row(page, 'Tax', '$2.80');
  await page.mouse.up();
  await page.getByText('The total has changed since you saw it.').waitFor();
  await pay(page, '$42.80').click();
  await headline(page, 'Paid, and being packed');
  await bill(page, ['Subtotal $40.00', 'Tax $2.80', 'Total $42.80']);
  await close();
});
