import { type FakeAnswer, type FakeCloud, metadataAddress, notFound, text } from '../fake-cloud.ts';

/** Of one token; then the service has forgotten it, as after its time. */
const usesOfToken = 6;

/** IMDSv2 alone (`HttpTokens: required`). */
export const aws: FakeCloud = {
  hardware: {
    vendor: 'Amazon EC2',
    product: 't3.micro',
    uuid: 'ec2f1a52-2c8b-6a1f-0c3e-b0c2d8d0e9c1',
  },
  addresses: [metadataAddress],
  answers({ key, hostname, userData }) {
    const uses = new Map<string, number>();
    const values: Record<string, string | undefined> = {
      'user-data': userData,
      'meta-data/instance-id': 'i-0abcdef1234567890',
      'meta-data/hostname': hostname,
      'meta-data/local-hostname': hostname,
      'meta-data/local-ipv4': '10.0.2.15',
      'meta-data/public-ipv4': '203.0.113.5',
      'meta-data/instance-type': 't3.micro',
      'meta-data/placement/availability-zone': 'eu-central-1a',
      'meta-data/public-keys/': '0=my-key',
      'meta-data/public-keys/0/openssh-key': `${key}\n`,
    };
    return ({ method, path, headers }): FakeAnswer => {
      if (path === '/latest/api/token') {
        const ttl = Number(headers['x-aws-ec2-metadata-token-ttl-seconds']);
        if (method !== 'PUT') return { status: 405 };
        if (headers['x-forwarded-for'] !== undefined) return { status: 403 };
        if (!(ttl >= 1 && ttl <= 21600)) return { status: 400 };
        const token = `AQAEA${uses.size}==`;
        uses.set(token, 0);
        return { ...text(token), headers: { 'X-Aws-Ec2-Metadata-Token-Ttl-Seconds': String(ttl) } };
      }
      const token = String(headers['x-aws-ec2-metadata-token']);
      const used = uses.get(token);
      if (used === undefined || used >= usesOfToken) return { status: 401 };
      uses.set(token, used + 1);
      const value = values[path.replace('/latest/', '')];
      return value === undefined ? notFound : text(value);
    };
  },
};

/** IMDSv1 alone, as old compatible services have it. */
export const awsV1: FakeCloud = {
  ...aws,
  answers(machine) {
    const withToken = aws.answers(machine);
    return (request) => {
      if (request.path.startsWith('/latest/api/')) return notFound;
      const ask = (path: string, method: string, headers: Record<string, string>): FakeAnswer =>
        withToken({ ...request, path, method, headers });
      const { body = '' } = ask('/latest/api/token', 'PUT', { 'x-aws-ec2-metadata-token-ttl-seconds': '60' });
      return ask(request.path, request.method, { 'x-aws-ec2-metadata-token': body });
    };
  },
};
