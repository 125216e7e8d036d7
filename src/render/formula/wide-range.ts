import { all, type Formula, opposite, test } from './formula.js';

/** Ranges wider than /16, of IPv6 wider than /32. */
const wide = '^([0-9.]+/([0-9]|1[0-5])|[0-9a-fA-F.]*:[0-9a-fA-F:.]*/([0-9]|[12][0-9]|3[01]))$';

/** Of those, what is in a private range. */
const inside = [
  '(10|127)([.][0-9.]*)?/([89]|1[0-9])',
  '100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])([.][0-9.]*)?/1[0-9]',
  '172[.](1[6-9]|2[0-9]|3[01])([.][0-9.]*)?/1[2-9]',
  '198[.]1[89]([.][0-9.]*)?/1[5-9]',
  '[fF][cCdD][0-9a-fA-F]{2}:[0-9a-fA-F:.]*/([7-9]|[1-3][0-9])',
  '[fF][eE][89aAbB][0-9a-fA-F]:[0-9a-fA-F:.]*/[1-3][0-9]',
].join('|');

/** What `wide-range` asks, in regular expressions without looking around, which every engine has; a test holds them to it. */
export const wideRange: Formula = all([test('matches', wide), opposite(test('matches', `^(${inside})$`))]);
