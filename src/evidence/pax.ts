/**
 * The extended header of a name no ustar header can hold: one record and nothing beside it (POSIX.1-2017, `pax`, section "pax
 * Extended Header"). Its length counts its own digits.
 */
export const paxRecord = (path: string): Uint8Array => {
  const rest = Buffer.from(` path=${path}\n`, 'utf8');
  let length = rest.length;
  while (length !== rest.length + String(length).length) length = rest.length + String(length).length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
};

/** The name in a record as `paxRecord` writes it, less what is wrong with the name; undefined for any other text. */
export const pathInPax = (text: string): string | undefined => /^[1-9]\d* path=([^\n]+)\n$/.exec(text)?.[1];

/** Bytes of the longest record there may be: one of the longest path. */
export const longestPax = 1100;
