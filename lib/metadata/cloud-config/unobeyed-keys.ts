import { listed } from '../user-data/listed.ts';
import { isMap, textAt, textsOf, valueAt, type YamlMap } from '../yaml.ts';
import { lineOf } from '../yaml-lines.ts';

/** Keys of cloud-init's modules that a machine of kit does not obey, by the reason that its log gives. */
export const unobeyedKeys: readonly (readonly [reason: string, keys: readonly string[]])[] = [
  [
    'kit runs no program out of metadata',
    ['bootcmd', 'runcmd', 'ansible', 'chef', 'puppet', 'salt_minion', 'mcollective', 'fan', 'spacewalk'],
  ],
  [
    'the image has all programs of the machine',
    [
      ...[
        'packages',
        'package_update',
        'package_upgrade',
        'package_reboot_if_required',
        'apt',
        'apt_sources',
      ],
      ...['apt_pipelining', 'apt_update', 'apt_upgrade', 'apt_mirror', 'apt_proxy', 'apk_repos', 'snap'],
      ...['yum_repos', 'yum_repo_dir', 'zypper', 'rh_subscription', 'ubuntu_advantage', 'ubuntu_pro'],
      ...['drivers', 'landscape', 'lxd', 'byobu_by_default', 'system_upgrade'],
    ],
  ],
  [
    'disks are set up by the `disks:` of the manifest',
    ['disk_setup', 'fs_setup', 'mounts', 'mount_default_fields', 'device_aliases'],
  ],
  ['swap is a disk of the manifest: `disks: [{filesystem: {type: swap}}]`', ['swap']],
  ['users log in with keys, never with a password', ['password', 'chpasswd']],
  ['there is only root, whom keys let in', ['disable_root', 'disable_root_opts']],
  ['groups are those of the images', ['groups']],
  ['kit fetches nothing for metadata', ['ssh_import_id']],
  [
    "the SSH server's settings and host keys are the manifest's",
    [
      ...['ssh_keys', 'ssh_deletekeys', 'ssh_genkeytypes', 'ssh', 'ssh_publish_hostkeys', 'ssh_quiet_keygen'],
      ...['no_ssh_fingerprints', 'ssh_fp_console_blacklist', 'ssh_key_console_blacklist', 'authkey_hash'],
      'allow_public_ssh_keys',
    ],
  ],
  ['certificates are those of the images', ['ca_certs', 'ca-certs']],
  ['the machine has no language or keyboard', ['locale', 'locale_configfile', 'keyboard']],
  ['name servers are those of the network', ['resolv_conf', 'manage_resolv_conf']],
  ['the machine writes /etc/hosts itself', ['manage_etc_hosts']],
  ['logs go where the manifest says', ['rsyslog']],
  ["WireGuard's interfaces are the `network:` of the manifest", ['wireguard']],
  ['`network:` in user data is passed over by cloud-init, too: it has a file of its own', ['network']],
  ['metadata does not end a machine', ['power_state']],
  ['the machine tells nobody that it has booted', ['phone_home', 'reporting']],
  ['random numbers come from the kernel', ['random_seed']],
  ['it asks an installer to install a system', ['autoinstall']],
  [
    'a setting of cloud-init itself',
    [
      ...['cloud_init_modules', 'cloud_config_modules', 'cloud_final_modules', 'datasource', 'system_info'],
      ...['datasource_list', 'debug', 'disable_ec2_metadata', 'final_message', 'output', 'updates'],
      ...['create_hostname_file', 'unverified_modules', 'seed_random', 'def_log_file', 'syslog_fix_perms'],
    ],
  ],
];

/** Keys that ask for nothing when they have this value: what a machine of kit does anyway. */
const idle: readonly (readonly [key: string, value: RegExp])[] = [
  ['package_update', /^(false|no|off|0)$/i],
  ['package_upgrade', /^(false|no|off|0)$/i],
  ['package_reboot_if_required', /^(false|no|off|0)$/i],
  ['disable_root', /^(false|no|off|0)$/i],
  ['manage_etc_hosts', /^(false|no|off|0)$/i],
  ['manage_resolv_conf', /^(false|no|off|0)$/i],
];

/**
 * One sentence for each reason, with the keys of a cloud-config that it concerns and the line of the first;
 * one for keys that nobody knows.
 * @param obeyed keys that are read elsewhere
 */
export function unobeyedNotes(tree: YamlMap, obeyed: readonly string[]): string[] {
  const keys = Object.keys(tree).filter((key) => !obeyed.includes(key) && !isIdle(tree, key));
  const known = unobeyedKeys.flatMap(([reason, names]) => {
    const found = keys.filter((key) => names.includes(key));
    return found.length === 0 ? [] : [`not obeyed: ${listed(found)}${placeOf(tree, found)}: ${reason}`];
  });
  const unknown = keys.filter((key) => !unobeyedKeys.some(([, names]) => names.includes(key)));
  if (unknown.length > 0)
    known.push(`ignored keys of cloud-config: ${listed(unknown)}${placeOf(tree, unknown)}`);
  return [...known, ...growNotes(tree)];
}

const placeOf = (tree: YamlMap, [first = '']: readonly string[]): string => lineOf(tree, first);

const isIdle = (tree: YamlMap, key: string): boolean =>
  idle.some(([name, value]) => name === key && value.test(textAt(tree, key) ?? ''));

/** Keys that `growNotes` reads. */
export const growKeys = ['growpart', 'resize_rootfs'];

/**
 * `growpart` and `resize_rootfs` of `/` are what images for clouds ask for: the root of a machine of kit is
 * its image, in memory, which has nothing to grow. Other devices grow as the manifest says.
 */
function growNotes(tree: YamlMap): string[] {
  const growpart = valueAt(tree, 'growpart');
  const isOff = /^(off|false)$/i.test(textAt(growpart, 'mode') ?? '');
  const devices = isMap(growpart) ? textsOf(valueAt(growpart, 'devices')) : [];
  const others = isOff ? [] : devices.filter((device) => device !== '/' && device !== '');
  return others.length === 0
    ? []
    : [
        `not obeyed: growpart of ${listed(others)}${lineOf(tree, 'growpart')}: ` +
          'a disk of the manifest grows when it says so: `disks: [{grow: true}]`',
      ];
}
