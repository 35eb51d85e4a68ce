/** The files that QEMU and its firmware add to a machine's folder. */
export const qemuFiles = {
  /** Standard output and standard error of QEMU. */
  log: 'qemu.log',
  /** QEMU's end of the guest's virtio-serial port. It accepts one connection, which the monitor holds. */
  port: 'port.sock',
  /** The socket of the guest agent's port (QEMU's guest agent protocol), for whoever wants to talk to one. */
  agent: 'guest-agent.sock',
  /** The variables of the UEFI firmware. */
  vars: 'efi-vars.fd',
  /** The folder with the state of the TPM. */
  tpm: 'tpm',
  /** A folder that QEMU presents to the firmware as a FAT disk. */
  esp: 'esp',
} as const;
