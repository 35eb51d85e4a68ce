import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shaCrypt } from './sha-crypt.ts';
import { passwordHash, passwordMatches, unusable } from './shadow.ts';

const long = 'a very much longer text to encrypt.  This one even stretches over morethan one line.';

/** The specification's own settings and passwords, with glibc's results: setting, salt and digest, password. */
const vectors: readonly (readonly [string, string, string])[] = [
  ['$5$saltstring', '$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5', 'Hello world!'],
  ['$5$rounds=10000$saltstringsaltst', '$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA', 'Hello world!'],
  ['$5$rounds=5000$toolongsaltstrin', '$Un/5jzAHMgOGZ5.mWJpuVolil07guHPvOW8mGRcvxa5', 'This is just a test'],
  ['$5$rounds=1400$anotherlongsalts', '$Rx.j8H.h8HjEDGomFU8bDkXm3XIUnzyxf12oP84Bnq1', long],
  [
    '$5$rounds=77777$short',
    '$JiO1O3ZpDAxGJeaDIuqCoEFysAe1mZNJRs3pw0KQRd/',
    'we have a short salt string but not a short password',
  ],
  ['$5$rounds=123456$asaltof16chars..', '$gP3VQ/6X7UUEW3HkBn2w1/Ptq2jxPyzV/cZKmF/wJvD', 'a short string'],
  [
    '$6$saltstring',
    '$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
    'Hello world!',
  ],
  [
    '$6$rounds=10000$saltstringsaltst',
    '$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.',
    'Hello world!',
  ],
  [
    '$6$rounds=5000$toolongsaltstrin',
    '$lQ8jolhgVRVhY4b5pZKaysCLi0QBxGoNeKQzQ3glMhwllF7oGDZxUhx1yxdYcz/e1JSbq3y6JMxxl8audkUEm0',
    'This is just a test',
  ],
  [
    '$6$rounds=1400$anotherlongsalts',
    '$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1',
    long,
  ],
  [
    '$6$rounds=77777$short',
    '$WuQyW2YR.hBNpjjRhpYD/ifIw05xdfeEyQoMxIXbkvr0gge1a1x3yRULJ5CCaUeOxFmtlcGZelFl5CxtgfiAc0',
    'we have a short salt string but not a short password',
  ],
  [
    '$6$rounds=123456$asaltof16chars..',
    '$BtCwjqMJGx5hrJhZywWvt0RLE8uZ4oPwcelCjmw2kSYu.Ec6ycULevoBK25fs2xXgMNrCzIMVcgEJAstJeonj1',
    'a short string',
  ],
  [
    '$5$rounds=1000$roundstoolow',
    '$yfvwcWrQ8l/K0DAWyuPMDNHpIVlTQebY9l/gL972bIC',
    'the minimum number is still observed',
  ],
  [
    '$6$rounds=1000$roundstoolow',
    '$kUMsbe306n21p9R.FRkW3IGn.S9NPN0x50YhH1xhLsPuWGsUSklZt58jaTfF4ZEQpyUNGc0dqbpBYYBaHHrsX.',
    'the minimum number is still observed',
  ],
  // Made with perl's crypt on glibc: no ASCII, no salt, no password.
  [
    '$6$s',
    '$L8X4LPlAluCH6pgIQkgQGLdBnv3qJF9UbaOAyiaB7FvB0Q0rNAj3lXSL3270SxjI1gk2Y8l.gE9mSLYw19A3Y.',
    'grüße',
  ],
  ['$6$', '$KvRrc0bxRLyTUhO8OJOmRczh7oCol5BACiR8rmdfVzvuGgm8JmLDumsL/ah.jFtT.DswxoP9Nv3ByfU4j5hm/0', 'x'],
  ['$5$ab', '$qRq/oZkUn9lJUSIcgVT3NbpSDsjn.r137TBSoCt2kCA', ''],
];

test.each(vectors)('%s', (setting, digest, password) => {
  expect(shaCrypt(password, setting)).toBe(setting + digest);
});

test('a whole hash works as the setting, and only the right password matches', () => {
  const hash = shaCrypt('secret', '$6$rounds=1000$salt');
  expect(shaCrypt('secret', hash)).toBe(hash);
  expect(passwordMatches('secret', hash)).toBe(true);
  expect(passwordMatches('secret ', hash)).toBe(false);
});

test('too few rounds become a thousand, too long a salt is cut', () => {
  expect(shaCrypt('x', '$6$rounds=10$salt')).toBe(shaCrypt('x', '$6$rounds=1000$salt'));
  expect(shaCrypt('x', '$5$rounds=1000$saltstringsaltstring')).toContain('$5$rounds=1000$saltstringsaltst$');
});

test('what is no hash of these schemes lets nobody in', () => {
  for (const hash of [
    '',
    '*',
    '!',
    '!!',
    'x',
    '$1$a$b',
    '$y$j9T$abc$def',
    '!$6$s$x',
    '$6$',
    '$6$salt',
    '$5$rounds=x$a$b',
  ]) {
    expect(passwordMatches('', hash), hash).toBe(false);
    expect(passwordMatches('x', hash), hash).toBe(false);
  }
  expect(passwordMatches('', undefined)).toBe(false);
});

test('people are told why', () => {
  expect(unusable(undefined)).toBe('no such user');
  expect(unusable('')).toBe('no password is set');
  expect(unusable('!$6$s$x')).toBe('the password is locked');
  expect(unusable('$y$j9T$abc$def')).toContain('not hashed by');
  expect(unusable('$6$s$x')).toBeUndefined();
});

test("a user's hash is found in a shadow file", () => {
  const shadow = 'rooty:bad:1::\nroot:$6$s$x:19000:0:99999:7:::\ndaemon:*:1::';
  expect(passwordHash(shadow, 'root')).toBe('$6$s$x');
  expect(passwordHash(shadow, 'daemon')).toBe('*');
  expect(passwordHash(shadow, 'nobody')).toBeUndefined();
});

test('any password and hash: an answer, never an exception', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (password, hash) => {
      expect(passwordMatches(password, hash)).toBe(false);
      expect(passwordMatches(password, `$6$rounds=1000$${hash}`)).toBe(false);
    }),
    { numRuns: 30 },
  );
});
