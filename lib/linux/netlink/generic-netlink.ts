import { type NetlinkRequest, requestGeneric } from './netlink.ts';
import { type Attribute, decodeAttributes, encodeAttributes } from './netlink-message.ts';

/** include/uapi/linux/genetlink.h */
const GENL_ID_CTRL = 0x10;
const CTRL_CMD_GETFAMILY = 3;
const CTRL_ATTR = { familyId: 1, familyName: 2 } as const;
const headerSize = 4;

/**
 * The number of a family of generic netlink, which the kernel chooses when its module is loaded.
 * @throws SyscallError: ENOENT without the module
 */
export function genericFamily(name: string): number {
  const attributes = [{ type: CTRL_ATTR.familyName, value: Buffer.from(`${name}\0`) }];
  const [answer] = requestGeneric(
    genericRequest(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, attributes),
    `find the netlink family ${name}`,
  );
  const id = decodeAttributes(answer?.body.subarray(headerSize) ?? Buffer.alloc(0)).get(CTRL_ATTR.familyId);
  if (id?.length !== 2) throw new RangeError(`Cannot find the netlink family ${name}: the kernel names none`);
  return id.readUInt16LE();
}

/** genlmsghdr: u8 command | u8 version | u16 reserved    then the attributes */
export function genericRequest(
  family: number,
  command: number,
  attributes: readonly Attribute[],
): NetlinkRequest {
  const version = 1;
  return {
    type: family,
    body: Buffer.concat([Buffer.of(command, version, 0, 0), encodeAttributes(attributes)]),
  };
}
