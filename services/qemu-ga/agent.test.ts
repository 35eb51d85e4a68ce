import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answer } from './agent.ts';
import { fakeMachine } from './testing/fake-machine.ts';

const quiet = { notice: () => {}, warn: () => {} };

async function ask(text: string, machine = fakeMachine()): Promise<string | undefined> {
  return (await answer({ text: Buffer.from(text) }, machine, quiet))?.toString('latin1');
}

test.each<[string, string]>([
  ['{"execute":"guest-ping"}', '{"return":{}}'],
  ['{"execute":"guest-ping","id":{"a":[1]}}', '{"return":{},"id":{"a":[1]}}'],
  ['{"execute":"guest-sync","arguments":{"id":9223372036854775807}}', '{"return":9223372036854775807}'],
  ['{"execute":"guest-sync-delimited","arguments":{"id":-1}}', '\xff{"return":-1}'],
  ['{"execute":"guest-get-time"}', '{"return":1767225600000000001}'],
  ['{"execute":"guest-get-host-name"}', '{"return":{"host-name":"web-1"}}'],
  ['{"execute":"guest-get-timezone"}', '{"return":{"zone":"UTC","offset":0}}'],
  ['{"execute":"guest-get-load"}', '{"return":{"load1m":0.5,"load5m":0.25,"load15m":0}}'],
  ['{"execute":"guest-get-users"}', '{"return":[]}'],
  [
    '{"execute":"guest-get-osinfo"}',
    '{"return":{"kernel-release":"6.12.1","kernel-version":"#1 SMP","machine":"x86_64","id":"kit",' +
      '"name":"Kit \\"x\\"","version-id":"3"}}',
  ],
  [
    '{"execute":"guest-network-get-interfaces"}',
    '{"return":[{"name":"eth0","hardware-address":"52:54:00:12:34:56","ip-addresses":[{"ip-address":"10.0.2.15",' +
      '"ip-address-type":"ipv4","prefix":24}]},{"name":"lo","ip-addresses":[{"ip-address":"::1",' +
      '"ip-address-type":"ipv6","prefix":128}]}]}',
  ],
  [
    '{"execute":"guest-get-fsinfo"}',
    '{"return":[{"name":"vda1","mountpoint":"/var","type":"ext4","used-bytes":10,' +
      '"total-bytes":1152921504606846977,"disk":[]}]}',
  ],
  [
    '{"execute":"guest-fstrim"}',
    '{"return":{"paths":[{"path":"/var","trimmed":4096},{"path":"/old","error":"Cannot trim"}]}}',
  ],
  ['{"execute":"guest-set-time","arguments":{"time":1}}', '{"return":{}}'],
])('%s', async (request, expected) => {
  expect(await ask(request)).toBe(`${expected}\n`);
});

test.each<[string, string, string]>([
  ['{"execute":', 'GenericError', 'JSON parse error, invalid JSON'],
  ['{"execute":"a\xff"}', 'CommandNotFound', "The command 'a?' has not been found"],
  ['{}', 'GenericError', "QMP input lacks member 'execute'"],
  ['{"execute":1}', 'GenericError', "QMP input member 'execute' must be a string"],
  ['{"execute":"guest-ping","x":1}', 'GenericError', "QMP input member 'x' is unexpected"],
  [
    '{"execute":"guest-ping","arguments":[]}',
    'GenericError',
    "QMP input member 'arguments' must be an object",
  ],
  ['{"execute":"guest-ping","arguments":{"x":1}}', 'GenericError', "Parameter 'x' is unexpected"],
  ['{"execute":"guest-sync"}', 'GenericError', "Parameter 'id' is missing"],
  [
    '{"execute":"guest-sync","arguments":{"id":"1"}}',
    'GenericError',
    "Invalid parameter type for 'id', expected: integer",
  ],
  [
    '{"execute":"guest-sync","arguments":{"id":9223372036854775808}}',
    'GenericError',
    "Invalid parameter type for 'id', expected: integer",
  ],
  ['{"execute":"toString"}', 'CommandNotFound', "The command 'toString' has not been found"],
  [
    '{"execute":"guest-exec","arguments":{"path":"/bin/sh"}}',
    'CommandNotFound',
    'Command guest-exec has been disabled: this agent starts no programs: use kit exec, or ssh',
  ],
  [
    '{"execute":"guest-set-user-password"}',
    'CommandNotFound',
    'Command guest-set-user-password has been disabled: who may log in is what the image and its metadata say',
  ],
  [
    '{"execute":"guest-shutdown","arguments":{"mode":"sleep"}}',
    'GenericError',
    "Invalid parameter value for 'mode', expected: halt, powerdown or reboot",
  ],
])('refuses %s', async (request, errorClass, desc) => {
  expect(JSON.parse((await ask(request)) ?? '')).toEqual({ error: { class: errorClass, desc } });
});

test('an error has the id of its message', async () => {
  expect(await ask('{"execute":"x","id":7}')).toContain('"id":7}');
});

test('a shutdown has no answer, and its three modes', async () => {
  const done: string[] = [];
  const machine = fakeMachine(done);
  for (const given of ['', ',"arguments":{"mode":"reboot"}', ',"arguments":{"mode":"halt"}'])
    expect(await ask(`{"execute":"guest-shutdown"${given}}`, machine)).toBeUndefined();
  expect(done).toEqual(['poweroff', 'reboot', 'halt']);
});

test('while disks are frozen, what could wait for them is refused', async () => {
  const machine = fakeMachine();
  const status = '{"execute":"guest-fsfreeze-status"}';
  expect(await ask(status, machine)).toBe('{"return":"thawed"}\n');
  expect(await ask('{"execute":"guest-fsfreeze-freeze"}', machine)).toBe('{"return":1}\n');
  expect(await ask(status, machine)).toBe('{"return":"frozen"}\n');
  for (const name of ['guest-fsfreeze-freeze', 'guest-shutdown', 'guest-get-fsinfo']) {
    expect(await ask(`{"execute":"${name}"}`, machine)).toContain(
      `Command ${name} has been disabled: the agent is in frozen state`,
    );
  }
  const { return: info } = JSON.parse((await ask('{"execute":"guest-info"}', machine)) ?? '');
  const enabled = info.supported_commands.filter((one: { enabled: boolean }) => one.enabled);
  expect(enabled.map(({ name }: { name: string }) => name)).toEqual([
    ...['guest-fsfreeze-status', 'guest-fsfreeze-thaw', 'guest-info', 'guest-ping', 'guest-sync'],
    'guest-sync-delimited',
  ]);
  expect(await ask('{"execute":"guest-fsfreeze-thaw"}', machine)).toBe('{"return":1}\n');
});

test('whatever the host sends, each answer is one line of JSON', async () => {
  const text = fc.oneof(
    fc.string(),
    fc
      .record({ execute: fc.string(), arguments: fc.object(), id: fc.jsonValue() })
      .map((one) => JSON.stringify(one)),
  );
  await fc.assert(
    fc.asyncProperty(text, async (one) => {
      const line = await ask(one);
      expect(line?.indexOf('\n')).toBe((line?.length ?? 0) - 1);
      expect(Object.keys(JSON.parse(line ?? ''))).toContain('error');
    }),
  );
});
