import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { kitRoot } from '../../host/paths.ts';

/**
 * Removes parts of dependencies that kit's own programs never use, which would be compiled and run at each
 * start. Packages outside kit get their dependencies unchanged.
 */
export const dropUnusedCode: Plugin = {
  name: 'drop-unused-code',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@grpc\/grpc-js$/ }, () => ({ path: join(kitRoot, 'lib/grpc/grpc-js-subset.ts') }));
    for (const { filter, contents } of stubs) {
      onResolve({ filter }, ({ path }) => ({ path, namespace }));
      onLoad({ filter, namespace }, () => ({ contents, loader: 'js' }));
    }
  },
};

const namespace = 'stub';

const stubs: readonly { readonly filter: RegExp; readonly contents: string }[] = [
  // A protobuf compiler for channelz, which no service offers.
  { filter: /^@grpc\/proto-loader$/, contents: absent('channelz') },
  // Optional for ssh2.
  { filter: /^cpu-features$|\.node$/, contents: absent('a native addon') },
  // For private keys with a passphrase; host keys have none.
  { filter: /^bcrypt-pbkdf$/, contents: '' },
  // ChaCha20-Poly1305 in WebAssembly, which sshd does not offer: starting WebAssembly takes longer than all
  // else of ssh2.
  {
    filter: /\/poly1305\.js$/,
    contents: 'module.exports = async () => ({ _malloc: () => 0, cwrap: () => undefined });',
  },
];

/** A module that fails when it is loaded. */
export function absent(what: string): string {
  return `throw new Error('${what} is not in this program');`;
}
