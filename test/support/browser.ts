/** A headless Chromium for the browser suite, from npm packages alone. */
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packageFile = join(root, 'node_modules/@sparticuz/chromium/package.json');
const cacheFolder = join(root, 'node_modules/.cache');

/** Nothing but this machine can be reached, whatever a page asks for. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/**
 * Starts a browser with an empty profile; the caller closes it.
 *
 * `MINUTEBOOK_BROWSER` names a Chromium or Chrome to use instead of the bundled one, which is for Linux on x64 only.
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = process.env.MINUTEBOOK_BROWSER;
  if (installed) return chromium.launch({ executablePath: installed, args: flags });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`no bundled Chromium for ${process.platform} ${process.arch}; name one in MINUTEBOOK_BROWSER`);
  }
  const folder = await unpackedChromium();
  const libraries = [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const env = { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, 'fonts') };
  return chromium.launch({ executablePath: join(folder, 'chromium'), args: flags, env });
}

let attempt: Promise<string | undefined> | undefined;

/** Why no browser can run here, in one line; `undefined` when one can. Tried once, then remembered. */
export function browserUnavailable(): Promise<string | undefined> {
  attempt ??= launchBrowser().then(
    async browser => {
      await browser.close();
      return undefined;
    },
    (error: unknown) => String(error instanceof Error ? error.message : error).split('\n')[0],
  );
  return attempt;
}

/**
 * The folder with Chromium, its libraries and its font, unpacked on first use.
 *
 * The package unpacks into TMPDIR, and its libraries only where it believes itself on Lambda: so it does that in a process
 * of its own, into a folder that gets its final name when complete. Test files running side by side may all try.
 */
async function unpackedChromium(): Promise<string> {
  const { version } = JSON.parse(await readFile(packageFile, 'utf8')) as { version: string };
  const folder = join(cacheFolder, `chromium-${version}`);
  if (await exists(folder)) return folder;
  await mkdir(cacheFolder, { recursive: true });
  const staging = await mkdtemp(join(cacheFolder, 'chromium-unpacking-'));
  try {
    const unpack = "await (await import('@sparticuz/chromium')).default.executablePath()";
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpack], {
      cwd: root,
      env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    });
    await writeFile(join(staging, 'fonts/fonts.conf'), fontSettings(join(folder, 'fonts')));
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!(await exists(folder))) throw error;
  }
  return folder;
}

/** The package's own settings look for fonts in /tmp/fonts. */
const fontSettings = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/cache</cachedir>
</fontconfig>
`;

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
