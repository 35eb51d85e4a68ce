import shape from '../../../services/metadata/providers/testdata/scaleway.json' with { type: 'json' };
import { type FakeCloud, json, notFound, text } from '../fake-cloud.ts';

export const scaleway: FakeCloud = {
  hardware: { vendor: 'Scaleway', product: 'SCW-DEV1-S' },
  addresses: ['169.254.42.42'],
  answers: ({ key, hostname, userData }) => {
    const tree = { ...shape, hostname, ssh_public_keys: [{ key, fingerprint: '' }] };
    return ({ path, port }) => {
      if (path === '/conf?format=json') return json(tree);
      if (!path.startsWith('/user_data/')) return notFound;
      if (port >= 1024) return { status: 403, body: '{"message": "source port must be below 1024"}' };
      return path === '/user_data/cloud-init' && userData !== undefined ? text(userData) : notFound;
    };
  },
};
