// A Messenger or Instagram customer: the simulators' pages of them.

import { addresses } from './stack.js';
import { HANDSET } from './world.js';
import { PhoneCustomer } from './phone.js';

export class DirectCustomer extends PhoneCustomer {
  /**
   * Opens the chat page as a person does.
   *
   * @param {'messenger' | 'instagram'} app
   */
  static async meet(world, app, name) {
    const page = await world.window(app, { viewport: HANDSET, locale: 'es-CO' });
    await page.goto(`${addresses.simulators}/${app}`);
    const username = page.getByTestId('phone-username');
    if (await username.isVisible()) {
      await username.fill(name.toLowerCase().normalize('NFD').replace(/[^a-z0-9]+/g, '.'));
    }
    await page.getByTestId('phone-name').fill(name);
    await page.getByTestId('phone-open').click();
    await page.getByTestId('phone-input').waitFor();
    return new DirectCustomer(page);
  }

  async sendsPicture(name, bytes) {
    await this.page.getByTestId('phone-file').setInputFiles({ name, mimeType: 'image/png', buffer: bytes });
  }

  /** Waits until a text of the business is there. */
  async gets(text) {
    await this.bubblesIn.filter({ hasText: text }).first().waitFor();
  }
}
