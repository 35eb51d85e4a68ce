import { createHash } from 'node:crypto';
import { closeSync, readSync, rmSync, writeSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { bindFunctions, check } from '../../../lib/linux/ffi.ts';
import { endWriting } from '../../../lib/linux/net/socket.ts';
import { AF_VSOCK, vsockAddress, vsockCid } from '../../../lib/linux/net/vsock.ts';
import { log, ready, runService } from '../../../lib/service/service.ts';
import { loadMachineModule } from '../intruder/machine-module.ts';

const libc = bindFunctions({
  socket: { arguments: ['int32', 'int32', 'int32'], return: 'int32' },
  connect: { arguments: ['int32', 'buffer', 'uint32'], return: 'int32' },
});
const SOCK_STREAM = 1;

const [, , what, ...numbers] = process.argv;
const [first = 0, second = 0] = numbers.map(Number);
if (what === 'vsock') process.stdout.write(JSON.stringify(await ask(first, second)));
else if (what === 'http2') process.stdout.write(JSON.stringify(settingsFrame(first)));
else if (what === 'memlogd') process.stdout.write(await readLog(first, second));
else await runService(serve);

/** A client says all that it has to say, and gets its digest and all of it again. */
async function serve(): Promise<void> {
  loadMachineModule('vsock_loopback');
  const path = '/run/tester/echo.sock';
  rmSync(path, { force: true });
  const server = createServer({ allowHalfOpen: true }, async (client) => {
    const parts: Buffer[] = [];
    for await (const part of client.iterator({ destroyOnReturn: false })) parts.push(part);
    const bytes = Buffer.concat(parts);
    client.write(digest(bytes));
    client.end(bytes);
  });
  server.listen(path, ready);
  // For memlogd, in steps that tell one line from another; and for frozen disks, where the next step waits.
  for (let n = 0; ; n += 1) {
    log.info(`step ${n}`);
    await appendFile('/var/data/steps', `${n}\n`);
    await pause(500);
  }
}

/** A connection to a port of the machine's own loopback. */
function dial(vsockPort: number): number {
  const fd = check('socket', libc.socket(AF_VSOCK, SOCK_STREAM, 0));
  const address = vsockAddress({ cid: vsockCid.local, port: vsockPort });
  check('connect', libc.connect(fd, address, address.length));
  return fd;
}

/** What comes back over a port until its end. */
async function ask(vsockPort: number, megabytes: number): Promise<object> {
  const fd = dial(vsockPort);
  const bytes = Buffer.alloc(megabytes << 20, 'a line of text. ');
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(fd, bytes, sent);
  if (megabytes > 0) endWriting(fd);
  const parts: Buffer[] = [];
  for (;;) {
    const part = Buffer.alloc(65_536);
    const length = readSync(fd, part);
    if (length === 0) break;
    parts.push(part.subarray(0, length));
  }
  closeSync(fd);
  const all = Buffer.concat(parts);
  return { bytes: all.length, isSame: megabytes > 0 && all.equals(Buffer.concat([digest(bytes), bytes])) };
}

/** The type of the frame by which a server of HTTP/2 answers a greeting (RFC 9113, 3.4): SETTINGS is 4. */
function settingsFrame(vsockPort: number): object {
  const fd = dial(vsockPort);
  const noSettings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
  writeSync(fd, Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), Buffer.from(noSettings)]));
  const header = Buffer.alloc(9);
  const bytes = readSync(fd, header);
  closeSync(fd);
  return { bytes, type: header[3] };
}

/** What a client of memlogd that sends this byte gets, until its end, or so many lines. */
async function readLog(byte: number, lines: number): Promise<string> {
  const client = connect('/run/memlogd/memlogdq.sock');
  client.write(Buffer.from([byte]));
  let text = '';
  for await (const part of client.setEncoding('utf8')) {
    text += part;
    if (text.split('\n').length > lines) break;
  }
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
