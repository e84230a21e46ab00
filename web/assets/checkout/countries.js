// Owns the list of countries that the address form offers, named in English and sorted by name.

const CODES =
  'AR AT AU BE BG BR CA CH CL CN CO CY CZ DE DK EE EG ES FI FR GB GR HK HR HU ID IE IL IN IS IT JP KE KR KW LT LU LV MA MT MX MY ' +
  'NG NL NO NZ PE PH PL PT RO RS SA SE SG SI SK TH TR TW UA AE US UY VN ZA';

/** `[code, name]` pairs. */
export function countries() {
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  return CODES.split(' ')
    .map((code) => [code, names.of(code)])
    .sort(([, one], [, other]) => one.localeCompare(other, 'en'));
}
