import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exactJson, parseExactJson } from '../../../lib/json/exact-json.ts';
import { type FakeCloud, metadataAddress, notFound, text } from '../fake-cloud.ts';

/** With all digits of the instance's id. */
const shape = parseExactJson<{ instance: object }>(
  readFileSync(join(import.meta.dirname, '../../../services/metadata/providers/testdata/gcp.json'), 'utf8'),
);

export const gcp: FakeCloud = {
  hardware: { vendor: 'Google', product: 'Google Compute Engine' },
  addresses: [metadataAddress],
  answers({ key, hostname, userData }) {
    const attributes = { 'ssh-keys': `me:${key}`, ...(userData !== undefined && { 'user-data': userData }) };
    const tree = {
      ...shape,
      instance: { ...shape.instance, hostname, attributes },
      project: { attributes: {} },
    };
    return ({ path, headers }) => {
      if (headers['x-forwarded-for'] !== undefined || headers['metadata-flavor'] !== 'Google')
        return { status: 403, body: 'Missing Metadata-Flavor:Google header.' };
      if (path !== '/computeMetadata/v1/?recursive=true&alt=json') return notFound;
      return {
        ...text(exactJson(tree)),
        headers: {
          'Content-Type': 'application/json',
          'Metadata-Flavor': 'Google',
          Server: 'Metadata Server for VM',
        },
      };
    };
  },
};
