// The browser, its windows, the pictures of what people saw, and what the pages complained about.

import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { launchBrowser } from '../render/browser.js';
import { PATIENCE } from './wait.js';

const PICTURES = fileURLToPath(new URL('../target/e2e/', import.meta.url));

/** A story whose waits all run out ends by itself before this. */
const STORY_LIMIT = 10 * 60_000;

export const DESKTOP = { width: 1280, height: 900 };
export const HANDSET = { width: 390, height: 844 };

/** Digits that make names and numbers of this run its own: an attached stack remembers earlier runs. */
export const RUN = String(Date.now()).slice(-6, -1);

let browser;

export async function openBrowser() {
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES, { recursive: true });
  browser = await launchBrowser();
}

export async function closeBrowser() {
  await browser?.close();
}

/** One story's windows. */
export class World {
  constructor(name) {
    this.name = name;
    this.windows = [];
    this.errors = [];
    this.allowed = [];
    this.pictures = 0;
  }

  /**
   * A window of somebody's own browser profile.
   *
   * @param {string} who for pictures and errors
   */
  async window(who, { viewport = DESKTOP, locale = 'en-US' } = {}) {
    const context = await browser.newContext({ viewport, locale, hasTouch: viewport === HANDSET });
    context.setDefaultTimeout(PATIENCE);
    const watch = page => {
      page.on('pageerror', error => this.errors.push(`${who}: ${error}`));
      page.on('console', message => {
        if (message.type() === 'error') {
          this.errors.push(`${who}: ${message.text()} ${message.location().url}`);
        }
      });
    };
    context.on('page', watch);
    const page = await context.newPage();
    this.windows.push({ who, context, page });
    return page;
  }

  /** Console errors that a story causes on purpose. */
  allow(pattern) {
    this.allowed.push(pattern);
  }

  async picture(page, step) {
    const { who } = this.windows.find(window => window.page === page) ?? { who: 'page' };
    const number = String(++this.pictures).padStart(2, '0');
    await page.screenshot({ path: `${PICTURES}${this.name}-${number}-${who}-${step}.png`, animations: 'disabled' });
  }

  async pictureOfAll(step) {
    for (const { page } of this.windows) {
      await this.picture(page, step).catch(() => {});
    }
  }

  async close() {
    await Promise.all(this.windows.map(({ context }) => context.close()));
  }

  assertNoErrors() {
    assert.deepEqual(this.errors.filter(error => !this.allowed.some(pattern => pattern.test(error))), [],
      'errors in the browsers\' consoles');
  }
}

/**
 * A test with a world of its own. When it fails, every window is photographed.
 *
 * @param {string} name short, for the pictures' file names
 * @param {string} title what is shown
 * @param {(world: World) => Promise<void>} play
 */
export function story(name, title, play) {
  test(title, { timeout: STORY_LIMIT }, async () => {
    const world = new World(name);
    try {
      await play(world);
      world.assertNoErrors();
    } catch (error) {
      await world.pictureOfAll('FAILED');
      if (world.errors.length) {
        error.message += `\nconsole:\n  ${world.errors.join('\n  ')}`;
      }
      throw error;
    } finally {
      await world.close();
    }
  });
}
