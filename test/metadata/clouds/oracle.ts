import shape from '../../../services/metadata/providers/testdata/oracle.json' with { type: 'json' };
import { type FakeCloud, json, metadataAddress, notFound } from '../fake-cloud.ts';

/** With version 1 turned off. */
export const oracle: FakeCloud = {
  hardware: { vendor: 'QEMU', assetTag: 'OracleCloud.com' },
  addresses: [metadataAddress],
  answers: ({ key, hostname, userData }) => {
    const user_data = Buffer.from(userData ?? '').toString('base64');
    const tree = { ...shape, hostname, metadata: { ssh_authorized_keys: key, user_data } };
    return ({ path, headers }) => {
      if (!path.startsWith('/opc/v2/')) return notFound;
      if (headers.authorization !== 'Bearer Oracle') return { status: 403 };
      if (path === '/opc/v2/instance/') return json(tree);
      return path === '/opc/v2/vnics/' ? json([{ privateIp: '10.0.3.6', vlanTag: 11 }]) : notFound;
    };
  },
};
