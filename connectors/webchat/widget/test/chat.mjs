// The widget as a person sees it, in a real browser.
import { chromium } from 'playwright-core';
import { after, afterEach, before, beforeEach } from 'node:test';
import { Stub } from './stub.mjs';

/** Set HILO_BROWSER to another Chromium or Chrome. */
const BROWSER = process.env.HILO_BROWSER || '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Milliseconds that anything may take. */
const LIMIT = 60_000;

let browser;
export const world = {};

/** One browser for a file; a fresh server and a fresh visitor's browser profile for each test. */
export function inABrowser() {
  before(async () => {
    browser = await chromium.launch({ executablePath: BROWSER, args: FLAGS });
  });
  after(() => browser.close());
  beforeEach(async () => {
    world.stub = await Stub.start();
    world.contexts = [];
    world.errors = [];
  });
  afterEach(async () => {
    await Promise.all(world.contexts.map((context) => context.close()));
    await world.stub.stop();
  });
}

export async function someone(options = {}) {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1180, height: 780 },
    ...options });
  context.setDefaultTimeout(LIMIT);
  world.contexts.push(context);
  return context;
}

export async function visit(context, attributes = { language: 'en' }, query = '') {
  const page = await context.newPage();
  page.on('pageerror', (error) => world.errors.push(String(error)));
  const chat = new Chat(page);
  page.on('console', (message) => chat.console.push(message.text()));
  await page.goto(world.stub.page(attributes, query));
  return chat;
}

export class Chat {
  constructor(page) {
    this.page = page;
    this.launcher = page.locator('hilo-webchat .launcher');
    this.panel = page.getByRole('dialog');
    this.field = page.locator('hilo-webchat textarea');
    this.badge = page.locator('hilo-webchat .badge');
    this.messages = page.locator('hilo-webchat .msg');
    this.banner = page.locator('hilo-webchat .banner');
    this.log = page.locator('hilo-webchat .log');
    this.console = [];
  }

  async open() {
    await this.launcher.click();
    await this.panel.waitFor();
  }

  async write(text) {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** Waits until the widget has said in the console why it is not there. */
  async hasGivenUp() {
    await until(() => this.console.some((line) => line.startsWith('hilo-webchat: ')));
  }

  /** Waits until what the stream said again is drawn: from then on new messages are read out. */
  async hasCaughtUp() {
    await until(async () => (await this.log.getAttribute('aria-live')) === 'polite');
  }

  button(name) {
    return this.page.getByRole('button', { name });
  }

  /** The bubbles' texts, from top to bottom. */
  texts() {
    return this.page.locator('hilo-webchat .bubble').allTextContents();
  }

  tick(name) {
    return this.page.locator('hilo-webchat').getByRole('img', { name, exact: true });
  }

  async sees(...texts) {
    await until(async () => JSON.stringify(await this.texts()) === JSON.stringify(texts),
      async () => `the thread is ${JSON.stringify(await this.texts())}, not ${
        JSON.stringify(texts)}`);
  }
}

/** Waits for a condition, at most a minute: other work may load the machine. */
export async function until(condition, otherwise = () => String(condition)) {
  const end = Date.now() + LIMIT;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${await otherwise()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
