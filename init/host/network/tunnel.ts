import type { InterfaceConfig, SecretFile } from '../../../lib/bundle/network.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { StepContext } from '../../steps.ts';

/** Whether a key comes with the machine's metadata, which is there only after the onboot containers. */
export const hasLateKeys = ({ wireguard }: InterfaceConfig): boolean =>
  wireguard !== undefined &&
  [wireguard.privateKey, ...wireguard.peers.map((peer) => peer.presharedKey)].some((key) => key?.metadata);

/**
 * Gives a WireGuard interface its keys and peers. No key is in an error: only the file is named.
 * @throws KitError for a key that cannot be read, SyscallError
 */
export function setUpTunnel({ name = '', wireguard }: InterfaceConfig, { system }: StepContext): void {
  if (!wireguard) return;
  const secret = (file: SecretFile): Buffer => keyIn(file, system.files);
  const { listenPort, fwmark, peers } = wireguard;
  system.setWireguard({
    name,
    privateKey: secret(wireguard.privateKey),
    listenPort,
    fwmark,
    peers: peers.map(({ publicKey, presharedKey, ...peer }) => ({
      ...peer,
      publicKey: Buffer.from(publicKey, 'base64'),
      presharedKey: presharedKey && secret(presharedKey),
    })),
  });
}

/** Without a port of its own the kernel opens another one at each start, as long as there is no key. */
export function holdPort({ name = '', wireguard }: InterfaceConfig, { system }: StepContext): void {
  if (wireguard?.listenPort === undefined) return;
  system.setWireguard({ name, listenPort: wireguard.listenPort, peers: [] });
}

/** More than a key in base64 and the end of its line. */
const mostBytes = 256;
const keyText = /^[A-Za-z0-9+/]{43}=$/;

type Files = Pick<StepContext['system']['files'], 'read' | 'readOfService'>;

function keyIn({ path, metadata }: SecretFile, files: Files): Buffer {
  const text = (metadata ? files.readOfService(path, mostBytes) : files.read(path))?.trim();
  if (text === undefined) throw new KitError(`Cannot read the key in "${path}": no such file`);
  if (!keyText.test(text))
    throw new KitError(`Cannot read the key in "${path}": it is not 32 bytes in base64`);
  return Buffer.from(text, 'base64');
}
