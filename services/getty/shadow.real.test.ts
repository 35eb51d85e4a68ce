import { describe, expect, test } from 'vitest';
import { cryptPassword } from '../../lib/linux/system/crypt.ts';
import { needs } from '../../test/support/needs.ts';
import { passwordMatches } from './shadow.ts';

const hasLibcrypt = cryptPassword('x', '$6$salt') !== undefined;

/** Of the password "secret", made by libxcrypt through perl's crypt. */
const hashes = [
  ['yescrypt', '$y$j9T$F5Jx5fExrKuPp53xLKQ..1$GmcwIgvdUC9qLWcKCi6gklUa1dM3ziD43YxYNURLKy0'],
  ['gost-yescrypt', '$gy$j9T$F5Jx5fExrKuPp53xLKQ..1$uE5FcoxTz78xZpMZkpTmj/0MogyeNUSLIjdCxpQjz.8'],
  ['bcrypt', '$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a'],
  ['scrypt', '$7$CU..../....2Q9obwLhin8qvQl6sisAO/$zLxvLFYPM5KAGpCZJUSlO9j165rU./sf1Adr0M4C5A4'],
] as const;

describe('passwords hashed by other methods than sha-crypt', needs('libcrypt.so.1', hasLibcrypt), () => {
  test.each(hashes)('%s', (_method, hash) => {
    expect(passwordMatches('secret', hash)).toBe(true);
    expect(passwordMatches('Secret', hash)).toBe(false);
    expect(passwordMatches('secret', `${hash.slice(0, -1)}${hash.endsWith('.') ? '/' : '.'}`)).toBe(false);
  });

  test('a method that libcrypt does not know matches nothing', () => {
    expect(cryptPassword('secret', '$zz$salt')).toBeUndefined();
    expect(passwordMatches('secret', '$zz$salt$hash')).toBe(false);
  });
});
