/**
 * Sockets for a DHCP client: UDP and ARP below the IP layer, for an interface without an address (packet(7)),
 * and ordinary ones of UDP bound to an interface.
 */

import { closeSync } from 'node:fs';
import { AF_INET } from '../../net/ip.ts';
import { ipv4Bytes } from '../../net/ipv4.ts';
import { type ArpPacket, decodeArp, encodeArp } from '../../net/packet-arp.ts';
import { decodeUdp, encodeUdp, type UdpPacket } from '../../net/packet-udp.ts';
import { SyscallError } from '../ffi.ts';
import {
  AF_PACKET,
  attachFilter,
  bindSocket,
  openSocket,
  receive,
  SOCK_DGRAM,
  sendTo,
  setSocketOption,
  socketOptions,
} from './socket.ts';

const ETH_P_IP = 0x0800;
const ETH_P_ARP = 0x0806;
const ETH_P_IPV6 = 0x86dd;
const broadcastMac = Buffer.alloc(6, 0xff);
/** The largest IPv4 packet. */
const bufferSize = 64 * 1024;

/** A socket on one interface, below the IP layer; the caller closes it. */
export interface PacketSocket {
  /** Readable when a datagram waits. */
  readonly fd: number;
  broadcast(packet: UdpPacket): void;
  /** The next UDP datagram for the port, undefined when there is none. The caller may keep its bytes. */
  receive(): UdpPacket | undefined;
  close(): void;
}

