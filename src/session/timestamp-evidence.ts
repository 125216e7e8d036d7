import { randomBytes, type X509Certificate } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { certificateAt, defaultLimits, type StampHash, stampable, stamped, stampHashes } from '#evidence/index.js';
import { readBundle } from '#io/bundle.js';
import { wallClock } from '#io/clock.js';
import { readText } from '#io/read.js';
import { writeWhole } from '#io/write-whole.js';
import { RampartError } from '#model/error.js';
import { loadTrust } from './trust.js';

interface TimestampOptions {
  tsa: string;
  'tsa-ca'?: string | undefined;
  trust?: string | undefined;
  hash: string;
  out?: string | undefined;
  force: boolean;
}

const small = { maxBytes: 1024 * 1024 };

/** The whole of `rampart evidence timestamp`. Nothing is written unless every answer was found good. */
export async function timestampEvidence(
  path: string,
  options: TimestampOptions,
): Promise<{ identity: string; times: readonly string[]; written: readonly string[] }> {
  const source = await readBundle(path, defaultLimits);
  const pins = await pinsOf(options);
  const hash = stampHashes.find((name): name is StampHash => name === options.hash) ?? 'sha256';
  const { identity, sourceDateEpoch, signatures } = await stampable(source, { now: wallClock() });
  const { stampRequest, stampOf } = await import('#evidence/stamp-exchange.js');
  const { askTimestampAuthority } = await import('#io/timestamp-authority.js');
  const answers = [];
  for (const { keyid, sig } of signatures) {
    const nonce = newNonce();
    const response = await askTimestampAuthority(options.tsa, stampRequest(sig, hash, nonce));
    answers.push({ keyid, sig, token: stampOf(response, nonce) });
  }
  const { added, archive, times } = await stamped(source, answers, { pins, now: wallClock(), sourceDateEpoch });
  if ('files' in source && options.out === undefined) {
    return { identity, times, written: await writeWhole(added, { root: path, force: true }) };
  }
  const target = options.out ?? path;
  const force = options.out === undefined || options.force;
  const file = { path: basename(target), bytes: archive };
  return { identity, times, written: await writeWhole([file], { root: dirname(target), force }) };
}

/** 127 bits, so that it is a positive number without a zero in front. */
function newNonce(): Uint8Array {
  const nonce = randomBytes(16);
  nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40;
  return nonce;
}

/** Whom the answers must be from: a stamp of somebody nobody knows is worth nothing to whoever verifies it. */
async function pinsOf({ trust, 'tsa-ca': authority }: TimestampOptions): Promise<readonly X509Certificate[]> {
  if (authority !== undefined) return [certificateAt(await readText(authority, small), '--tsa-ca')];
  const pins = trust === undefined ? undefined : (await loadTrust(trust)).timestamps?.certificates;
  if (pins !== undefined) return pins;
  throw new RampartError('RAMPART_NO_TSA', 'no certificate of a timestamp authority was given', {
    exit: 'usage',
    next: 'Give --tsa-ca with a certificate (PEM), or --trust with a trust policy that has timestamps.certificates.',
  });
}
