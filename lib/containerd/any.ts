import type { Any } from './generated/google/protobuf/any.ts';

/** containerd passes on a spec as JSON in an Any of this type. */
export function specAny(spec: object): Any {
  const typeUrl = 'types.containerd.io/opencontainers/runtime-spec/1/Spec';
  return { typeUrl, value: Buffer.from(JSON.stringify(spec)) };
}

/** The same for the `process` of a spec. */
export function processAny(process: object): Any {
  const typeUrl = 'types.containerd.io/opencontainers/runtime-spec/1/Process';
  return { typeUrl, value: Buffer.from(JSON.stringify(process)) };
}

/** containerd.runc.v1.Options with only its field 6, binary_name. */
export function runtimeOptions(binary: string): Any {
  const value = Buffer.concat([Buffer.from([0x32, binary.length]), Buffer.from(binary)]);
  return { typeUrl: 'containerd.runc.v1.Options', value };
}
