import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import { expect, test } from 'vitest';
import { Qmp, type QmpEvent } from './qmp.ts';

const greeting = '{"QMP": {"version": {}}}\n';

/** A QEMU that greets, answers each command by its name, and refuses `stop`. */
function fakeQemu() {
  const [ours, theirs] = duplexPair();
  theirs.on('data', (bytes: Buffer) => {
    for (const line of bytes.toString().trimEnd().split('\n')) {
      const { execute, id } = JSON.parse(line) as { execute: string; id: number };
      const reply = execute === 'stop' ? { error: { desc: 'no' }, id } : { return: execute, id };
      theirs.write(`${JSON.stringify(reply)}\n`);
    }
  });
  theirs.write(greeting);
  return { qmp: new Qmp(ours), theirs };
}

test('commands get their own replies, and refusals are errors', async () => {
  const { qmp } = fakeQemu();
  await qmp.ready;
  expect(await Promise.all([qmp.execute('cont'), qmp.execute('quit')])).toEqual(['cont', 'quit']);
  await expect(qmp.execute('stop')).rejects.toThrow('no');
});

test('events are emitted, and lines that are not JSON are skipped', async () => {
  const { qmp, theirs } = fakeQemu();
  const event = once(qmp, 'event') as Promise<[QmpEvent]>;
  theirs.write('garbage\n{"event": "SHUTDOWN", "data": {"reason": "guest-shutdown"}}\n');
  expect(await event).toEqual([{ event: 'SHUTDOWN', data: { reason: 'guest-shutdown' } }]);
});

test('commands fail when QEMU has exited', async () => {
  const [ours, theirs] = duplexPair();
  const qmp = new Qmp(ours);
  const pending = qmp.execute('cont');
  theirs.end();
  await expect(pending).rejects.toThrow('QEMU is gone');
  await expect(qmp.ready).rejects.toThrow('QEMU is gone');
  ours.destroy();
  await expect(qmp.execute('cont')).rejects.toThrow('QEMU is gone');
});

test('commands fail when the connection breaks off, without an end', async () => {
  const [ours] = duplexPair();
  const qmp = new Qmp(ours);
  const pending = qmp.execute('quit');
  ours.destroy(new Error('ECONNRESET'));
  await expect(pending).rejects.toThrow('QEMU is gone');
  await expect(qmp.ready).rejects.toThrow('QEMU is gone');
});
