import { createHmac } from 'node:crypto';
import { RampartError } from '#model/error.js';

/**
 * A stable stand-in for an account id, such as `acct-3f0c9d…` (80 bits in hex). Twelve digits are found from a plain hash
 * by trying all of them, hence a key (32 bytes or more), which must be kept outside the bundle.
 */
export const pseudonym = (accountId: string, hmacKey: Uint8Array): string => {
  if (!/^\d{12}$/.test(accountId)) throw unusable('an account id has 12 digits');
  if (hmacKey.length < 32) throw unusable(`the key for pseudonyms has ${hmacKey.length} bytes; 32 or more are needed`);
  const digest = createHmac('sha256', hmacKey).update(`rampart account id\0${accountId}`).digest('hex');
  return `acct-${digest.slice(0, 20)}`;
};

/** The text with every account id inside an ARN replaced by its pseudonym, except the allowed ones. */
export const pseudonymizeArns = (text: string, hmacKey: Uint8Array, allowed: readonly string[] = []): string =>
  text.replace(
    /(arn:[a-z-]{3,20}:[a-z0-9-]{0,40}:[a-z0-9-]{0,40}:)(\d{12})(?!\d)/gi,
    (whole, head: string, id: string) => (allowed.includes(id) ? whole : head + pseudonym(id, hmacKey)),
  );

const unusable = (message: string): RampartError =>
  new RampartError('RAMPART_PSEUDONYM', message, { exit: 'input', next: 'Check the account id and the key given.' });
