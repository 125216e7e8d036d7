import { createHash, type KeyObject, timingSafeEqual, verify, X509Certificate } from 'node:crypto';
import {
  Attribute,
  CertificateChoices,
  CertificateSet,
  ContentInfo,
  id_contentType,
  id_messageDigest,
  id_signedData,
  SignedData,
  type SignerInfo,
} from '@peculiar/asn1-cms';
import { AsnArray, AsnConvert, AsnType, AsnTypeTypes, OctetString } from '@peculiar/asn1-schema';
import { TSTInfo } from '@peculiar/asn1-tsp';
import { type AlgorithmIdentifier, type Certificate, ExtendedKeyUsage, id_ce_extKeyUsage } from '@peculiar/asn1-x509';
import { refuseIfAny } from './check-log.js';
import { largestStamp, type Stamp, type StampHash, stampHashes } from './stamp.js';

const tstInfo = '1.2.840.113549.1.9.16.1.4';
const timeStamping = '1.3.6.1.5.5.7.3.8';
/** ESSCertID (RFC 2634, SHA-1) and ESSCertIDv2 (RFC 5035). One of them ties the signature to its certificate. */
const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47';

/** SHA-1 and RSASSA-PSS are left out: the one is broken, the other no public authority uses. */
export const hashNames: Readonly<Record<string, 'sha256' | 'sha384' | 'sha512'>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

