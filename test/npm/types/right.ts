import { defineManifest, type Entry, type Manifest } from '@kitlinux/kit/manifest';

const web: Entry = {
  name: 'web',
  image: './web',
  capabilities: ['CAP_NET_BIND_SERVICE'],
  ready: { tcp: 8080 },
  env: undefined,
};

export const plain: Manifest = { kernel: { image: 'pkg/kernel' }, services: [web] };

export default defineManifest(async () => ({ ...plain, files: [{ path: '/etc/motd', contents: 'hello' }] }));
