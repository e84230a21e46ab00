// Owns what the shop has to say beside its products, as a shopper meets it: menu, pages, journal, policies, suggestions.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answered, barrierFree, picture, SCREENS, SHOP, visit } from './support.mjs';

const link = (id, title, url, items = []) => ({ __typename: 'MenuItem', id, title, type: 'HTTP', url, items });

/** Answers that staff could have brought about, but the demo shop has not. */
async function answers(page, changes) {
  await page.route('**/graphql', async (route) => {
    const { operationName, variables } = route.request().postDataJSON();
    if (!changes[operationName]) return route.continue();
    const response = await route.fetch();
    const body = await response.json();
    changes[operationName](body.data, variables ?? {});
    return route.fulfill({ response, json: body });
  });
}

const title = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();

for (const screen of Object.keys(SCREENS)) {
  describe(screen, () => {
    test('the menu leads to shelves, journal and pages, the foot to the policies', async () => {
      const { page, close } = await visit(screen);
      await page.goto(SHOP);
      const menu = page.getByRole('navigation', { name: 'Shop' });
      const shelves = menu.getByText('Shop', { exact: true });
      await shelves.click();
      await menu.getByRole('link', { name: 'Kitchen' }).waitFor();
      await barrierFree(page);
      await picture(page, `menu-${screen}`);
      await menu.getByRole('link', { name: 'Kitchen' }).click();
      await title(page, 'Kitchen');
      assert.equal(await menu.getByRole('link', { name: 'Laptops' }).isVisible(), false, 'the menu has closed');
      await shelves.click();
      await menu.getByRole('link', { name: 'Shop: everything' }).click();
      await title(page, 'The shelves');
      await page.getByRole('main').getByRole('link', { name: 'Bags' }).waitFor();
      await barrierFree(page);
      await menu.getByRole('link', { name: 'Journal' }).click();
      await title(page, 'Journal');
      await page.getByRole('link', { name: /A mug for every morning/ }).waitFor();
      await barrierFree(page);
      await picture(page, `journal-${screen}`);
      await page.getByRole('link', { name: /A mug for every morning/ }).click();
      await title(page, 'A mug for every morning');
      await page.getByText('Ada Cartwright').waitFor();
      await page.locator('.prose p').first().waitFor();
      await barrierFree(page);
      await menu.getByRole('link', { name: 'About' }).click();
      await title(page, 'About us');
      assert.equal(await menu.getByRole('link', { name: 'About' }).getAttribute('aria-current'), 'page');
      await barrierFree(page);
      await page.getByRole('contentinfo').getByRole('link', { name: 'Privacy policy' }).click();
      await title(page, 'Privacy policy');
      await page.locator('.prose p').first().waitFor();
      await barrierFree(page);
      await page.getByRole('contentinfo').getByRole('link', { name: 'Contact' }).click();
      await title(page, 'Contact');
      await page.goto(`${SHOP}/pages/about-us`);
      await title(page, 'About us');
      assert.equal(new URL(page.url()).pathname, '/pages/about', 'what has moved is followed');
      await page.goto(`${SHOP}/blogs/journal/never-written`);
      await title(page, 'Nothing here');
      await page.goto(`${SHOP}/policies/never-written`);
      await title(page, 'Nothing here');
      await close();
    });

    test('the search box shows what begins like that, and goes there', async () => {
      const { page, close } = await visit(screen);
      await page.goto(SHOP);
      const box = page.getByRole('combobox', { name: 'Search the shop' });
      await box.pressSequentially('lant');
      await page.getByRole('option', { name: /Ember Lantern/ }).waitFor();
      await barrierFree(page);
      await box.press('ArrowDown');
      assert.equal(await page.getByRole('option').first().getAttribute('aria-selected'), 'true');
      assert.equal(await box.getAttribute('aria-activedescendant'), 'found-0');
      await box.press('Escape');
      assert.equal(await box.getAttribute('aria-expanded'), 'false');
      await box.press('Enter');
      await title(page, '“lant”');
      await box.fill('mug');
      await page.getByRole('option', { name: /A mug for every morning.*To read/ }).waitFor();
      await box.fill('ember lan');
      await page.getByRole('option', { name: /Ember Lantern/ }).click();
      await title(page, /Ember Lantern/);
      await close();
    });
  });
}

