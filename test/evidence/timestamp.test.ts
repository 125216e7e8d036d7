import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { ContentInfo, SignedData } from '@peculiar/asn1-cms';
import { AsnConvert } from '@peculiar/asn1-schema';
import type { SealedBundle } from '../../src/evidence/bundle.js';
import { cosign } from '../../src/evidence/cosign.js';
import type { BundleFile } from '../../src/evidence/member-path.js';
import { stamped } from '../../src/evidence/stamp-bundle.js';
import { stampOf, stampRequest } from '../../src/evidence/stamp-exchange.js';
import { stampPath } from '../../src/evidence/stamp-path.js';
import { bareToken, readStamp } from '../../src/evidence/stamp-token.js';
import type { TrustPolicy } from '../../src/evidence/trust-policy.js';
import { readUstar } from '../../src/evidence/ustar.js';
import { Authority, hasOpenssl } from './authority.js';
import { anotherSigner, envelopeOf, policyFor, predicate, refusedBy, replace, seal, signer, verify } from './sample.js';

const nonce = Buffer.from('4123456789abcdef4123456789abcdef', 'hex');
const minute = 60_000;
const path = stampPath(signer.keyid);

/** What the token says, without who says it. */
const infoOf = (token: Uint8Array): Uint8Array => {
  const data = AsnConvert.parse(AsnConvert.parse(token, ContentInfo).content, SignedData);
  return Buffer.from(data.encapContentInfo.eContent?.single?.buffer ?? new ArrayBuffer(0));
};

