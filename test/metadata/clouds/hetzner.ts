import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FakeCloud, metadataAddress, notFound, text } from '../fake-cloud.ts';

const shape = readFileSync(
  join(import.meta.dirname, '../../../services/metadata/providers/testdata/hetzner.yaml'),
  'utf8',
);

export const hetzner: FakeCloud = {
  hardware: { vendor: 'Hetzner', product: 'vServer' },
  addresses: [metadataAddress],
  answers: ({ key, hostname, userData }) => {
    const values: Record<string, string | undefined> = {
      '/hetzner/v1/metadata': shape
        .replace(/^vendor_data: [\s\S]*/m, '')
        .replace(/^hostname: .*$/m, `hostname: ${hostname}`)
        .replace(/^- ssh-.*$/m, `- ${JSON.stringify(key)}`),
      '/hetzner/v1/metadata/private-networks': '- ip: 10.0.0.2\n  alias_ips: []\n  interface_num: 1\n',
      '/hetzner/v1/userdata': userData,
    };
    return ({ path }) => {
      const value = values[path];
      return value === undefined ? notFound : text(value);
    };
  },
};
