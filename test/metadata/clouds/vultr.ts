import shape from '../../../services/metadata/providers/testdata/vultr.json' with { type: 'json' };
import { type FakeCloud, json, metadataAddress, notFound, text } from '../fake-cloud.ts';

export const vultr: FakeCloud = {
  hardware: { vendor: 'Vultr', product: 'VC2' },
  addresses: [metadataAddress],
  answers: ({ key, hostname, userData = '' }) => {
    const tree = { ...shape, hostname, 'public-keys': key };
    return ({ path, headers }) => {
      if (headers['metadata-token'] !== 'vultr') return { status: 403 };
      if (path === '/v1.json') return json(tree);
      return path === '/latest/user-data' ? text(userData) : notFound;
    };
  },
};
