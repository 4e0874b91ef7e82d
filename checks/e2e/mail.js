// A customer with a mail program: the simulators' mail page.

import assert from 'node:assert/strict';
import { addresses } from './stack.js';
import { DESKTOP } from './world.js';
import { until } from './wait.js';

export class MailCustomer {
  constructor(page) {
    this.page = page;
  }

  static async open(world, address, name) {
    const page = await world.window('mail', { viewport: DESKTOP, locale: 'es-CO' });
    await page.goto(`${addresses.simulators}/mail`);
    await page.getByTestId('mail-address').fill(address);
    await page.getByTestId('mail-name').fill(name);
    await page.getByTestId('mail-open').click();
    await page.getByTestId('mail-new').waitFor();
    return new MailCustomer(page);
  }

  async writes(to, subject, text, files = []) {
    await this.page.getByTestId('mail-new').click();
    await this.page.getByTestId('mail-to').fill(to);
    await this.page.getByTestId('mail-compose-subject').fill(subject);
    await this.#sends(text, files);
  }

  async answers(text) {
    await this.page.getByTestId('mail-reply').click();
    await this.#sends(text, []);
  }

  async #sends(text, files) {
    const body = this.page.getByTestId('mail-body');
    await body.fill(text);
    if (files.length > 0) {
      await this.page.getByTestId('mail-files').setInputFiles(files);
    }
    await this.page.getByTestId('mail-send').click();
    await this.page.getByTestId('mail-compose').waitFor({ state: 'hidden' });
  }

  /**
   * Opens the newest mail with this subject until it is the one that says something, and gives its text.
   *
   * @param {string} subject part of it
   * @param {RegExp} says in the text; its frame is filled after its heading
   */
  async reads(subject, says) {
    let read = '';
    const item = this.page.getByTestId('mail-item').filter({ hasText: subject }).first();
    await this.page.getByTestId('mail-inbox').click();
    await until('the mail', async () => {
      if (await item.count() === 0) {
        return false;
      }
      await item.click();
      await this.page.getByTestId('mail-subject').filter({ hasText: subject }).waitFor();
      read = await this.#shown();
      return says.test(read);
    }).catch(error => {
      throw new Error(`the newest mail "${subject}" says ${JSON.stringify(read)}, not ${says}`, { cause: error });
    });
    return read;
  }

  async #shown() {
    return await this.page.getByTestId('mail-html').isVisible()
      ? await this.page.frameLocator('[data-testid=mail-html]').locator('body').innerText()
      : await this.page.getByTestId('mail-text').innerText();
  }
}

/** What lies in somebody's inbox. */
export async function lettersTo(address) {
  const answer = await fetch(`${addresses.simulators}/control/mail/boxes/${encodeURIComponent(address)}`);
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json();
}
