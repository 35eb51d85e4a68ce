import { constants, openSync, readSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../errors/errors.ts';
import { DescriptorStream } from '../linux/io/descriptor-stream.ts';
import { virtioPortDevice } from '../linux/io/virtio-port.ts';
import { socketPair } from '../linux/net/socket-pair.ts';

/** Serves a connection. With HTTP/2 it must send its SETTINGS at once. */
export type AcceptConnection = (connection: Duplex) => void;

/**
 * Serves on the virtio-serial port of that name (lib/bundle `controlPortName`), one session for each host
 * that attaches, for as long as the process lives. Only one process can have the port open (EBUSY): a second
 * one waits. Without such a port, as on other hypervisors than QEMU, it gives up after half a minute.
 */
export async function serveOnPort(accept: AcceptConnection, portName: string): Promise<void> {
  const device = await findPort(portName);
  if (device === undefined) return;
  await serveSessions(accept, () => openPort(device));
}

/** Milliseconds between two reads while no host is attached: nothing reports when one attaches. */
const idleMs = 100;
const findTries = 60;
const findMs = 500;

/** Waits for the port's driver, which may still be loading. */
async function findPort(name: string): Promise<string | undefined> {
  for (let tries = 0; tries < findTries; tries += 1) {
    const device = virtioPortDevice(name);
    if (device !== undefined) return device;
    await pause(findMs);
  }
  return undefined;
}

/** Opens the device of a port. Undefined while another process has it open. */
export function openPort(device: string): number | undefined {
  try {
    return openSync(device, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return undefined;
  }
}

/**
 * Serves one session after another. Each opens the port anew: closing it discards bytes sent by a host that
 * has left, which the next session would otherwise read. Exported for tests, which have no port.
 */
export async function serveSessions(
  accept: AcceptConnection,
  open: () => number | undefined,
): Promise<never> {
  for (;;) {
    const fd = open();
    if (fd !== undefined) {
      const first = await hostAttached(fd);
      // The guest sends its SETTINGS first; the host sends nothing until it has received them.
      await acceptDescriptor(fd, accept, first);
    }
    await pause(idleMs);
  }
}

/**
 * Accepts the connection of a descriptor that `net.Socket` does not support. `first`: bytes that were already
 * read from it. Resolves when the connection is closed, and with it the descriptor.
 */
export async function acceptDescriptor(fd: number, accept: AcceptConnection, first?: Buffer): Promise<void> {
  // HTTP/2 on a stream that is not a socket fails an assertion in Node, which ends the process, if the
  // session is destroyed during a write. So it gets one end of a socket pair, and bytes are copied between
  // the other end and the descriptor.
  const [inside, outside] = socketPair();
  accept(inside);
  if (first) outside.write(first);
  await carry(new DescriptorStream(fd), outside);
}

/**
 * Resolves when a host is attached, with the bytes it has already sent. While none is, read() returns 0 and
 * poll() reports POLLHUP at once, so that polling the descriptor would spin.
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

/** Copies bytes both ways until either side ends, and then closes both. */
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
