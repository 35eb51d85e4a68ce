import { closeSync } from 'node:fs';
import { SyscallError } from '../ffi.ts';
import { AF_NETLINK, bindSocket, openSocket, receive, SOCK_RAW, sendTo } from '../net/socket.ts';
import { decodeNetlinkMessages, encodeNetlinkMessage, type NetlinkMessage } from './netlink-message.ts';

const NETLINK_ROUTE = 0;
const NETLINK_NETFILTER = 12;
const NETLINK_GENERIC = 16;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const NLM_F_REQUEST = 1;
const NLM_F_DUMP = 0x300;

/** Datagrams of a dump are at most 32 KiB (netlink_dump in the kernel). */
const bufferSize = 64 * 1024;
/** A dump that does not end is an error: no machine has 64 MiB of interfaces or routes. */
const maximalDatagrams = 1024;

export const RTM = {
  newLink: 16,
  delLink: 17,
  getLink: 18,
  newAddress: 20,
  delAddress: 21,
  getAddress: 22,
  newRoute: 24,
  delRoute: 25,
  getRoute: 26,
  newRule: 32,
  delRule: 33,
} as const;

export const NLM = {
  acknowledge: 4,
  replace: 0x100,
  exclusive: 0x200,
  create: 0x400,
  append: 0x800,
} as const;

export interface NetlinkRequest {
  readonly type: number;
  readonly flags?: number;
  readonly body: Buffer;
}

/**
 * Sends one request to NETLINK_ROUTE (netlink(7)). Returns the messages of a dump, or none when a change is
 * acknowledged. The kernel handles a request within sendto(2), so the answer can be read at once, without
 * waiting. `doing` is for errors: `list routes`.
 * @throws SyscallError with the kernel's errno.
 */
export function requestRoute(request: NetlinkRequest, doing: string): NetlinkMessage[] {
  const isDump = [RTM.getLink, RTM.getAddress, RTM.getRoute].some((type) => type === request.type);
  return requestOne(NETLINK_ROUTE, request, isDump ? NLM_F_DUMP : NLM.acknowledge, doing);
}

/** As `requestRoute`, to NETLINK_GENERIC: the answers to a request that is acknowledged. */
export function requestGeneric(request: NetlinkRequest, doing: string): NetlinkMessage[] {
  return requestOne(NETLINK_GENERIC, request, NLM.acknowledge, doing);
}

function requestOne(
  protocol: number,
  { type, flags = 0, body }: NetlinkRequest,
  kind: number,
  doing: string,
): NetlinkMessage[] {
  const fd = openNetlink(0, protocol);
  try {
    const message = encodeNetlinkMessage({ type, flags: NLM_F_REQUEST | kind | flags, sequence: 1, body });
    sendTo(fd, message, socketAddress(0), doing);
    return readAnswer(fd, doing);
  } finally {
    closeSync(fd);
  }
}

/**
 * Sends several requests to NETLINK_NETFILTER in one datagram, of which the kernel carries out all or none.
 * The last must ask for an acknowledgement. @throws SyscallError of the first that is refused
 */
export function requestNetfilter(requests: readonly NetlinkRequest[], doing: string): void {
  const fd = openNetlink(0, NETLINK_NETFILTER);
  try {
    const messages = requests.map(({ type, flags = 0, body }, sequence) =>
      encodeNetlinkMessage({ type, flags: flags | NLM_F_REQUEST, sequence, body }),
    );
    sendTo(fd, Buffer.concat(messages), socketAddress(0), doing);
    readAnswer(fd, doing);
  } finally {
    closeSync(fd);
  }
}

/** A netlink socket in the given multicast groups; the caller closes it. */
export function openNetlink(groups: number, protocol = NETLINK_ROUTE): number {
  const fd = openSocket(AF_NETLINK, SOCK_RAW, protocol);
  try {
    bindSocket(fd, socketAddress(groups));
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** sockaddr_nl: u16 family | u16 padding | u32 port, 0 lets the kernel choose | u32 groups */
function socketAddress(groups: number): Buffer {
  const address = Buffer.alloc(12);
  address.writeUInt16LE(AF_NETLINK, 0);
  address.writeUInt32LE(groups, 8);
  return address;
}

function readAnswer(fd: number, doing: string): NetlinkMessage[] {
  const answers: NetlinkMessage[] = [];
  for (let datagrams = 0; datagrams < maximalDatagrams; datagrams++) {
    const datagram = receive(fd, Buffer.alloc(bufferSize));
    if (datagram === undefined) break;
    for (const message of decodeNetlinkMessages(datagram)) {
      if (message.type === NLMSG_DONE) return answers;
      if (message.type === NLMSG_ERROR) {
        throwIfRefused(message.body, doing);
        return answers;
      }
      answers.push(message);
    }
  }
  throw new Error(`Cannot ${doing}: the kernel's answer does not end`);
}

/** NLMSG_ERROR: i32 negative errno, 0 for an acknowledgement | the header of the request */
function throwIfRefused(body: Buffer, doing: string): void {
  const errno = -body.readInt32LE(0);
  if (errno !== 0) throw new SyscallError('netlink', errno, doing);
}