test('a menu with a second floor opens and closes with a keyboard alone', async () => {
  const { page, close } = await visit('desktop');
  await page.goto(SHOP);
  const menu = page.getByRole('navigation', { name: 'Shop' });
  const below = menu.getByRole('link', { name: 'New in' });
  await menu.getByText('Shop', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'New in');
  await page.keyboard.press('Escape');
  assert.equal(await below.isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Shop');
  await page.keyboard.press('Enter');
  await below.waitFor();
  await page.keyboard.press('Shift+Tab');
  await below.waitFor({ state: 'hidden' });
  await close();
});

test('a menu leads out of the shop, but never runs a script', async () => {
  const { page, close } = await visit('desktop');
  const main = { __typename: 'Menu', id: 'm1', items: [link('i1', 'Elsewhere', 'https://elsewhere.example/'), link('i2', 'Script', 'javascript:alert(1)')] };
  await answers(page, { Frame: (data) => Object.assign(data, { main, footer: null }) });
  await page.goto(SHOP);
  const menu = page.getByRole('navigation', { name: 'Shop' });
  await menu.getByRole('link', { name: 'Elsewhere' }).waitFor();
  assert.equal(await menu.getByRole('link', { name: 'Elsewhere' }).getAttribute('href'), 'https://elsewhere.example/');
  assert.equal(await menu.getByRole('link', { name: 'Script' }).count(), 0);
  await close();
});

test('a shop without menus, pages and policies has no empty places', async () => {
  const { page, close } = await visit('phone');
  const none = { shippingPolicy: null, refundPolicy: null, privacyPolicy: null, termsOfService: null };
  await answers(page, { Frame: (data) => Object.assign(data, { main: null, footer: null, shop: { ...data.shop, ...none } }) });
  await answered(page, 'query Frame', () => page.goto(SHOP));
  await title(page, 'Good things');
  assert.equal(await page.getByRole('navigation', { name: 'Shop' }).count(), 0);
  assert.equal(await page.getByRole('navigation', { name: 'About the shop' }).count(), 0);
  await barrierFree(page);
  await close();
});

test('a long journal is leafed through', async () => {
  const { page, close } = await visit('phone');
  const old = { __typename: 'Article', id: 'a2', handle: 'older', title: 'An older story', publishedAt: '2020-02-02T09:00:00Z', excerpt: null, authorV2: null, image: null };
  await answers(page, {
    Journal({ blog }, { after }) {
      blog.articles.pageInfo = { __typename: 'PageInfo', hasNextPage: !after, endCursor: blog.articles.pageInfo.endCursor };
      if (after) blog.articles.nodes = [old];
    },
  });
  await page.goto(`${SHOP}/blogs/journal`);
  await page.getByRole('button', { name: 'Older' }).click();
  await page.getByRole('link', { name: 'An older story' }).waitFor();
  await page.getByRole('button', { name: 'Newer' }).click();
  await page.getByRole('link', { name: /A mug for every morning/ }).waitFor();
  await close();
});

test('a product shows what else one may like; where there is nothing, there is no heading', async () => {
  const { page, close } = await visit('phone');
  let recommended = [];
  await answers(page, { Recommended: (data) => Object.assign(data, { productRecommendations: recommended }) });
  await answered(page, 'query Recommended', () => page.goto(`${SHOP}/products/claybarrow-morning-mug`));
  await title(page, 'Claybarrow Morning Mug');
  await page.getByRole('button', { name: 'Add to cart' }).waitFor();
  assert.equal(await page.getByRole('region', { name: 'You may also like' }).count(), 0);
  const price = { __typename: 'MoneyV2', amount: '46.0', currencyCode: 'USD' };
  const priceRange = { __typename: 'ProductPriceRange', minVariantPrice: price, maxVariantPrice: price };
  const card = { __typename: 'Product', handle: 'cairnley-ember-lantern', title: 'Lantern', vendor: 'Cairnley', availableForSale: true, featuredImage: null, priceRange };
  recommended = [1, 2, 3, 4, 5].map((number) => ({ ...card, id: `p${number}` }));
  await page.reload();
  const also = page.getByRole('region', { name: 'You may also like' });
  await also.waitFor();
  assert.equal(await also.getByRole('link').count(), 4);
  await barrierFree(page);
  await also.getByRole('link').first().click();
  await title(page, /Ember Lantern/);
  await close();
});
