import { createHash } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { MessageImprint, TimeStampReq, TimeStampResp } from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { refuseIfAny } from './check-log.js';
import type { StampHash } from './stamp.js';
import { asn1, bareToken, hashNames, readStamp, withoutZeros } from './stamp-token.js';

/** RFC 3161, 2.4.1: over the bytes of a signature, with the certificate asked for. The nonce must begin with no zero. */
export const stampRequest = (signature: Uint8Array, hash: StampHash, nonce: Uint8Array): Uint8Array => {
  const [algorithm = ''] = Object.entries(hashNames).find(([, name]) => name === hash) ?? [];
  const digest = createHash(hash).update(signature).digest();
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithm, parameters: null }),
      hashedMessage: new OctetString(digest),
    }),
    nonce: Uint8Array.from(positive(nonce)).buffer,
    certReq: true,
  });
  return Buffer.from(AsnConvert.serialize(request));
};

const positive = (nonce: Uint8Array): Uint8Array =>
  (nonce[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), nonce]) : nonce;

/** The token in an authority's answer, as it is kept; throws when it was refused or answers another request. */
export const stampOf = (response: Uint8Array, nonce: Uint8Array): Uint8Array =>
  asn1('the answer of the timestamp authority', () => {
    const { status, timeStampToken } = AsnConvert.parse(response, TimeStampResp);
    // 0 is granted, 1 granted with changes: what was changed shows in the token, and is judged there.
    if (status.status > 1 || timeStampToken === undefined) {
      refuseIfAny([`the timestamp authority refused the request (status ${Number(status.status)})`]);
    }
    const token = bareToken(timeStampToken as NonNullable<typeof timeStampToken>);
    const answered = readStamp(token).nonce;
    if (
      answered === undefined ||
      !Buffer.from(answered).equals(Buffer.from(withoutZeros(Uint8Array.from(nonce).buffer)))
    ) {
      refuseIfAny(['the timestamp answers another request: its nonce is another']);
    }
    return token;
  });
