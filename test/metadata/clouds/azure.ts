import type { IncomingHttpHeaders } from 'node:http';
import shape from '../../../services/metadata/providers/testdata/azure.json' with { type: 'json' };
import { type FakeAnswer, type FakeCloud, json, metadataAddress, notFound } from '../fake-cloud.ts';

export const azure: FakeCloud = {
  hardware: {
    vendor: 'Microsoft Corporation',
    product: 'Virtual Machine',
    assetTag: '7783-7084-3265-9085-8269-3286-77',
  },
  addresses: [metadataAddress, '168.63.129.16'],
  answers({ key, hostname, userData }) {
    const compute = {
      ...shape.compute,
      name: hostname,
      osProfile: { ...shape.compute.osProfile, computerName: hostname },
      publicKeys: [{ keyData: `${key}\r\n`, path: '/home/admin/.ssh/authorized_keys' }],
      userData: Buffer.from(userData ?? '').toString('base64'),
    };
    return ({ method, path, headers, body }) => {
      if (path.startsWith('/machine')) return wireServer(method, path, headers, body);
      if (headers.metadata !== 'true' || headers['x-forwarded-for'] !== undefined)
        return { status: 400, body: '{"error":"Bad request. Required metadata header not specified"}' };
      const [where, query = ''] = path.split('?');
      if (where !== '/metadata/instance') return notFound;
      const version = /^api-version=(\d{4}-\d\d-\d\d)$/.exec(query)?.[1];
      if (version === undefined)
        return { status: 400, body: '{"error":"Bad request. api-version is invalid"}' };
      // Older versions have no userData.
      return json({
        ...shape,
        compute: version < '2021-01-01' ? { ...compute, userData: undefined } : compute,
      });
    };
  },
};

/** The fabric's side: a goal state, and a report that must name what it names. */
function wireServer(method: string, path: string, headers: IncomingHttpHeaders, body: string): FakeAnswer {
  if (headers['x-ms-version'] !== '2012-11-30') return { status: 400 };
  if (method === 'GET' && path === '/machine/?comp=goalstate') return { status: 200, body: goalState };
  if (method !== 'POST' || path !== '/machine?comp=health') return notFound;
  const isReady =
    headers['content-type'] === 'text/xml; charset=utf-8' &&
    body.includes('<GoalStateIncarnation>1</GoalStateIncarnation>') &&
    body.includes('<ContainerId>6f1c9e5b-0a52-4a0e-9d5d-1e3d2f1a0b9c</ContainerId>') &&
    body.includes('<InstanceId>2d1f3c4b._web</InstanceId><Health><State>Ready</State></Health>');
  return { status: isReady ? 200 : 400 };
}

const goalState = `<?xml version="1.0" encoding="utf-8"?>
<GoalState xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Version>2012-11-30</Version>
  <Incarnation>1</Incarnation>
  <Machine><ExpectedState>Started</ExpectedState></Machine>
  <Container>
    <ContainerId>6f1c9e5b-0a52-4a0e-9d5d-1e3d2f1a0b9c</ContainerId>
    <RoleInstanceList>
      <RoleInstance><InstanceId>2d1f3c4b._web</InstanceId><State>Started</State></RoleInstance>
    </RoleInstanceList>
  </Container>
</GoalState>
`;
