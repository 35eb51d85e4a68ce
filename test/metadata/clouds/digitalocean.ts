import shape from '../../../services/metadata/providers/testdata/digitalocean.json' with { type: 'json' };
import { type FakeCloud, json, metadataAddress, notFound } from '../fake-cloud.ts';

export const digitalocean: FakeCloud = {
  hardware: { vendor: 'DigitalOcean', product: 'Droplet' },
  addresses: [metadataAddress],
  answers: ({ key, hostname, userData = '' }) => {
    const tree = { ...shape, hostname, public_keys: [key], user_data: userData, vendor_data: '' };
    return ({ path }) => (path === '/metadata/v1.json' ? json(tree) : notFound);
  },
};
