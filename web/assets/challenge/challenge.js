// Owns the sandbox bank's step: show what is to be paid, send the answer, lead the shopper back to the shop.
import { byId, element, notice, webAddress } from '../shared/dom.js';
import { money } from '../shared/format.js';

const page = location.pathname.replace(/\/+$/, '');
const reference = page.split('/').at(-1) ?? '';

function say(...children) {
  byId('messages').replaceChildren(...children);
}

function answered(title, text) {
  byId('title').textContent = title;
  byId('answers').hidden = true;
  say(element('p', {}, text));
}

function readable(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function load() {
  const response = await fetch(`${page}/details`, { headers: { accept: 'application/json' } });
  if (response.status === 404) return answered('This step is not here', 'The payment was answered long ago, or it never asked for this step.');
  if (!response.ok) throw new Error(`The bank answered ${response.status}. Load this page again in a moment.`);
  const details = await response.json();
  byId('amount').textContent = money(details);
  byId('shop').textContent = details.shop;
  byId('reference').textContent = readable(reference);
  byId('details').hidden = false;
  if (details.status !== 'open') {
    return answered('Nothing left to answer', 'This payment was decided already, or never asked for this step.');
  }
  byId('answers').hidden = false;
  return say();
}

async function answer(approve) {
  const buttons = [byId('approve'), byId('decline')];
  for (const button of buttons) button.disabled = true;
  try {
    const response = await fetch(page, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ approve }),
    });
    if (!response.ok) throw new Error(`The bank answered ${response.status}. Nothing was decided: try again.`);
    const { returnUrl } = await response.json();
    const back = webAddress(returnUrl);
    answered(approve ? 'Approved' : 'Declined', back ? 'Back to the shop…' : 'The shop has been told. You can close this page.');
    if (back) location.replace(back);
  } catch (error) {
    for (const button of buttons) button.disabled = false;
    say(notice('bad', error.message));
  }
}

byId('approve').addEventListener('click', () => answer(true));
byId('decline').addEventListener('click', () => answer(false));
load().catch((error) => say(notice('bad', error.message)));