/** Opens an AF_PACKET socket that receives only the UDP datagrams for `port`, broadcast or unicast. */
export function openPacketSocket(interfaceIndex: number, port: number): PacketSocket {
  // With protocol 0 it receives nothing until bind(2), so that no packet gets past the filter.
  const fd = openSocket(AF_PACKET, SOCK_DGRAM, 0);
  try {
    attachFilter(fd, udpPortFilter(port));
    bindSocket(fd, linkAddress(interfaceIndex, Buffer.alloc(0)));
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  const buffer = Buffer.alloc(bufferSize);
  return {
    fd,
    broadcast: (packet) =>
      sendTo(fd, encodeUdp(packet), linkAddress(interfaceIndex, broadcastMac), `interface ${interfaceIndex}`),
    receive: () => nextDatagram(fd, buffer, port),
    close: () => closeSync(fd),
  };
}

/** A socket for the ARP packets of one interface; the caller closes it. */
export interface ArpSocket {
  readonly fd: number;
  broadcast(packet: ArpPacket): void;
  receive(): ArpPacket | undefined;
  close(): void;
}

export function openArpSocket(interfaceIndex: number): ArpSocket {
  const fd = openSocket(AF_PACKET, SOCK_DGRAM, 0);
  try {
    bindSocket(fd, linkAddress(interfaceIndex, Buffer.alloc(0), ETH_P_ARP));
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  const buffer = Buffer.alloc(2048);
  const to = linkAddress(interfaceIndex, broadcastMac, ETH_P_ARP);
  return {
    fd,
    broadcast: (packet) => sendTo(fd, encodeArp(packet), to, `interface ${interfaceIndex}`),
    receive: () => {
      for (;;) {
        const bytes = receiveOrDown(fd, buffer);
        if (bytes === undefined) return undefined;
        const packet = decodeArp(bytes);
        if (packet) return packet;
      }
    },
    close: () => closeSync(fd),
  };
}

/** A socket for IPv6 packets of ICMPv6 on one interface; the caller closes it. */
export interface Icmp6Socket {
  readonly fd: number;
  /** A whole IPv6 packet, to a MAC address. */
  send(packet: Buffer, mac: Buffer): void;
  /** The next router advertisement, not looked at any further. The caller may keep its bytes. */
  receive(): Buffer | undefined;
  close(): void;
}

export function openIcmp6Socket(interfaceIndex: number): Icmp6Socket {
  const fd = openSocket(AF_PACKET, SOCK_DGRAM, 0);
  try {
    attachFilter(fd, routerFilter);
    bindSocket(fd, linkAddress(interfaceIndex, Buffer.alloc(0), ETH_P_IPV6));
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  const buffer = Buffer.alloc(bufferSize);
  return {
    fd,
    send: (packet, mac) =>
      sendTo(fd, packet, linkAddress(interfaceIndex, mac, ETH_P_IPV6), `interface ${interfaceIndex}`),
    receive: () => {
      const bytes = receiveOrDown(fd, buffer);
      return bytes && Buffer.from(bytes);
    },
    close: () => closeSync(fd),
  };
}

/** Accepts router advertisements without extension headers; offset 0 is the IPv6 header. */
const routerFilter: [number, number, number, number][] = [
  [0x30, 0, 0, 6], // A = next header
  [0x15, 0, 3, 58], // not ICMPv6: drop
  [0x30, 0, 0, 40], // A = type
  [0x15, 0, 1, 134], // another: drop
  [0x06, 0, 0, bufferSize], // accept
  [0x06, 0, 0, 0], // drop
];

function nextDatagram(fd: number, buffer: Buffer, port: number): UdpPacket | undefined {
  for (;;) {
    const bytes = receiveOrDown(fd, buffer);
    if (bytes === undefined) return undefined;
    const packet = decodeUdp(Buffer.from(bytes));
    if (packet?.destinationPort === port) return packet;
  }
}

/** Ignores ENETDOWN, returned once when the interface goes down: the socket works again when it is up. */
function receiveOrDown(fd: number, buffer: Buffer): Buffer | undefined {
  try {
    return receive(fd, buffer);
  } catch (error) {
    if (error instanceof SyscallError && error.code === 'ENETDOWN') return undefined;
    throw error;
  }
}

/**
 * sockaddr_ll: u16 family | u16 protocol, network order | i32 interface | u16 ARPHRD | u8 packet type
 *              | u8 length | 8 address
 */
export function linkAddress(interfaceIndex: number, mac: Buffer, protocol = ETH_P_IP): Buffer {
  const address = Buffer.alloc(20);
  address.writeUInt16LE(AF_PACKET, 0);
  address.writeUInt16BE(protocol, 2);
  address.writeInt32LE(interfaceIndex, 4);
  address.writeUInt8(mac.length, 11);
  mac.copy(address, 12);
  return address;
}

/**
 * A BPF program that accepts unfragmented UDP datagrams for a port; offset 0 is the IPv4 header. Without it
 * every packet of a busy machine would wake the program.
 */
function udpPortFilter(port: number): [number, number, number, number][] {
  return [
    [0x30, 0, 0, 9], // A = protocol
    [0x15, 0, 6, 17], // not UDP: drop
    [0x28, 0, 0, 6], // A = flags and fragment offset
    [0x45, 4, 0, 0x3fff], // a fragment: drop
    [0xb1, 0, 0, 0], // X = header length
    [0x48, 0, 0, 2], // A = destination port
    [0x15, 0, 1, port], // another: drop
    [0x06, 0, 0, bufferSize], // accept
    [0x06, 0, 0, 0], // drop
  ];
}

/** A UDP socket bound to one address of one interface; the caller closes it. */
export interface UdpSender {
  send(payload: Buffer, destination: string, port: number): void;
  close(): void;
}

/** Opens a UDP socket that sends unicast by the kernel's routes. Replies arrive at the packet socket. */
export function openUdpSender(interfaceName: string, address: string, port: number): UdpSender {
  const fd = openSocket(AF_INET, SOCK_DGRAM, 0);
  try {
    setSocketOption(fd, socketOptions.reuseAddress, Buffer.of(1, 0, 0, 0));
    setSocketOption(fd, socketOptions.bindToDevice, Buffer.from(`${interfaceName}\0`));
    bindSocket(fd, internetAddress(address, port));
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  return {
    send: (payload, destination, to) => sendTo(fd, payload, internetAddress(destination, to), destination),
    close: () => closeSync(fd),
  };
}

/** sockaddr_in: u16 family | u16 port, network order | 4 address | 8 zero */
function internetAddress(address: string, port: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16LE(AF_INET, 0);
  bytes.writeUInt16BE(port, 2);
  ipv4Bytes(address).copy(bytes, 4);
  return bytes;
}
