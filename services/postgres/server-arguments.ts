import { places } from './places.ts';

/**
 * The arguments of the server; of a setting that comes twice the last value counts.
 * @param open whether it listens to other machines: nobody comes in without a password
 */
export const serverArguments = ({
  open,
  set,
}: {
  readonly open: boolean;
  readonly set: readonly string[];
}): string[] => [
  ...['-D', places.data],
  ...[
    `hba_file=${places.access}`,
    `unix_socket_directories=${places.socket}`,
    `listen_addresses=${open ? '*' : ''}`,
    // The time is in kit's logs.
    'log_line_prefix=%q%u@%d: ',
    ...set,
  ].flatMap((one) => ['-c', one]),
];
