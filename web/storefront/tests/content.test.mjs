// Owns what the shop has to say beside its products, as a shopper meets it: menu, pages, journal, policies, suggestions.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { API, barrierFree, picture, SCREENS, SHOP, visit } from './support.mjs';

const link = (id, title, path, items = []) => ({ __typename: 'MenuItem', id, title, type: 'HTTP', url: new URL(path, API).href, items });
const IMAGE = { __typename: 'Image', url: `${API}/media/demo/claybarrow-morning-mug-ink.webp`, altText: 'A mug', width: 1000, height: 1000 };
const ARTICLE = {
  __typename: 'Article', id: 'a1', handle: 'a-mug-is-turned', title: 'A mug is turned', publishedAt: '2026-03-01T09:00:00Z',
  authorV2: { __typename: 'ArticleAuthor', name: 'Ida Claybarrow' }, image: IMAGE, contentHtml: '<h2>The clay</h2><p>It comes from the hill.</p>',
};
const BLOG = { __typename: 'Blog', id: 'b1', handle: 'journal', title: 'Journal' };
const POLICY = { __typename: 'ShopPolicy', id: 's1', handle: 'privacy-policy', title: 'Privacy policy', body: '<p>We keep what we need.</p>' };

/** What a shop answers whose staff wrote something, whatever the demo shop has. */
const WRITTEN = {
  Frame(data) {
    data.shop.privacyPolicy = POLICY;
    data.main = {
      __typename: 'Menu', id: 'm1',
      items: [
        link('i1', 'Shelves', '/collections', [link('i2', 'Kitchen', '/collections/kitchen'), link('i3', 'Laptops', '/collections/laptops')]),
        link('i4', 'Journal', '/blogs/journal'),
        link('i5', 'About us', '/pages/about-us'),
        link('i6', 'Elsewhere', 'https://elsewhere.example/'),
        { ...link('i7', 'Script', '/'), url: 'javascript:alert(1)' },
      ],
    };
    data.footer = { __typename: 'Menu', id: 'm2', items: [link('i8', 'Contact', '/pages/contact')] };
  },
  ContentPage: (data, { handle }) => {
    data.page = handle === 'about-us' ? { __typename: 'Page', id: 'p1', title: 'About us', body: '<p>We are three people and a dog.</p>' } : null;
  },
  Policies: (data) => void (data.shop.privacyPolicy = POLICY),
  Journal(data, { after }) {
    const one = after ? { ...ARTICLE, id: 'a2', handle: 'older', title: 'An older story', image: null } : ARTICLE;
    data.blog = { ...BLOG, articles: { __typename: 'ArticleConnection', nodes: [one], pageInfo: { __typename: 'PageInfo', hasNextPage: !after, endCursor: 'c1' } } };
  },
  Article: (data, { handle }) => void (data.blog = { ...BLOG, articleByHandle: handle === ARTICLE.handle ? ARTICLE : null }),
};

async function written(page) {
  await page.route('**/graphql', async (route) => {
    const { operationName, variables } = route.request().postDataJSON();
    if (!WRITTEN[operationName]) return route.continue();
    const response = await route.fetch();
    const body = await response.json();
    WRITTEN[operationName](body.data, variables ?? {});
    return route.fulfill({ response, json: body });
  });
}

const title = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();

for (const screen of Object.keys(SCREENS)) {
  describe(screen, () => {
    test('the menu leads to shelves, journal and pages, the foot to the policies', async () => {
      const { page, close } = await visit(screen);
      await written(page);
      await page.goto(SHOP);
      const menu = page.getByRole('navigation', { name: 'Shop' });
      await menu.getByText('Shelves', { exact: true }).click();
      await menu.getByRole('link', { name: 'Kitchen' }).waitFor();
      await barrierFree(page);
      await menu.getByRole('link', { name: 'Kitchen' }).click();
      await title(page, 'Kitchen');
      assert.equal(await menu.getByRole('link', { name: 'Laptops' }).isVisible(), false, 'the menu has closed');
      await menu.getByText('Shelves', { exact: true }).click();
      await menu.getByRole('link', { name: 'Shelves: everything' }).click();
      await title(page, 'The shelves');
      await page.getByRole('link', { name: 'Bags' }).waitFor();
      await barrierFree(page);
      await menu.getByRole('link', { name: 'Journal' }).click();
      await title(page, 'Journal');
      await barrierFree(page);
      await picture(page, `journal-${screen}`);
      await page.getByRole('button', { name: 'Older' }).click();
      await page.getByRole('link', { name: 'An older story' }).waitFor();
      await page.getByRole('button', { name: 'Newer' }).click();
      await page.getByRole('link', { name: 'A mug is turned' }).click();
      await title(page, 'A mug is turned');
      await page.getByText('Ida Claybarrow').waitFor();
      await page.getByText('It comes from the hill.').waitFor();
      await barrierFree(page);
      await menu.getByRole('link', { name: 'About us' }).click();
      await title(page, 'About us');
      assert.equal(await menu.getByRole('link', { name: 'About us' }).getAttribute('aria-current'), 'page');
      await barrierFree(page);
      await page.getByRole('contentinfo').getByRole('link', { name: 'Privacy policy' }).click();
      await title(page, 'Privacy policy');
      await page.getByText('We keep what we need.').waitFor();
      await barrierFree(page);
      await page.getByRole('contentinfo').getByRole('link', { name: 'Contact' }).click();
      await title(page, 'Nothing here');
      assert.equal(await menu.getByRole('link', { name: 'Elsewhere' }).getAttribute('href'), 'https://elsewhere.example/');
      assert.equal(await menu.getByRole('link', { name: 'Script' }).count(), 0, 'a link never runs a script');
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
      await box.fill('ember lan');
      await page.getByRole('option', { name: /Ember Lantern/ }).click();
      await title(page, /Ember Lantern/);
      await close();
    });
  });
}

test('a menu with a second floor opens and closes with a keyboard alone', async () => {
  const { page, close } = await visit('desktop');
  await written(page);
  await page.goto(SHOP);
  const menu = page.getByRole('navigation', { name: 'Shop' });
  await menu.getByText('Shelves', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Kitchen');
  await page.keyboard.press('Escape');
  assert.equal(await menu.getByRole('link', { name: 'Kitchen' }).isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Shelves');
  await page.keyboard.press('Enter');
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press('Tab');
  await menu.getByRole('link', { name: 'Kitchen' }).waitFor({ state: 'hidden' });
  await close();
});
