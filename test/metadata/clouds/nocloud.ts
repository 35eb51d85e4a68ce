import { type FakeCloud, metadataAddress, notFound, text } from '../fake-cloud.ts';

/** A seed on a web server, as its owner puts it there. */
export const nocloudHttp: FakeCloud = {
  hardware: { serial: `ds=nocloud;s=http://${metadataAddress}/seeds/web;i=i-1` },
  addresses: [metadataAddress],
  answers: ({ key, hostname, userData }) => {
    const values: Record<string, string | undefined> = {
      '/seeds/web/meta-data': `local-hostname: ${hostname}\npublic-keys: [${JSON.stringify(key)}]\n`,
      '/seeds/web/user-data': userData,
    };
    return ({ path }) => {
      const value = values[path];
      return value === undefined ? notFound : text(value);
    };
  },
};
