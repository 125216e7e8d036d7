import { RampartError } from '#model/error.js';

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/**
 * Standard base64 (RFC 4648, section 4), padded, nothing else. Node's decoder skips foreign characters, accepts the URL
 * alphabet, stops at the first `=` and ignores the unused bits of the last character; encoding again shows all of these.
 */
export const fromBase64 = (text: string, what: string): Uint8Array => {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) {
    throw new RampartError('RAMPART_BASE64_LOOSE', `${what} is not strict base64`, {
      exit: 'untrusted',
      next: 'Get the bundle again from its source; an envelope that decodes differently elsewhere is not evidence.',
    });
  }
  return bytes;
};
