import { expect, test } from 'vitest';
import { KitError } from '../../../lib/errors/errors.ts';
import { bundle, type Fields, linuxkit, scope } from '../testing.ts';
import { type ImageUser, isRootUser, resolveUser } from './image-user.ts';

const files = {
  passwd:
    'root:x:0:0:root:/root:/bin/sh\r\n# no line\nweb:x:1000:1001::/srv:\nbad:x:9999999999:1::\nodd:x:7:::\n',
  group: 'root:x:0:\nweb:x:1001:\ndisk:x:6:root,web\nlog:x:4:web\nbig:x:4294967295:web\n',
};
const none = { passwd: undefined, group: undefined };

test.each<[string, typeof files | typeof none, [number, number, number[]]]>([
  ['1000', none, [1000, 0, []]],
  ['1000:1000', none, [1000, 1000, []]],
  ['0:5', none, [0, 5, []]],
  ['web', files, [1000, 1001, [6, 4]]],
  ['1000', files, [1000, 1001, [6, 4]]],
  ['web:disk', files, [1000, 6, []]],
  ['1000:6', files, [1000, 6, []]],
  ['5:log', files, [5, 4, []]],
  ['01000', files, [1000, 1001, [6, 4]]],
  ['1000:', files, [1000, 1001, [6, 4]]],
  ['7:4', { passwd: '7:x:9:9::/:\n', group: '4:x:5:\n' }, [7, 4, []]],
  ['2001', files, [2001, 0, []]],
  ['root', files, [0, 0, []]],
  [':log', { ...files, passwd: ':x:3:3::\n' }, [0, 4, []]],
  [':6', none, [0, 6, []]],
])('%j', (user, of, [uid, gid, additionalGids]) => {
  expect(resolveUser(user, of)).toEqual({ uid, gid, additionalGids });
});

test.each<[string, typeof files | typeof none, string]>([
  ['web', none, 'it has no /etc/passwd'],
  ['wib', files, 'its /etc/passwd has no "wib"'],
  ['1:wib', files, 'its /etc/group has no "wib"'],
  ['1:web', none, 'it has no /etc/group'],
  ['bad', files, 'its /etc/passwd has no "bad"'],
  ['odd', files, 'its /etc/passwd gives "odd" no group'],
  ['2147483648', none, 'it has no /etc/passwd'],
  ['-1', none, 'it has no /etc/passwd'],
  ['web:disk:x', files, 'it has more than a user and a group'],
  ['web ', files, 'its /etc/passwd has no "web "'],
  ['1:9999999999', files, 'its /etc/group has no "9999999999"'],
  ['4294967295', none, 'it has no /etc/passwd'],
])('%j cannot be', (user, of, why) => {
  expect(() => resolveUser(user, of)).toThrow(`Cannot run as user "${user}" of the image: ${why}`);
});

test('root needs no look-up', () => {
  expect([undefined, '', 'root', '0', '0:0'].map(isRootUser)).toEqual(Array(5).fill(true));
  expect(['1000', 'web', '0:5', 'toor'].map(isRootUser)).toEqual(Array(4).fill(false));
});

const web: ImageUser = { uid: 1000, gid: 1001, additionalGids: [6] };
const userOf = (fields: Fields, user: ImageUser | KitError = web, at = scope, label = {}) =>
  bundle(fields, label, { Cmd: ['c'], User: 'web' }, { ...at, user }).spec.process.user;

test('an image that runs as another user does, unless somebody says who', () => {
  expect(userOf({})).toEqual(web);
  expect(userOf({ uid: 5 })).toEqual({ uid: 5, gid: 0 });
  expect(userOf({ uid: 0, gid: 0 })).toEqual({ uid: 0, gid: 0 });
  expect(userOf({ gid: 7 })).toEqual({ uid: 0, gid: 7 });
  expect(userOf({}, web, scope, { uid: 8 })).toEqual({ uid: 8, gid: 0 });
  expect(bundle({}, {}, { Cmd: ['c'] }, { ...scope, user: web }).origins.get('uid')).toEqual([
    { source: 'image config', path: ['uid'] },
  ]);
});

test("LinuxKit's init has no user of the image", () => {
  expect(userOf({}, web, linuxkit)).toEqual({ uid: 0, gid: 0 });
  expect(userOf({}, new KitError('gone'), linuxkit)).toEqual({ uid: 0, gid: 0 });
});

test('a user that the image does not know is an error, unless the entry sets one', () => {
  expect(() => userOf({}, new KitError('its /etc/passwd has no "web"'))).toThrow(
    'its /etc/passwd has no "web"',
  );
  expect(userOf({ uid: 3 }, new KitError('gone'))).toEqual({ uid: 3, gid: 0 });
});