describe('a timestamp over a signature', function () {
  this.timeout(20_000);
  let tsa: Authority;
  let good: SealedBundle;
  let sig: Uint8Array;
  let token: Uint8Array;
  let files: readonly BundleFile[];
  let now: Date;

  before(async function () {
    if (!hasOpenssl) {
      process.stdout.write('      skipped: openssl is not installed\n');
      this.skip();
    }
    tsa = new Authority();
    now = new Date();
    // An authority that runs here stamps the time of this machine.
    const collectedAt = new Date(now.getTime() - minute).toISOString();
    const expiresAt = new Date(now.getTime() + 1000 * minute).toISOString();
    good = await seal({ predicate: { ...predicate, collectedAt, expiresAt } });
    sig = envelopeOf(good).signatures[0]?.sig ?? new Uint8Array(0);
    token = tokenOver(sig);
    files = [...good.files, { path, bytes: token }];
  });
  after(() => tsa?.close());

  const tokenOver = (bytes: Uint8Array, name = 'tsa'): Uint8Array =>
    stampOf(tsa.answer(stampRequest(bytes, 'sha256', nonce), name), nonce);

  const policy = (pem = tsa.pem('tsa'), required = true, change: object = {}): TrustPolicy =>
    policyFor([signer], (file) => {
      Object.assign(file.keys[0] ?? {}, { notAfter: '2099-01-01T00:00:00Z', ...change });
      Object.assign(file, { timestamps: { required, certificates: [pem] } });
    });
  const options = (pem?: string, required?: boolean) => ({ now, trustPolicy: policy(pem, required) });
  const refused = (bytes: Uint8Array, message: RegExp, changes: object = {}): void =>
    refusedBy(replace(files, path, bytes), 'timestamp', message, { ...options(), readStamp, ...changes });

  it('verifies by the pinned certificate and by who issued it, and says the time', () => {
    for (const name of ['tsa', 'ca']) {
      const result = verify(files, { ...options(tsa.pem(name)), readStamp });
      assert.equal(result.level, 'verified', result.problems.map(({ message }) => message).join());
      const [stamp] = result.timestamps ?? [];
      assert.equal(stamp?.keyid, signer.keyid);
      assert.ok(Math.abs(Date.parse(stamp?.time ?? '') - now.getTime()) < minute);
      const detail = result.checks.find((check) => check.name === 'timestamp')?.detail ?? '';
      assert.match(detail, new RegExp(`a pinned authority says signed by ${signer.keyid} at ${stamp?.time}`));
    }
  });

  it('is also made over SHA-384 and by an RSA key', () => {
    tsa.issue('rsa', 'extendedKeyUsage=critical,timeStamping', 30, ['rsa:2048']);
    const bytes = stampOf(tsa.answer(stampRequest(sig, 'sha384', nonce), 'rsa'), nonce);
    const changed = replace(files, path, bytes);
    const by = { ...options(tsa.pem('ca')), readStamp };
    // The certificate is seconds younger than the bundle.
    const result = verify(changed, { ...by, now: new Date() });
    assert.equal(result.level, 'verified', result.problems.map(({ message }) => message).join());
  });

  it('is refused over another signature', () => {
    refused(tokenOver(Buffer.from('another')), /over another signature/);
  });

  it('is refused of an authority that is not pinned', () => {
    refused(token, /authority that is not pinned/, options(tsa.pem('other')));
  });

  it('is refused when its certificate is for anything else', () => {
    // `openssl ts` signs by no such certificate, `openssl cms` by any.
    const byHand = (name: string) => bareToken(AsnConvert.parse(tsa.signedByHand(infoOf(token), name), ContentInfo));
    assert.equal(readStamp(byHand('tsa')).time.getTime(), readStamp(token).time.getTime());
    for (const usage of [
      'extendedKeyUsage=critical,timeStamping,codeSigning',
      'extendedKeyUsage=timeStamping',
      'extendedKeyUsage=critical,serverAuth',
      'keyUsage=digitalSignature',
    ]) {
      tsa.issue('wrong', usage);
      const answer = byHand('wrong');
      refused(answer, /not for timestamping alone/, options(tsa.pem('ca')));
    }
  });

  it('is refused once the certificate has expired, and before it began', () => {
    const { validTo } = new X509Certificate(tsa.pem('tsa'));
    const late = new Date(Date.parse(validTo) + minute);
    // Expired evidence is refused later; the stamp is judged before.
    refused(token, /does not hold at/, { now: late });
    const issuer = policy(tsa.pem('ca'));
    refused(token, /does not hold at/, { now: late, trustPolicy: issuer });
  });

  it('is refused when it is of the future, or older than the evidence or its key', async () => {
    refused(token, /in the future/, { now: new Date(now.getTime() - 10 * minute) });
    const trustPolicy = policy(undefined, true, { notBefore: new Date(now.getTime() - 1000).toISOString() });
    assert.equal(verify(files, { now, readStamp, trustPolicy }).level, 'verified');
    const later = new Date(now.getTime() + 100 * minute).toISOString();
    const bundle = await seal({ predicate: { ...predicate, collectedAt: later, expiresAt: '2099-01-01T00:00:00Z' } });
    const stamp = { path, bytes: tokenOver(envelopeOf(bundle).signatures[0]?.sig ?? sig) };
    const at = new Date(Date.parse(later) + minute);
    refusedBy([...bundle.files, stamp], 'timestamp', /was collected later/, { ...options(), readStamp, now: at });
    const young = policy(undefined, true, { notBefore: new Date(now.getTime() + 30 * minute).toISOString() });
    refused(token, /is not valid before/, { now: new Date(now.getTime() + 40 * minute), trustPolicy: young });
  });

  it('is missed where the policy demands it, and nowhere else', () => {
    refusedBy(good.files, 'timestamp', /has no timestamp, which the trust policy demands/, options());
    assert.equal(verify(good.files, options(undefined, false)).level, 'verified');
  });

  it('does not stand in for another signature, nor without one', async () => {
    const other = { path: stampPath('0'.repeat(64)), bytes: token };
    refusedBy([...files, other], 'timestamp', /a signature that is not there/, { ...options(), readStamp });
    const bare = good.files.filter((file) => !file.path.startsWith('attestations/'));
    assert.equal(
      verify([...bare, { path, bytes: token }], { trustPolicy: undefined, now, readStamp }).level,
      'not-trusted',
    );
  });

  it('raises no trust: a revoked key stays revoked, and an authority nobody pinned proves no time', () => {
    const revoked = policy(undefined, true, { revokedAt: new Date(now.getTime() - 1000).toISOString() });
    refusedBy(files, 'signature', /was revoked/, { now, trustPolicy: revoked, readStamp });
    const trustPolicy = policyFor([signer]);
    const result = verify(files, { now, trustPolicy, readStamp });
    assert.deepEqual(
      result.timestamps?.map(({ pinned }) => pinned),
      [false],
    );
    assert.match(result.checks.find((check) => check.name === 'timestamp')?.detail ?? '', /nobody pinned/);
    assert.equal(verify(files, { now, trustPolicy: undefined, readStamp }).level, 'intact');
  });

  it('is refused with a byte of it changed, taken away or added, pinned or not', () => {
    // Every eleventh byte takes a second; all of them were looked at when this was written.
    for (let at = 0; at < token.length; at += 11) {
      const flipped = Buffer.from(token);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      assert.throws(() => readStamp(flipped), { exit: 'untrusted' }, `byte ${at}`);
    }
    refused(Buffer.concat([token, Buffer.alloc(1)]), /one spelling|not the ASN/);
    refused(token.subarray(0, -1), /one spelling|not the ASN/);
    refused(Buffer.alloc(65 * 1024, 0x30), /larger than any honest one/);
    refused(Buffer.alloc(60 * 1024, Buffer.from([0x30, 0x80])), /not the ASN/);
  });

  it('answers the request it was asked for', () => {
    const answer = tsa.answer(stampRequest(sig, 'sha256', nonce));
    assert.throws(() => stampOf(answer, Buffer.from('51', 'hex')), /nonce/);
    // An authority refuses a hash it does not know with status 2.
    const request = Buffer.from(stampRequest(sig, 'sha256', nonce));
    const hash = request.indexOf(Buffer.from('6086480165030402', 'hex'));
    request[hash + 8] = 9;
    assert.throws(() => stampOf(tsa.answer(request), nonce), /refused the request \(status 2\)/);
    assert.throws(() => stampOf(Buffer.from('<html>'), nonce), /not the ASN/);
  });

  it('is asked for by a policy that says exactly what it wants', () => {
    const withTimestamps = (timestamps: unknown) => () =>
      policyFor([signer], (file) => Object.assign(file, { timestamps }));
    const pem = tsa.pem('tsa');
    for (const wrong of [
      { certificates: [pem] },
      { required: 'false', certificates: [pem] },
      { required: true, certificates: [] },
      { required: true, certificates: [pem + pem] },
      { required: true, certificates: ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'] },
      { required: true, certificates: [pem], url: 'https://tsa.example' },
    ]) {
      assert.throws(withTimestamps(wrong), { code: 'RAMPART_EVIDENCE_SHAPE' }, JSON.stringify(wrong));
    }
  });

  it('stays when a signature is added, which then lacks its own', async () => {
    const second = anotherSigner();
    const { archive } = await cosign({ files }, second, { now });
    const more = readUstar(archive).files;
    assert.equal(verify(more, { ...options(), readStamp }).level, 'verified');
    const both = policyFor([signer, second], (file) => {
      for (const key of file.keys) Object.assign(key, { notAfter: '2099-01-01T00:00:00Z' });
      Object.assign(file, { timestamps: { required: true, certificates: [tsa.pem('tsa')] } });
    });
    refusedBy(more, 'timestamp', new RegExp(`${second.keyid} has no timestamp`), { now, trustPolicy: both, readStamp });
  });

  it('is not kept of an authority that was not named', async () => {
    const answers = [{ keyid: signer.keyid, sig, token }];
    const by = (name: string) => ({ pins: [new X509Certificate(tsa.pem(name))], now: new Date(), sourceDateEpoch: 0 });
    await assert.rejects(stamped(good, answers, by('other')), /not pinned/);
    const { archive, added } = await stamped(good, answers, by('ca'));
    assert.deepEqual(
      added.map((file) => file.path),
      [path],
    );
    assert.equal(verify(readUstar(archive).files, { ...options(), readStamp }).level, 'verified');
  });
});
