import { bindLibrary, textAt } from '../ffi.ts';

const definitions = { crypt: { arguments: ['string', 'string'], return: 'pointer' } } as const;

let library: ReturnType<typeof bindLibrary<typeof definitions>>;

/**
 * Hashes a password by crypt(3) of libcrypt, with every method that it knows: yescrypt, bcrypt, scrypt,
 * sha512crypt (crypt(5)). Takes as long as the setting asks for.
 * @param setting a hash, or the start of one: `$y$j9T$salt`
 * @returns undefined without libcrypt (pkg/libcrypt), and for a setting that it does not know
 */
export function cryptPassword(password: string, setting: string): string | undefined {
  library ??= bindLibrary('libcrypt.so.1', definitions);
  const address = library?.crypt(password, setting) ?? 0n;
  const hash = address === 0n ? null : textAt(address);
  // libcrypt reports a failure as "*0" or "*1", which no hash starts with.
  return hash === null || hash.startsWith('*') ? undefined : hash;
}
