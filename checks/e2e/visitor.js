// A visitor of the demo shop, with the chat widget.

import { addresses } from './stack.js';
import { DESKTOP } from './world.js';
import { until } from './wait.js';

export class Visitor {
  constructor(page) {
    this.page = page;
    this.widget = page.locator('hilo-webchat');
    this.field = this.widget.locator('textarea');
  }

  static async visit(world, { viewport = DESKTOP, locale = 'es-CO' } = {}) {
    const page = await world.window('visitor', { viewport, locale });
    await page.goto(`${addresses.simulators}/shop`);
    return new Visitor(page);
  }

  async open() {
    await this.widget.locator('.launcher').click();
    await this.page.getByRole('dialog').waitFor();
  }

  /** Loads the page again; on a wide screen the chat opens by itself if it was open. */
  async reload() {
    await this.page.reload();
    await this.widget.locator('.launcher').waitFor({ state: 'attached' });
    await until('the chat to be there', async () => await this.field.isVisible() || await this.widget.locator('.launcher').isVisible());
    if (!await this.field.isVisible()) {
      await this.open();
    }
  }

  /** Answers the questions before the chat; none of them: skips them. */
  async introduce(answers = {}) {
    if (Object.keys(answers).length === 0) {
      await this.widget.getByRole('button', { name: 'Omitir' }).click();
    } else {
      for (const [ field, value ] of Object.entries(answers)) {
        await this.widget.locator(`input[name=${field}]`).fill(value);
      }
      await this.widget.getByRole('button', { name: 'Empezar el chat' }).click();
    }
    await this.field.waitFor();
  }

  async write(text) {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** Every bubble from top to bottom, as `> own text` and `< agent's text`. */
  bubbles() {
    return this.widget.locator('.msg').evaluateAll(rows => rows.map(row =>
      `${row.classList.contains('agent') ? '<' : '>'} ${row.querySelector('.bubble').textContent}`));
  }

  /** Waits until the widget shows exactly this. */
  async sees(...lines) {
    let seen;
    await until('the widget', async () => {
      seen = await this.bubbles();
      return JSON.stringify(seen) === JSON.stringify(lines);
    }).catch(error => {
      throw new Error(`the widget shows ${JSON.stringify(seen)}, not ${JSON.stringify(lines)}`, { cause: error });
    });
  }

  /** Waits until the last own message is more than pending. */
  async isSent() {
    await this.widget.locator('.tick:not(.pending)').last().waitFor();
    await until('nothing pending in the widget', async () => await this.widget.locator('.tick.pending').count() === 0);
  }

  notice(text) {
    return this.widget.getByText(text);
  }
}
