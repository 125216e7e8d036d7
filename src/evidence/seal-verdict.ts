import { encodeEnvelope } from './dsse.js';
import { assertNoSecrets } from './redaction.js';
import { type Signer, signPayload } from './sign.js';
import { payloadType } from './statement.js';
import { encodeVerdict, type Verdict } from './verdict.js';

/** A verdict that stands alone, in an envelope: what a pipeline hands to the next step when there is no bundle yet. */
export const sealVerdict = async (verdict: Verdict, signers: readonly Signer[]): Promise<Uint8Array> => {
  const payload = encodeVerdict(verdict);
  assertNoSecrets([{ path: 'the signed verdict', bytes: payload }]);
  return encodeEnvelope(await signPayload(payloadType, payload, signers));
};
