import { nameOfBytes } from './file-names.ts';
import { posixAcl } from './posix-acl.ts';

/**
 * Extended attributes in PAX records, as programs write them:
 *
 *   SCHILY.xattr.<name>              star, GNU tar, bsdtar, Go: the bytes of the value
 *   LIBARCHIVE.xattr.<name>          bsdtar, beside the former: the name in URL encoding, the value in base64
 *   RHT.security.selinux             GNU tar --selinux
 *   SCHILY.acl.access, .default      star, GNU tar --acls, bsdtar: an access control list as text
 */
const schily = 'SCHILY.xattr.';
const libarchive = 'LIBARCHIVE.xattr.';
const selinux = 'RHT.security.selinux';
const acls = { 'SCHILY.acl.access': 'access', 'SCHILY.acl.default': 'default' } as const;

/** Of an access control list of NFS 4, which Linux's file systems do not store. */
const nfsAcl = 'SCHILY.acl.ace';

export const isAttribute = (key: string): boolean =>
  key.startsWith(schily) || key.startsWith(libarchive) || key === selinux || key.startsWith('SCHILY.acl.');

/** All as `SCHILY.xattr.<name>`. @throws RangeError for an access control list that cannot be kept */
export function attributeRecords(records: ReadonlyMap<string, Buffer>): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const [key, value] of records) {
    if (key === selinux) found.set(`${schily}security.selinux`, value);
    else if (key === nfsAcl && value.length > 0)
      throw new RangeError('it has an access control list of NFS 4');
    else if (key === 'SCHILY.acl.access' || key === 'SCHILY.acl.default') {
      const list = posixAcl(value.toString('utf8'), acls[key]);
      if (list) found.set(`${schily}system.posix_acl_${acls[key]}`, list);
    } else if (key.startsWith(libarchive)) {
      found.set(schily + unquoted(key.slice(libarchive.length)), fromBase64(value));
    }
  }
  for (const [key, value] of records) {
    if (!key.startsWith(schily)) continue;
    const name = key.slice(schily.length);
    // bsdtar, which encodes the name here too.
    const isUrl = records.has(libarchive + name);
    found.set(schily + (isUrl ? unquoted(name) : withEquals(name)), value);
  }
  return new Map([...found].filter(([key]) => namespaces.test(key.slice(schily.length))));
}

/** Those of Linux (xattr(7)). It can store no others, such as macOS's com.apple.provenance. */
const namespaces = /^(?:user|trusted|security|system)\../s;

/** The equals sign would end the keyword, so GNU tar writes it, and the percent sign, in hex. */
const withEquals = (name: string): string => name.replaceAll('%3D', '=').replaceAll('%25', '%');

/** The reverse of `withEquals`, for a keyword to be written. */
export const recordKey = (key: string): string =>
  key.startsWith(schily) && /[=%]/.test(key) ? key.replaceAll('%', '%25').replaceAll('=', '%3D') : key;

function unquoted(name: string): string {
  const bytes = name.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return nameOfBytes(Buffer.from(bytes, 'latin1'));
}

const fromBase64 = (value: Buffer): Buffer => Buffer.from(value.toString('latin1'), 'base64');
