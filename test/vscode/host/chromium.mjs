/** Finds the Chromium that shows the workbench, and installs Debian's where that needs no question to the user. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isExecutable, runCommandLine } from './run-command.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const DEBIAN_PACKAGES = ['chromium', 'fonts-dejavu-core'];
const LOCK_TIMEOUT = ['-o', 'DPkg::Lock::Timeout=120'];

/**
 * Finds Chromium: the variable CHROMIUM, then /usr/bin, then PATH; as root on Debian it is installed when absent.
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<{ path: string, reason?: undefined } | { path?: undefined, reason: string }>}
 */
export async function ensureChromium({ log = () => {} } = {}) {
  const named = process.env.CHROMIUM;
  if (named) return isExecutable(named) ? { path: named } : { reason: `CHROMIUM names ${named}, which cannot be run` };
  const found = findChromium();
  if (found) return { path: found };
  if (!isDebian() || process.getuid?.() !== 0) {
    return { reason: 'no Chromium found: install it, or name one in the variable CHROMIUM' };
  }
  log(`Installing ${DEBIAN_PACKAGES.join(' and ')} with apt-get ...`);
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await runCommandLine('apt-get', ['update', ...LOCK_TIMEOUT], { env });
    await runCommandLine('apt-get', ['install', '-y', '--no-install-recommends', ...LOCK_TIMEOUT, ...DEBIAN_PACKAGES], {
      env,
    });
  } catch (error) {
    return { reason: `Chromium could not be installed: ${error.message}` };
  }
  const installed = findChromium();
  return installed ? { path: installed } : { reason: 'apt-get installed Chromium, but its command was not found' };
}

function findChromium() {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean)];
  return folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(isExecutable);
}

function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
