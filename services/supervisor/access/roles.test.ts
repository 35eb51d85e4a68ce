import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlServer, ControlService } from '../../../lib/control/generated/control.ts';
import { testSocket } from '../../../lib/testing.ts';
import { openEntrance } from './entrance.ts';
import { listenOnSocket } from './listen.ts';
import { Notices } from './notices.ts';
import { includes, neededRole, type Role, roleNames, roles } from './roles.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-roles-'));
const calls = Object.keys(ControlService) as (keyof ControlService)[];
const lines: string[] = [];
/** What came through to the service. */
const served: string[] = [];

/** Answers nothing but that it was called. */
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
    const house = { control, production, notices: new Notices((line) => lines.push(line)) };
    const name = `a client with ${role}`;
    const enter = openEntrance(house, { name, clientOf: () => ({ name, role }), maxCalls: 10 });
    await listenOnSocket(enter, socketOf(role, production), 0o640);
  }
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** An empty request; on the wire every kind of call begins like this. */
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
    expect(answer).toBe(
      production && roles[name] === 'debug'
        ? `PERMISSION_DENIED Cannot call ${method}: it takes role debug, which nobody has, as the image was built with --production`
        : `PERMISSION_DENIED Cannot call ${method}: it takes role ${roles[name]}, and this client has role ${role}`,
    );
  });
});

test('each refusal is told once', async () => {
  const mine = lines.filter((line) =>
    line.startsWith('control: a client with read was refused. Cannot call End'),
  );
  expect(mine).toHaveLength(2);
  await ask('end', 'read', false);
  expect(lines.filter((line) => mine.includes(line))).toHaveLength(2);
});

test('docs/access.md tells the role of each call', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/access.md'), 'utf8');
  const told = roleNames.flatMap((role) => {
    const [, names = ''] =
      new RegExp(`^\\| ${role} \\| (?:what \\w+ may, and )?([A-Za-z, ]+):`, 'm').exec(page) ?? [];
    return names.split(', ').map((name) => `${name} ${role}`);
  });
  expect(told.sort()).toEqual(calls.map((name) => `${methodName(name)} ${roles[name]}`).sort());
});

test('a role includes itself and those before it', () => {
  expect(roleNames.map((granted) => roleNames.filter((needed) => includes(granted, needed)))).toEqual([
    ['read'],
    ['read', 'operate'],
    ['read', 'operate', 'debug'],
  ]);
});

test('a call that is in no table takes every role', () => {
  expect(neededRole('/kit.control.v1.Control/Nope')).toBe('debug');
});

test('a socket has the mode it was given', () => {
  expect(statSync(socketOf('read', false)).mode & 0o777).toBe(0o640);
});
