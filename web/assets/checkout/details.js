// Owns the form's fields: reading the address, filling in a made-up one, and showing what the server refuses where it stands.
import { byId, element, fillSelect, notice } from '../shared/dom.js';
import { OUTCOMES } from '../shared/sandbox.js';
import { countries } from './countries.js';

const ADDRESS = ['firstName', 'lastName', 'company', 'address1', 'address2', 'city', 'provinceCode', 'zip', 'countryCode', 'phone'];

const MADE_UP = {
  email: 'ada.demo@example.com',
  firstName: 'Ada',
  lastName: 'Demo',
  address1: '12 Lantern Street',
  city: 'Portland',
  provinceCode: 'OR',
  zip: '97201',
  countryCode: 'US',
};

/** Fills the lists of the form and what the cart already knows of its buyer: the front end may have asked. */
export function prepareForm(form, { buyerIdentity, delivery }) {
  const known = { ...buyerIdentity, ...delivery.addresses[0]?.address };
  const codes = countries();
  fillSelect(byId('countryCode'), codes, codes.some(([code]) => code === known.countryCode) ? known.countryCode : 'US');
  for (const name of ['email', ...ADDRESS]) {
    const value = known[name] ?? buyerIdentity[name];
    if (value && name !== 'countryCode') form.elements[name].value = value;
  }
  byId('outcomes').replaceChildren(
    ...OUTCOMES.map(([token, title, explanation], index) =>
      element(
        'label',
        { class: 'outcome' },
        element('input', { type: 'radio', name: 'outcome', value: token, checked: index === 0 }),
        element('span', { class: 'outcome-title' }, title),
        element('span', { class: 'soft small' }, explanation),
      ),
    ),
  );
  byId('demo-address').addEventListener('click', () => {
    for (const [name, value] of Object.entries(MADE_UP)) form.elements[name].value ||= value;
    form.elements.countryCode.value = MADE_UP.countryCode;
    form.elements.zip.dispatchEvent(new Event('change'));
    byId('pay').focus();
  });
}

/** The address as `MailingAddressInput`: what was left empty is left out. */
export function readAddress(form) {
  const filled = ADDRESS.map((name) => [name, form.elements[name].value.trim()]).filter(([, value]) => value);
  return Object.fromEntries(filled);
}

/** Takes the marks of an earlier refusal away. */
export function clearRefusals(form) {
  byId('messages').replaceChildren();
  for (const mark of form.querySelectorAll('.field-error')) mark.remove();
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid');
    input.removeAttribute('aria-describedby');
  }
}

function markField(input, message) {
  const id = `${input.id}-error`;
  if (byId(id)) return;
  input.setAttribute('aria-invalid', 'true');
  input.setAttribute('aria-describedby', id);
  input.closest('.field').append(element('p', { class: 'field-error', id }, message));
}

/** Shows refusals above the form and, where one names a field, beside that field. */
export function showRefusals(form, userErrors) {
  const lines = userErrors.map(({ field, message }) => {
    const input = form.elements[field?.at(-1)];
    const known = input instanceof HTMLElement && input.closest('.field');
    if (known) markField(input, message);
    return element('li', {}, known ? element('a', { href: `#${input.id}` }, message) : message);
  });
  byId('messages').replaceChildren(notice('bad', element('p', {}, 'Please look at this again:'), element('ul', {}, lines)));
  byId('messages').focus();
}