const signatureAlgorithms: Readonly<Record<string, { type: 'rsa' | 'ec'; hash?: string }>> = {
  '1.2.840.113549.1.1.1': { type: 'rsa' },
  '1.2.840.113549.1.1.11': { type: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { type: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { type: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.3.2': { type: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { type: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { type: 'ec', hash: 'sha512' },
};

/** Signed attributes as they are signed: under the tag of a set instead of their place in the structure (RFC 5652, 5.4). */
class SignedAttributes extends AsnArray<Attribute> {}
AsnType({ type: AsnTypeTypes.Set, itemType: Attribute })(SignedAttributes);

/** Has the parser's own errors mean what they mean here: bytes nobody should rely on. */
export const asn1 = <T>(what: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && error.name === 'RampartError') throw error;
    refuseIfAny([`${what} is not the ASN.1 it should be`]);
    throw error;
  }
};

const bytesOf = (data: ArrayBuffer | OctetString): Buffer =>
  Buffer.from(data instanceof OctetString ? data.buffer : data);

/**
 * The token with its signer's certificate and nothing else that no signature covers: the rest of the chain, revocation lists
 * and unsigned attributes could be changed by anyone on the way.
 */
export const bareToken = (token: ContentInfo): Uint8Array =>
  asn1('the timestamp', () => {
    const data = AsnConvert.parse(token.content, SignedData);
    const [signer] = data.signerInfos;
    const wanted = signer?.sid.issuerAndSerialNumber;
    if (!signer || !wanted) refuseIfAny(['the timestamp does not name its signer by issuer and serial number']);
    const own = (data.certificates ?? []).filter(
      ({ certificate }) => certificate && isNamed(signer as SignerInfo, certificate),
    );
    if (own.length !== 1) refuseIfAny(['the timestamp does not carry the certificate of its signer']);
    const bare = new SignedData({
      version: data.version,
      digestAlgorithms: data.digestAlgorithms,
      encapContentInfo: data.encapContentInfo,
      certificates: new CertificateSet(
        own.map(({ certificate }) => new CertificateChoices({ certificate: certificate as Certificate })),
      ),
      signerInfos: data.signerInfos,
    });
    for (const info of bare.signerInfos) delete info.unsignedAttrs;
    const content = AsnConvert.serialize(bare);
    return Buffer.from(AsnConvert.serialize(new ContentInfo({ contentType: token.contentType, content })));
  });

/** Reads a token as `bareToken` leaves it and verifies it by the certificate in it, for which somebody else must vouch. */
export const readStamp = (token: Uint8Array): Stamp =>
  asn1('the timestamp', () => {
    if (token.length > largestStamp) refuseIfAny(['the timestamp is larger than any honest one']);
    const { contentType, content } = AsnConvert.parse(token, ContentInfo);
    const data = AsnConvert.parse(content, SignedData);
    const again = AsnConvert.serialize(new ContentInfo({ contentType, content: AsnConvert.serialize(data) }));
    // Whatever the parser overlooks (bytes at the end, a second spelling of a length) is not there when written again.
    if (!Buffer.from(again).equals(token)) refuseIfAny(['the timestamp is not in its one spelling (DER)']);
    const signer = onlySigner(data, contentType);
    const certificate = data.certificates?.[0]?.certificate as Certificate;
    if (!isNamed(signer, certificate)) refuseIfAny(['the timestamp does not carry the certificate of its signer']);
    const der = Buffer.from(AsnConvert.serialize(certificate));
    assertPurpose(certificate);
    const info = data.encapContentInfo.eContent?.single;
    if (info === undefined || data.encapContentInfo.eContentType !== tstInfo) refuseIfAny(['it is no timestamp']);
    const signed = bytesOf(info as OctetString);
    const x509 = new X509Certificate(der);
    assertSigned(signer, signed, der, x509.publicKey);
    return { ...readInfo(signed), certificate: x509 };
  });

/** Everything that no signature covers must be what it can only be. */
const onlySigner = (data: SignedData, contentType: string): SignerInfo => {
  const [signer, ...others] = data.signerInfos;
  const [hash, ...hashes] = data.digestAlgorithms;
  const plain =
    contentType === id_signedData &&
    data.version === 3 &&
    data.certificates?.length === 1 &&
    data.crls === undefined &&
    others.length === 0 &&
    hashes.length === 0 &&
    signer?.version === 1 &&
    signer.unsignedAttrs === undefined &&
    hash?.algorithm === signer.digestAlgorithm.algorithm &&
    [hash, signer.digestAlgorithm, signer.signatureAlgorithm].every(withoutParameters);
  if (!plain) refuseIfAny(['the timestamp holds more, or other things, than one signature and its certificate']);
  return signer as SignerInfo;
};

const withoutParameters = ({ parameters }: AlgorithmIdentifier): boolean =>
  parameters === undefined || parameters === null || Buffer.from(parameters).equals(Buffer.from([5, 0]));

const isNamed = ({ sid }: SignerInfo, certificate: Certificate | undefined): boolean => {
  const named = sid.issuerAndSerialNumber;
  if (named === undefined || certificate === undefined) return false;
  const { issuer, serialNumber } = certificate.tbsCertificate;
  return (
    bytesOf(named.serialNumber).equals(bytesOf(serialNumber)) &&
    Buffer.from(AsnConvert.serialize(named.issuer)).equals(Buffer.from(AsnConvert.serialize(issuer)))
  );
};

/** RFC 3161, 2.3: extended key usage, critical, for timestamping and nothing else. */
const assertPurpose = ({ tbsCertificate }: Certificate): void => {
  const found = (tbsCertificate.extensions ?? []).filter(({ extnID }) => extnID === id_ce_extKeyUsage);
  const [usage] = found;
  const purposes = usage ? [...AsnConvert.parse(usage.extnValue.buffer, ExtendedKeyUsage)] : [];
  if (found.length !== 1 || !usage?.critical || purposes.length !== 1 || purposes[0] !== timeStamping) {
    refuseIfAny(['the certificate of the timestamp is not for timestamping alone (critical extended key usage)']);
  }
};

const assertSigned = (signer: SignerInfo, content: Uint8Array, certificate: Uint8Array, key: KeyObject): void => {
  const hash = hashNames[signer.digestAlgorithm.algorithm];
  const algorithm = signatureAlgorithms[signer.signatureAlgorithm.algorithm];
  if (hash === undefined || algorithm === undefined || (algorithm.hash ?? hash) !== hash) {
    refuseIfAny(['the timestamp is signed by an algorithm that is not trusted']);
  }
  const attributes = signer.signedAttrs ?? [];
  const one = (type: string): ArrayBuffer => {
    const values = attributes.filter(({ attrType }) => attrType === type).flatMap(({ attrValues }) => attrValues);
    if (values.length !== 1) refuseIfAny([`the timestamp lacks the signed attribute ${type}`]);
    return values[0] as ArrayBuffer;
  };
  const type = Buffer.from(one(id_contentType));
  const digest = Buffer.from(AsnConvert.parse(one(id_messageDigest), OctetString).buffer);
  const own = createHash(hash as string)
    .update(content)
    .digest();
  // The DER of the one object identifier that is right: 11 bytes of it follow the tag and the length.
  if (!type.equals(Buffer.from('060b2a864886f70d0109100104', 'hex'))) refuseIfAny(['it is no timestamp']);
  if (digest.length !== own.length || !timingSafeEqual(digest, own)) refuseIfAny(['the timestamp was changed']);
  // ESSCertIDv2 with SHA-256, its default, so that no other certificate of the same key can be put in place of this.
  const bound = createHash('sha256').update(certificate).digest();
  if (!Buffer.from(one(signingCertificateV2)).includes(bound)) {
    refuseIfAny(['the signature of the timestamp is not bound to its certificate by SHA-256 (ESSCertIDv2)']);
  }
  const bytes = Buffer.from(AsnConvert.serialize(new SignedAttributes([...attributes])));
  const isRight =
    strongEnough(key, algorithm?.type) &&
    verify(hash as string, bytes, { key, dsaEncoding: 'der' }, bytesOf(signer.signature));
  if (!isRight) refuseIfAny(['the signature of the timestamp is wrong']);
};

const strongEnough = (
  { asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject,
  type: string | undefined,
): boolean => {
  const { modulusLength = 0, namedCurve = '' } = asymmetricKeyDetails;
  if (asymmetricKeyType !== type) return false;
  return type === 'rsa' ? modulusLength >= 2048 : ['prime256v1', 'secp384r1', 'secp521r1'].includes(namedCurve);
};

const readInfo = (bytes: Uint8Array): Omit<Stamp, 'certificate'> => {
  const info = AsnConvert.parse(bytes, TSTInfo);
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const hash = stampHashes.find((name): name is StampHash => name === hashNames[hashAlgorithm.algorithm]);
  if (info.version !== 1 || hash === undefined || Number.isNaN(info.genTime.getTime())) {
    refuseIfAny(['the timestamp is of a version or a hash that is not trusted']);
  }
  return {
    imprint: { hash: hash as StampHash, digest: bytesOf(hashedMessage) },
    nonce: info.nonce === undefined ? undefined : withoutZeros(info.nonce),
    time: info.genTime,
  };
};

export const withoutZeros = (integer: ArrayBuffer): Uint8Array => {
  const bytes = Buffer.from(integer);
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? Buffer.alloc(0) : bytes.subarray(first);
};
