import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { kitRoot } from '../../host/paths.ts';

/**
 * Parts of dependencies that kit's own programs never reach, left out of them: less for each start to compile
 * and run. A package of somebody else's gets its dependencies whole.
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
  // A compiler of protobuf, for channelz, which nobody serves.
  { filter: /^@grpc\/proto-loader$/, contents: absent('channelz') },
  // ssh2 tries these and does without.
  { filter: /^cpu-features$|\.node$/, contents: absent('a native addon') },
  // For private keys with a passphrase; a server's host keys have none.
  { filter: /^bcrypt-pbkdf$/, contents: '' },
  // ChaCha20 in WebAssembly, which sshd does not offer: WebAssembly alone takes longer to start than the rest
  // of ssh2.
  {
    filter: /\/poly1305\.js$/,
    contents: 'module.exports = async () => ({ _malloc: () => 0, cwrap: () => undefined });',
  },
];

function absent(what: string): string {
  return `throw new Error('${what} is not in this program');`;
}
