import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { needsRoot } from '../../test/support/needs.ts';

const here = JSON.stringify(import.meta.dirname);

/** Runs a module in a mount namespace of its own; returns the JSON that it prints. */
function inMountNamespace(code: string): unknown {
  const args = ['-m', process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e'];
  return JSON.parse(execFileSync('unshare', [...args, code], { encoding: 'utf8' }));
}

const prelude = `
  import { lstatSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
  const { bundleKernel } = await import(${here} + '/bundle-kernel.ts');
  const { bindWithOwners, mountOverlayWithOwners } = await import(${here} + '/owners.ts');
  const { listMounts } = await import(${here} + '/../linux/mount/mountinfo.ts');
  const range = [{ containerID: 0, hostID: 524_288, size: 65_536 }];
  const ids = { uids: range, gids: range };
  const { mount } = bundleKernel;
  const t = mkdtempSync('/tmp/kit-owners-test-');
  mount('t', t, 'tmpfs', ['mode=755', 'private']);
  const folders = (...names) => names.forEach((name) => mkdirSync(t + '/' + name));
  const ownerOf = (name) => lstatSync(t + '/' + name).uid;
  const scratches = () => listMounts().filter(({ target }) => target.includes('/kit-owners-') && !target.startsWith(t));
`;

test(
  'a bind is shown with owners mapped, with all below it but what cannot be mapped',
  needsRoot('mounts'),
  () => {
    const seen = inMountNamespace(`${prelude}
      folders('from', 'from/tmp', 'from/proc', 'from/root', 'upper-layer', 'upper-layer/etc', 'layer', 'to');
      mount('x', t + '/from/tmp', 'tmpfs', []);
      mount('proc', t + '/from/proc', 'proc', []);
      writeFileSync(t + '/upper-layer/etc/key', 'secret', { mode: 0o600 });
      mount('o', t + '/from/root', 'overlay', ['ro', 'lowerdir=' + t + '/upper-layer:' + t + '/layer']);
      for (const name of ['top', 'tmp/file']) writeFileSync(t + '/from/' + name, '');
      bindWithOwners(t + '/from', t + '/to', ids, bundleKernel);
      const names = ['top', 'tmp/file', 'root/etc/key', 'proc/1'];
      const owners = names.map((name) => [name, ownerOf('to/' + name), ownerOf('from/' + name)]);
      symlinkSync(t + '/from/root/etc/key', t + '/link');
      writeFileSync(t + '/file', '');
      bindWithOwners(t + '/link', t + '/file', ids, bundleKernel);
      const file = [ownerOf('file'), readFileSync(t + '/file', 'utf8')];
      console.log(JSON.stringify({ owners, file, left: scratches().length }));
    `);
    const owners = [
      ['top', 524_288, 0],
      ['tmp/file', 524_288, 0],
      ['root/etc/key', 524_288, 0],
      ['proc/1', 0, 0],
    ];
    expect(seen).toEqual({ owners, file: [524_288, 'secret'], left: 0 });
  },
);

test('an overlay of mapped layers keeps them without their mount points', needsRoot('mounts'), () => {
  const seen = inMountNamespace(`${prelude}
    folders('a', 'b', 'upper', 'work', 'root');
    writeFileSync(t + '/a/file', 'x', { mode: 0o600 });
    const options = ['lowerdir=' + t + '/b:' + t + '/a', 'upperdir=' + t + '/upper', 'workdir=' + t + '/work'];
    const overlay = { destination: t + '/root', type: 'overlay', source: 'overlay', options };
    mountOverlayWithOwners(overlay, overlay.destination, ids, bundleKernel);
    const before = ownerOf('root/file');
    writeFileSync(t + '/root/file', 'changed');
    console.log(JSON.stringify([before, ownerOf('root/file'), ownerOf('upper/file'), ownerOf('a/file'), scratches().length]));
  `);
  expect(seen).toEqual([524_288, 524_288, 524_288, 0, 0]);
});

test(
  'mounts below a bind, later ones too, reach a container and stay there when the bind is removed',
  needsRoot('mounts'),
  () => {
    const seen = inMountNamespace(`${prelude}
    mount('none', t, '', ['shared']);
    folders('from', 'from/disk', 'from/later', 'to', 'container');
    mount('disk', t + '/from/disk', 'tmpfs', []);
    mount('none', t + '/from/disk', '', ['shared']);
    writeFileSync(t + '/from/disk/file', 'kept');
    bindWithOwners(t + '/from', t + '/to', ids, bundleKernel);
    // As the OCI runtime does.
    mount(t + '/to', t + '/container', '', ['rbind']);
    mount('later', t + '/from/later', 'tmpfs', []);
    writeFileSync(t + '/from/later/file', 'kept');
    bundleKernel.unmount(t + '/to');
    const read = (name) => { try { return readFileSync(t + '/' + name, 'utf8'); } catch (error) { return error.code; } };
    const texts = ['from', 'container', 'to'].map((name) => [read(name + '/disk/file'), read(name + '/later/file')]);
    console.log(JSON.stringify({ texts, owners: ['disk', 'later'].map((name) => ownerOf('container/' + name + '/file')) }));
  `);
    const texts = [
      ['kept', 'kept'],
      ['kept', 'kept'],
      ['ENOENT', 'ENOENT'],
    ];
    // What was there belongs to the container's root; what came later, to the machine's.
    expect(seen).toEqual({ texts, owners: [524_288, 0] });
  },
);
