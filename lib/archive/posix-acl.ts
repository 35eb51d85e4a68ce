/** acl_tag of include/uapi/linux/posix_acl.h; those with `id` are of a user or group with a number. */
const tags: Readonly<Record<string, { readonly plain: number; readonly id?: number }>> = {
  user: { plain: 0x01, id: 0x02 },
  u: { plain: 0x01, id: 0x02 },
  group: { plain: 0x04, id: 0x08 },
  g: { plain: 0x04, id: 0x08 },
  mask: { plain: 0x10 },
  m: { plain: 0x10 },
  other: { plain: 0x20 },
  o: { plain: 0x20 },
};

interface Rule {
  readonly tag: number;
  readonly permissions: number;
  /** 0xffffffff, ACL_UNDEFINED_ID, for rules without one. */
  readonly id: number;
}

const undefinedId = 0xffff_ffff;

/** More rules than file systems store; the list is text of any length. */
const mostRules = 1024;

/**
 * An access control list in text form (acl(5)) as the extended attribute that Linux stores it in
 * (include/uapi/linux/posix_acl_xattr.h): a version of 32 bits, then each rule as tag and permissions of 16
 * bits and an id of 32, in the order of tags and ids. Undefined for an access list that says no more than the
 * file's mode.
 *
 *   user::rwx,user:lisa:r-x:1000,group::r-x,mask::r-x,other::---
 *
 * Names have their number behind the permissions, or are numbers. @throws RangeError for any other list
 */
export function posixAcl(text: string, kind: 'access' | 'default'): Buffer | undefined {
  const lines = text.split(/[,\n]/).map((line) => line.replace(/#.*/, '').trim());
  const rules = lines.filter((line) => line !== '').map(ruleOf);
  if (rules.length > mostRules)
    throw new RangeError(`an access control list has more than ${mostRules} rules`);
  if (rules.length === 0 || (kind === 'access' && rules.length === 3)) return undefined;
  rules.sort((a, b) => a.tag - b.tag || a.id - b.id);
  const bytes = Buffer.alloc(4 + 8 * rules.length);
  bytes.writeUInt32LE(2, 0);
  for (const [at, { tag, permissions, id }] of rules.entries()) {
    bytes.writeUInt16LE(tag, 4 + 8 * at);
    bytes.writeUInt16LE(permissions, 6 + 8 * at);
    bytes.writeUInt32LE(id, 8 + 8 * at);
  }
  return bytes;
}

function ruleOf(line: string): Rule {
  const [kind = '', name = '', letters = '', number = name] = line.replace(/^default:/, '').split(':');
  // "other:r-x" has one colon less in some programs.
  const short = /^(?:other|o|mask|m)$/.test(kind) && letters === '';
  const access = short ? name : letters;
  const tag = tags[kind];
  if (!tag || !/^[r-][w-][x-]$/.test(access)) {
    throw new RangeError(`an access control list has the rule ${JSON.stringify(line.slice(0, 100))}`);
  }
  const permissions = [...access].reduce((sum, letter) => sum * 2 + Number(letter !== '-'), 0);
  if (short || name === '') return { tag: tag.plain, permissions, id: undefinedId };
  const id = Number(number);
  if (tag.id === undefined || !/^\d+$/.test(number) || id >= undefinedId) {
    throw new RangeError(
      `an access control list names ${JSON.stringify(name.slice(0, 100))} without a number (tar --numeric-owner writes it)`,
    );
  }
  return { tag: tag.id, permissions, id };
}
