import { constants, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../errors/errors.ts';
import { DescriptorStream } from '../linux/io/descriptor-stream.ts';
import { socketPair } from '../linux/net/socket-pair.ts';

/** Takes a connection, and speaks HTTP/2 on it at once. */
export type Enter = (connection: Duplex) => void;

/**
 * Serves on the virtio-serial port of that name (lib/bundle `controlPortName`), one session for each host that
 * attaches, for as long as the process lives. The port belongs to one process: a second opener waits (EBUSY).
 * Without such a port, as on a machine that is not QEMU's, it gives up after half a minute.
 */
export async function serveOnPort(enter: Enter, portName: string): Promise<void> {
  const device = await findPort(portName);
  if (device === undefined) return;
  await serveSessions(enter, () => openPort(device));
}

/** Milliseconds. A host that is not there cannot wake us: the port is looked at this often. */
const idleMs = 100;
const findTries = 60;
const findMs = 500;

/** `/dev/vport1p1`; the driver may still be loading. */
async function findPort(name: string): Promise<string | undefined> {
  for (let tries = 0; tries < findTries; tries += 1) {
    const found = portNames().find(([, portName]) => portName === name);
    if (found) return `/dev/${found[0]}`;
    await pause(findMs);
  }
  return undefined;
}

function portNames(folder = '/sys/class/virtio-ports'): [device: string, name: string][] {
  try {
    return readdirSync(folder).map((port) => [port, readFileSync(`${folder}/${port}/name`, 'utf8').trim()]);
  } catch {
    // No driver yet, or a port that is just going away.
    return [];
  }
}

/** The descriptor, or undefined while another process has it. */
function openPort(device: string): number | undefined {
  try {
    return openSync(device, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return undefined;
  }
}

/**
 * One session after another. Each has a descriptor of its own: closing it makes the kernel throw away what a
 * host that left has still sent, which the next session would take for its own. Exported for tests, which
 * have no port.
 */
export async function serveSessions(enter: Enter, open: () => number | undefined): Promise<never> {
  for (;;) {
    const fd = open();
    if (fd !== undefined) {
      const first = await hostAttached(fd);
      // The session sends its SETTINGS at once: the guest speaks first, and the host keeps quiet until it
      // hears them.
      await enterBy(fd, enter, first);
    }
    await pause(idleMs);
  }
}

/**
 * Lets in who is at the other end of a descriptor that `net.Socket` refuses; `first`: what was read of it already. Resolves
 * when both have gone.
 */
export async function enterBy(fd: number, enter: Enter, first?: Buffer): Promise<void> {
  // HTTP/2 on a stream that is no socket fails an assertion of Node's, which ends the process, when a session is
  // destroyed while a write is under way. So it is given a socket, and the bytes are carried across.
  const [inside, outside] = socketPair();
  enter(inside);
  if (first) outside.write(first);
  await carry(new DescriptorStream(fd), outside);
}

/**
 * Resolves when a host is there, with what it already sent. While none is, read() gives 0 and poll() says
 * "hung up" all the time, so that watching the descriptor would spin.
 */
async function hostAttached(fd: number): Promise<Buffer | undefined> {
  const buffer = Buffer.alloc(4096);
  for (;;) {
    try {
      const length = readSync(fd, buffer);
      if (length > 0) return buffer.subarray(0, length);
    } catch (thrown) {
      if (codeOf(thrown) === 'EAGAIN') return undefined;
    }
    await pause(idleMs);
  }
}

/** Bytes both ways, until either side ends; both are closed then. */
async function carry(port: DescriptorStream, socket: Socket): Promise<void> {
  const closed = [port, socket].map((stream) => new Promise((resolve) => stream.once('close', resolve)));
  const end = (): void => {
    port.destroy();
    socket.destroy();
  };
  for (const stream of [port, socket]) stream.on('error', end).on('end', end).on('close', end);
  port.pipe(socket);
  socket.pipe(port);
  await Promise.all(closed);
}
