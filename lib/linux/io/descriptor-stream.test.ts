import { expect, test } from 'vitest';
import { endWriting } from '../net/socket.ts';
import { socketPairDescriptors } from '../net/socket-pair.ts';
import { DescriptorStream } from './descriptor-stream.ts';

function streamPair(): [DescriptorStream, DescriptorStream] {
  const [a, b] = socketPairDescriptors();
  return [new DescriptorStream(a), new DescriptorStream(b)];
}

test('more than the kernel buffers is carried intact, both ways at once', async () => {
  const [a, b] = streamPair();
  const bytes = Buffer.alloc(3_000_000, 'a line of text. ');
  const read = async (stream: DescriptorStream): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= bytes.length) break;
    }
    return Buffer.concat(chunks);
  };
  a.write(bytes);
  b.write(bytes);
  const [atA, atB] = await Promise.all([read(a), read(b)]);
  expect(atA.equals(bytes)).toBe(true);
  expect(atB.equals(bytes)).toBe(true);
  a.destroy();
  b.destroy();
});

test('a paused reader stops the writer, and loses nothing', async () => {
  const [a, b] = streamPair();
  let sent = 0;
  while (a.write(Buffer.alloc(16_384)) || sent < 4_000_000) sent += 16_384;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(a.writableLength).toBeGreaterThan(0);
  const total = sent + 16_384;
  let received = 0;
  for await (const chunk of b) {
    received += chunk.length;
    if (received === total) break;
  }
  expect(received).toBe(total);
  a.destroy();
});

test('the stream ends and closes when its peer is destroyed', async () => {
  const [a, b] = streamPair();
  const closed = new Promise((resolve) => b.once('close', resolve));
  b.resume();
  a.destroy();
  await closed;
  expect(b.readableEnded).toBe(true);
});

test('reused descriptor numbers carry no data of an earlier stream', async () => {
  for (let round = 0; round < 200; round += 1) {
    const [a, b] = streamPair();
    a.write(`round ${round}`);
    const [text] = await new Promise<[Buffer]>((resolve) => b.once('data', (data) => resolve([data])));
    expect(String(text)).toBe(`round ${round}`);
    await Promise.all([a, b].map((s) => new Promise((resolve) => s.destroy().once('close', resolve))));
  }
});

test('with its own end of a direction, the other direction goes on', async () => {
  const [a, b] = socketPairDescriptors().map((fd) => new DescriptorStream(fd, { endWriting }));
  if (!a || !b) throw new Error('no pair');
  const text = async (stream: DescriptorStream): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of stream.iterator({ destroyOnReturn: false })) parts.push(part);
    return Buffer.concat(parts).toString();
  };
  a.end('question');
  expect(await text(b)).toBe('question');
  b.end('answer');
  expect(await text(a)).toBe('answer');
});
