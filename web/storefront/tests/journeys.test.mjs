// Owns the journeys of a shopper from the first page to the parcel at the door, on a phone and on a desk.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addMug, adjust, barrierFree, fillAddress, headline, isLive, order, orderOf, picture, SCREENS, ship, SHOP, stocked, visit } from './support.mjs';

for (const screen of Object.keys(SCREENS)) {
  describe(screen, () => {
    test('a guest browses, buys, and sees the order move while staff ship it', async () => {
      const { page, close } = await visit(screen, { pictures: true });
      await page.goto(SHOP);
      await page.getByRole('link', { name: 'Laptops' }).click();
      await page.getByRole('heading', { level: 1, name: 'Laptops' }).waitFor();
      // The focus goes to the heading, a moment after it is there.
      await page.waitForFunction(() => document.activeElement.tagName === 'H1');
      await page.getByRole('link', { name: /Tarnholm Aero 13/ }).click();
      await page.getByRole('radio', { name: 'Sage' }).check();
      await page.getByRole('radio', { name: '32 GB' }).check();
      await page.waitForURL(({ searchParams }) => searchParams.get('Color') === 'Sage' && /^32/.test(searchParams.get('Memory')));
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

    test('a declined payment is told, and another way pays the same order', async () => {
      const { page, close } = await visit(screen);
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
      const { page, close } = await visit(screen);
      const { handle, variantId } = await stocked(`Rare Kettle ${screen}`, 2);
      await page.goto(`${SHOP}/products/${handle}`);
      await page.getByText('Only 2 left').waitFor();
      await page.getByLabel('Quantity').last().fill('5');
      await page.getByRole('button', { name: 'Add to cart' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByRole('link', { name: /^Cart, 2 things/ }).waitFor();
      await page.goto(`${SHOP}/checkout`);
      await fillAddress(page, 'ada@example.com');
      await adjust(variantId, -1);
      await page.getByRole('button', { name: /^Pay / }).click();
      await page.getByRole('alert').getByRole('link', { name: 'Change the cart' }).click();
      await page.locator('.line .refusal').waitFor();
      await page.getByRole('button', { name: 'One less' }).click();
      await page.locator('.line .refusal').waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Checkout' }).waitFor();
      await adjust(variantId, -1);
      await page.goto(`${SHOP}/products/${handle}`);
      await page.getByText('Sold out', { exact: true }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Add to cart' }).count(), 0);
      await close();
    });
  });
}

test('the cart works with a keyboard alone', async () => {
  const { page, close } = await visit('desktop');
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

test('a search goes on with "load more", from cheap to dear', async () => {
  const { page, close } = await visit('desktop');
  await page.goto(`${SHOP}/search?q=`);
  await page.locator('.card').nth(11).waitFor();
  await page.getByLabel('Sorted by').selectOption({ label: 'Price, low to high' });
  await page.waitForURL(/sort=cheap/);
  // The list that is loaded further is the sorted one.
  await page.waitForFunction(() => {
    const prices = [...document.querySelectorAll('.card-price')].map(({ textContent }) => Number(textContent.replace(/[^\d.]/g, '')));
    return prices.length >= 12 && prices.every((price, index) => index === 0 || prices[index - 1] <= price);
  });
  await page.getByRole('button', { name: 'Load more' }).click();
  await page.locator('.card').nth(23).waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('.card a')].indexOf(document.activeElement) === 12);
  const prices = (await page.locator('.card-price').allTextContents()).map((text) => Number(text.replace(/[^\d.]/g, '')));
  assert.deepEqual(prices, [...prices].sort((one, other) => one - other));
  await close();
});

test('a picture is asked for in the width that it is shown in', async () => {
  const { page, close } = await visit('phone', { pictures: true });
  await page.goto(`${SHOP}/products/claybarrow-morning-mug`);
  const loaded = (locator) => locator.evaluate(async (image) => {
    await image.decode();
    return { asked: new URL(image.currentSrc).searchParams.get('width'), drawn: image.naturalWidth };
  });
  const stage = await loaded(page.locator('.stage img'));
  const thumb = await loaded(page.locator('.thumbs img').first());
  assert.equal(thumb.asked, '160');
  assert.ok(stage.asked === null || Number(stage.asked) > 390, `the large one was asked for in ${stage.asked}`);
  assert.ok(thumb.drawn > 0 && stage.drawn > 0);
  await close();
});
