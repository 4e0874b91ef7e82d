// A customer with a mail program: the simulators' mail page.

import { addresses } from './stack.js';
import { DESKTOP } from './world.js';

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

  /** Opens the newest mail with this subject, and gives its text. */
  async reads(subject) {
    await this.page.getByTestId('mail-inbox').click();
    await this.page.getByTestId('mail-item').filter({ hasText: subject }).first().click();
    const frame = this.page.getByTestId('mail-html');
    const text = this.page.getByTestId('mail-text');
    await this.page.getByTestId('mail-subject').filter({ hasText: subject }).waitFor();
    return await frame.isVisible()
      ? await this.page.frameLocator('[data-testid=mail-html]').locator('body').innerText()
      : await text.innerText();
  }
}
