import shape from '../../../services/metadata/providers/testdata/openstack.json' with { type: 'json' };
import { type FakeCloud, json, metadataAddress, notFound, text } from '../fake-cloud.ts';

export const openstack: FakeCloud = {
  hardware: { vendor: 'OpenStack Foundation', product: 'OpenStack Nova' },
  addresses: [metadataAddress],
  answers({ key, hostname, userData }) {
    const data = `${key}\n`;
    const values: Record<string, string | undefined> = {
      '/openstack/latest/user_data': userData,
      '/latest/meta-data/local-ipv4': '10.0.2.15',
      // Of a machine without a floating address.
      '/latest/meta-data/public-ipv4': '',
      '/latest/meta-data/local-hostname': hostname,
      '/latest/meta-data/instance-type': 'm1.small',
      '/latest/meta-data/placement/availability-zone': 'nova',
    };
    return ({ path }) => {
      if (path === '/openstack/latest/meta_data.json')
        return json({
          ...shape,
          hostname,
          public_keys: { mykey: data },
          keys: [{ name: 'mykey', type: 'ssh', data }],
        });
      if (path === '/openstack/latest/vendor_data.json') return json({});
      const value = values[path];
      return value === undefined ? notFound : text(value);
    };
  },
};
