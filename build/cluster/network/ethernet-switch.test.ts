import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EthernetSwitch, type Port } from './ethernet-switch.ts';

class TestPort implements Port {
  readonly got: string[] = [];
  send(frame: Buffer): void {
    this.got.push(frame.toString('latin1', 14));
  }
}

const frame = (to: number, from: number, text: string): Buffer =>
  Buffer.concat([
    Buffer.of(2, 0, 0, 0, 0, to),
    Buffer.of(2, 0, 0, 0, 0, from),
    Buffer.alloc(2),
    Buffer.from(text),
  ]);
const broadcast = (from: number, text: string): Buffer => {
  const bytes = frame(0, from, text);
  bytes.fill(0xff, 0, 6);
  return bytes;
};

function world(count: number) {
  const ports = Array.from({ length: count }, () => new TestPort());
  const lan = new EthernetSwitch();
  for (const port of ports) lan.add(port);
  const at = (index: number): TestPort => ports[index] as TestPort;
  return { lan, at, ports };
}

test('a frame goes everywhere until its receiver is known, and then only there', () => {
  const { lan, at } = world(3);
  lan.forward(frame(1, 0, 'who'), at(0));
  lan.forward(frame(0, 1, 'me'), at(1));
  lan.forward(frame(1, 0, 'hello'), at(0));
  lan.forward(broadcast(0, 'all'), at(0));
  expect([at(0).got, at(1).got, at(2).got]).toEqual([['me'], ['who', 'hello', 'all'], ['who', 'all']]);
});

test('a machine that is plugged in elsewhere is found there', () => {
  const { lan, at } = world(3);
  lan.forward(broadcast(1, ''), at(1));
  lan.remove(at(1));
  lan.forward(broadcast(1, ''), at(2));
  lan.forward(frame(1, 0, 'x'), at(0));
  expect([at(1).got, at(2).got]).toEqual([[], ['', 'x']]);
});

test('nothing comes back to its sender, and damaged frames go nowhere', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), fc.uint8Array({ maxLength: 40 }))), (sent) => {
      const { lan, at, ports } = world(4);
      for (const [from, bytes] of sent) {
        const before = at(from).got.length;
        const all = ports.reduce((sum, { got }) => sum + got.length, 0);
        lan.forward(Buffer.from(bytes), at(from));
        expect(at(from).got.length).toBe(before);
        if (bytes.length < 14) expect(ports.reduce((sum, { got }) => sum + got.length, 0)).toBe(all);
      }
    }),
  );
});

test('a machine that sends from many addresses does not fill the memory', () => {
  const { lan, at } = world(2);
  const bytes = frame(9, 0, '');
  for (let number = 0; number < 10_000; number += 1) {
    bytes.writeUInt32BE(number, 8);
    lan.forward(bytes, at(0));
  }
  lan.forward(broadcast(1, 'still'), at(1));
  expect(at(0).got).toEqual(['still']);
});
