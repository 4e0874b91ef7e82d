// A WhatsApp customer: the simulator's phone page, and the simulator's own controls.

import assert from 'node:assert/strict';
import { addresses } from './stack.js';
import { HANDSET } from './world.js';
import { until } from './wait.js';

export class PhoneCustomer {
  constructor(page) {
    this.page = page;
    this.bubblesIn = page.getByTestId('message-in');
    this.bubblesOut = page.getByTestId('message-out');
  }

  /** Opens the phone of a number, as a person does: the page, the number, the name. */
  static async open(world, number, name) {
    const page = await world.window('phone', { viewport: HANDSET, locale: 'es-CO' });
    await page.goto(`${addresses.simulators}/phone`);
    await page.getByTestId('phone-number').fill(number);
    await page.getByTestId('phone-name').fill(name);
    await page.getByTestId('phone-open').click();
    await page.getByTestId('phone-input').waitFor();
    return new PhoneCustomer(page);
  }

  async write(text) {
    await this.page.getByTestId('phone-input').fill(text);
    await this.send();
  }

  async send() {
    await this.page.getByTestId('phone-send').click();
    await until('the phone\'s text to leave', async () => await this.page.getByTestId('phone-input').inputValue() === '');
  }

  /** Every bubble from top to bottom, as `> own text` and `< business's text`. */
  bubbles() {
    return this.page.locator('.bubble:not(.typing)').evaluateAll(rows => rows.map(row =>
      `${row.dataset.testid === 'message-in' ? '<' : '>'} ${row.querySelector('.text').textContent}`));
  }

  async sees(...lines) {
    let seen;
    await until('the phone', async () => {
      seen = await this.bubbles();
      return JSON.stringify(seen) === JSON.stringify(lines);
    }).catch(error => {
      throw new Error(`the phone shows ${JSON.stringify(seen)}, not ${JSON.stringify(lines)}`, { cause: error });
    });
  }

  /** Waits for the ticks of the last own message. */
  async hasTicks(state) {
    await this.bubblesOut.last().locator(`.ticks[data-state=${state}]`).waitFor();
  }
}

/** Waits until Hilo knows that a phone has read a text: the platform tells it after the phone has shown it. */
export async function isKnownToBeRead(number, text) {
  await until(`Hilo to know that "${text}" was read`, async () => {
    const phones = await control('GET', `/received?number=${encodeURIComponent(number)}`);
    const wamid = phones.flatMap(phone => phone.messages).find(message => message.text === text)?.wamid;
    const told = await control('GET', '/webhooks?state=acknowledged');
    return wamid && told.some(webhook => JSON.stringify(webhook.body).includes(wamid)
      && /"status":"read"/.test(JSON.stringify(webhook.body)));
  });
}

async function control(method, path, body) {
  const answer = await fetch(`${addresses.simulators}/control${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body)
  });
  assert.equal(answer.status, 200, `${method} /control${path}: ${await answer.clone().text()}`);
  return answer.json();
}

/** The clock of the messaging platform: an ISO-8601 duration from now. */
export function moveProvidersClock(offset) {
  return control('PUT', '/clock', { offset });
}

/** What the platform does with free text after 24 hours: `status` (fails later) or `error` (refuses). */
export function afterTheWindow(mode) {
  return control('PUT', '/settings', { window: mode });
}
