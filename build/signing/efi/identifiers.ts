import { none, oid, sequence } from '../../binary/der/write.ts';

/** Object identifiers of PKCS#1, PKCS#7, X.509 and Authenticode, in DER. */
export const ids = {
  rsaEncryption: oid('1.2.840.113549.1.1.1'),
  sha256WithRsa: oid('1.2.840.113549.1.1.11'),
  sha256: oid('2.16.840.1.101.3.4.2.1'),
  data: oid('1.2.840.113549.1.7.1'),
  signedData: oid('1.2.840.113549.1.7.2'),
  contentType: oid('1.2.840.113549.1.9.3'),
  messageDigest: oid('1.2.840.113549.1.9.4'),
  /** SPC_INDIRECT_DATA_OBJID, SPC_PE_IMAGE_DATA_OBJID */
  indirectData: oid('1.3.6.1.4.1.311.2.1.4'),
  peImageData: oid('1.3.6.1.4.1.311.2.1.15'),
  commonName: oid('2.5.4.3'),
  basicConstraints: oid('2.5.29.19'),
  keyUsage: oid('2.5.29.15'),
  extendedKeyUsage: oid('2.5.29.37'),
  subjectKeyIdentifier: oid('2.5.29.14'),
  codeSigning: oid('1.3.6.1.5.5.7.3.3'),
} as const;

export const sha256Algorithm = sequence(ids.sha256, none);
export const rsaAlgorithm = sequence(ids.rsaEncryption, none);
export const sha256WithRsa = sequence(ids.sha256WithRsa, none);
