// The one place that starts a browser: the system's Chromium, never a downloaded one.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
];

/** Path of the browser: CHROMIUM_PATH, or the first of the usual places. */
export function browserPath() {
  const asked = process.env.CHROMIUM_PATH;
  const found = asked ? (existsSync(asked) ? asked : undefined) : CANDIDATES.find(existsSync);

  if (!found) {
    throw new Error(
      asked
        ? `CHROMIUM_PATH is ${asked}, but there is no such file`
        : `no Chromium in ${CANDIDATES.join(', ')}: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH`
    );
  }

  return found;
}

/** A headless browser that talks to nobody by itself. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: browserPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync'
    ]
  });
}
