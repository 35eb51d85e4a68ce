import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlServer, ControlService } from '../../../lib/control/generated/control.ts';
import { fieldsOf } from '../../../lib/log/fields.ts';
import { testSocket } from '../../../test/support/needs.ts';
import { connectionServer } from './connection-server.ts';
import { includes, neededRole, type Role, roleNames, roles } from './roles.ts';
import { testSettings } from './testing/settings.ts';
import { serveOnUnixSocket } from './unix-socket.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-roles-'));
const calls = Object.keys(ControlService) as (keyof ControlService)[];
const lines: string[] = [];
const trail: string[] = [];
/** Names of the calls that reached the service. */
const served: string[] = [];

/** Answers every call with ABORTED. */
const control = Object.fromEntries(
  calls.map((name) => [
    name,
    (call: { emit: (event: 'error', error: object) => void }, done?: (error: object) => void) => {
      served.push(name);
      const answer = { code: status.ABORTED, details: 'called' };
      if (done) done(answer);
      else call.emit('error', answer);
    },
  ]),
) as unknown as ControlServer;

const methodName = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`;

const cases = [false, true].flatMap((production) => roleNames.map((role) => ({ production, role })));
const socketOf = (role: Role, production: boolean): string => testSocket(dir, `${role}-${production}.sock`);

beforeAll(async () => {
  for (const { role, production } of cases) {
    const settings = testSettings(control, { lines, trail, production });
    const listener = { path: socketOf(role, production), mode: 0o640, role, serviceOf: () => undefined };
    await serveOnUnixSocket(connectionServer(settings), listener);
  }
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Sends an empty request: on the wire, unary and streaming calls begin alike. */
async function ask(name: keyof ControlService, role: Role, production: boolean): Promise<string> {
  const client = new Client(`unix:${socketOf(role, production)}`, credentials.createInsecure());
  const raw = (bytes: Buffer): Buffer => bytes;
  const call = client.makeBidiStreamRequest(ControlService[name].path, raw, raw);
  call.resume().end(Buffer.alloc(0));
  const [{ code, details }] = (await once(call, 'error')) as [ServiceError];
  client.close();
  return `${status[code]} ${details}`;
}

describe.each(cases)('role $role, production $production', ({ role, production }) => {
  test.each(calls)('%s', async (name) => {
    const open = includes(role, roles[name]) && !(production && roles[name] === 'debug');
    served.length = 0;
    const answer = await ask(name, role, production);
    expect(served).toEqual(open ? [name] : []);
    if (open) return expect(answer).toBe('ABORTED called');
    const method = methodName(name);
    const why =
      production && roles[name] === 'debug'
        ? 'which nobody has, as the image was built with --production'
        : `and this client has role ${role}`;
    expect(answer).toBe(`PERMISSION_DENIED Cannot call ${method}: it takes role ${roles[name]}, ${why}`);
  });
});

test('repeated refusals are logged once', async () => {
  const ends = lines.filter((line) =>
    /^control: a client of .*read-false\.sock \(user \d+\) was refused\. Cannot call End/.test(line),
  );
  expect(ends).toHaveLength(1);
  await ask('end', 'read', false);
  expect(lines.filter((line) => ends.includes(line))).toHaveLength(1);
});

test('each act is in the audit trail, with who did it and what came of it', async () => {
  trail.length = 0;
  await ask('exec', 'debug', false);
  await ask('end', 'operate', true);
  const who = (role: Role) => ({
    role,
    transport: 'unix',
    uid: userInfo().uid,
    gid: userInfo().gid,
    pid: process.pid,
    from: 'control',
  });
  const failed = { code: 'ABORTED', why: 'called' };
  expect(trail.map((line) => fieldsOf(line))).toEqual([
    { text: 'control: exec failed', fields: { ...failed, ...who('debug') } },
    { text: 'control: end failed', fields: { ending: '', ...failed, ...who('operate') } },
  ]);
  trail.length = 0;
  await ask('exec', 'read', false);
  expect(trail[0]).toMatch(
    /^control: exec refused \{"why":"it takes role debug, and this client has role read"/,
  );
});

test('docs/access.md has the role of each call', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/access.md'), 'utf8');
  const documented = roleNames.flatMap((role) => {
    const [, names = ''] =
      new RegExp(`^\\| ${role} \\| (?:what \\w+ may, and )?([A-Za-z, ]+):`, 'm').exec(page) ?? [];
    return names.split(', ').map((name) => `${name} ${role}`);
  });
  expect(documented.sort()).toEqual(calls.map((name) => `${methodName(name)} ${roles[name]}`).sort());
});

test('a role includes itself and all lower roles', () => {
  expect(roleNames.map((granted) => roleNames.filter((needed) => includes(granted, needed)))).toEqual([
    ['read'],
    ['read', 'operate'],
    ['read', 'operate', 'debug'],
  ]);
});

test('an unknown call requires the highest role', () => {
  expect(neededRole('/kit.control.v1.Control/Nope')).toBe('debug');
});

test('a socket has the requested mode', () => {
  expect(statSync(socketOf('read', false)).mode & 0o777).toBe(0o640);
});
