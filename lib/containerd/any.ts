import { exactJson } from '../json/exact-json.ts';
import type { Any } from './generated/google/protobuf/any.ts';

/** containerd passes on a spec as JSON in an Any of this type. */
export function specAny(spec: object): Any {
  const typeUrl = 'types.containerd.io/opencontainers/runtime-spec/1/Spec';
  return { typeUrl, value: Buffer.from(exactJson(spec)) };
}

/** The same for the `process` of a spec. */
export function processAny(process: object): Any {
  const typeUrl = 'types.containerd.io/opencontainers/runtime-spec/1/Process';
  return { typeUrl, value: Buffer.from(exactJson(process)) };
}

/** The owner of the pipes that a shim makes for a container's output. */
export interface PipeOwner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * containerd.runc.v1.Options with only its fields 6, binary_name, and, for a container with ids of its own, 4
 * and 5, io_uid and io_gid: otherwise it could not open its own /dev/stdout.
 */
export function runtimeOptions(binary: string, owner?: PipeOwner): Any {
  const ids = owner ? [0x20, ...varint(owner.uid), 0x28, ...varint(owner.gid)] : [];
  const value = Buffer.concat([Buffer.from([...ids, 0x32, binary.length]), Buffer.from(binary)]);
  return { typeUrl: 'containerd.runc.v1.Options', value };
}

/** 7 bits a byte, the lowest first; the highest bit is set in all but the last. */
function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))];
}
