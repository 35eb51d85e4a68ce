import { expect, test } from 'vitest';
import { posixAcl } from './posix-acl.ts';

/** getfattr -e hex -n system.posix_acl_access after setfacl -m u:1000:rw on a file of mode 0644. */
const stored = '0200000001000600ffffffff02000600e803000004000400ffffffff10000600ffffffff20000400ffffffff';

test.each([
  ['of star and bsdtar', 'user::rw-,user:lisa:rw-:1000,group::r--,mask::rw-,other::r--'],
  ['of GNU tar', 'user::rw-\nuser:1000:rw-\ngroup::r--\nmask::rw-\nother::r--\n'],
  ['in short letters and another order', 'o::r--,m:rw-,g::r--,u:1000:rw-,u::rw-'],
  ['with comments', '# file: x\nuser::rw-\nuser:1000:rw- # lisa\ngroup::r--\nmask::rw-\nother:r--'],
])('a list %s is what Linux stores', (_what, text) => {
  expect(posixAcl(text, 'access')?.toString('hex')).toBe(stored);
});

test('a list that says what the mode says is none', () => {
  expect(posixAcl('user::rw-,group::r--,other::r--', 'access')).toBeUndefined();
  expect(posixAcl('user::rwx,group::r-x,other::r-x', 'default')).toHaveLength(28);
});

test.each([
  ['user:lisa:rw-', 'an access control list names "lisa" without a number (tar --numeric-owner writes it)'],
  ['user:1000:rwq', 'an access control list has the rule "user:1000:rwq"'],
  ['owner@:rw:allow', 'an access control list has the rule "owner@:rw:allow"'],
  [Array(2000).fill('user:1:rwx').join(), 'an access control list has more than 1024 rules'],
])('%.40s is refused', (text, message) => {
  expect(() => posixAcl(text, 'access')).toThrow(message);
});
